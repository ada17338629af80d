/**
 * What a provider wrote, made fit for a log: shortened, without phone numbers and without tokens.
 */
import { maskMsisdn } from "./msisdn.js";

const longestExcerpt = 256;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A provider's text for an error or a log. Daraja writes the refused access token into its message
 * (`401.002.01`, Daraja docs "Authorization", read 2026-11), and any text may repeat a phone number.
 */
export function redact(text: string): string {
  const safe = text
    .replace(/[A-Za-z0-9+/_=.-]{20,}/g, (word) => (looksSecret(word) ? "[REDACTED]" : word))
    .replace(/\d{9,15}/g, (digits) => maskMsisdn(digits));
  return safe.length > longestExcerpt ? `${safe.slice(0, longestExcerpt)}…` : safe;
}

/** A provider's own id of a request: as it is in the forms that Daraja documents, else as any text. */
export function redactId(id: string): string {
  return /^([\da-f]{4}-){3}[\da-f]{12}\d*$|^\d{1,6}-\d{1,8}-\d{1,3}$/.test(id) ? id : redact(id);
}

/** Long words are tokens, unless they are UUIDs or names such as `PAYEE_NOT_FOUND` and `policies.ratelimit.QuotaViolation`. */
function looksSecret(word: string): boolean {
  if (uuid.test(word)) return false;
  return /\d/.test(word) || (/[a-z][A-Z]/.test(word) && !/^[a-z]+\./.test(word));
}
