/**
 * The header `Retry-After` (RFC 9110, section 10.2.3), in its form of seconds. A date would depend on two clocks.
 */

/** How long a provider asks to wait, in milliseconds; `undefined` when it does not say. */
export function readRetryAfterMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after")?.trim();
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : undefined;
}
