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

/** Long words without a space are tokens, unless they are UUIDs, code names such as `PAYEE_NOT_FOUND`, or plain words. */
function looksSecret(word: string): boolean {
  if (uuid.test(word)) return false;
  return /\d/.test(word) || /[a-z][A-Z]/.test(word);
}
