/**
 * Secrets that the shop hands out and recognises again.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A new secret. Hexadecimal, because no word that Safaricom forbids in an address can be spelt with it. */
export function makeSecret(): string {
  return randomBytes(16).toString("hex");
}

/** What the shop keeps of a secret: enough to recognise it, too little to use it. */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Whether a text is the secret with this digest. Takes as long for a near miss as for a wild guess. */
export function isSecret(text: string, digest: string): boolean {
  return timingSafeEqual(Buffer.from(digestOf(text)), Buffer.from(digest));
}
