/**
 * The currencies that the networks settle in, with the decimals that they really use.
 */

/**
 * Every currency of MTN's target environments and of M-Pesa in Kenya, with how many digits an
 * amount may have after the point. It can be fewer at one operation: Daraja moves
 * whole shillings only, while merchant fees in KES carry cents.
 */
export const currencies = {
  // MTN portal, target environments; pawaPay docs, "Providers", for the decimals in each market; both read 2026-11.
  UGX: 0,
  RWF: 0,
  XAF: 0,
  XOF: 0,
  GNF: 0,
  GHS: 2,
  ZMW: 2,
  SZL: 2,
  ZAR: 2,
  LRD: 2,
  USD: 2, // Liberia's second currency
  SSP: 2,
  NGN: 2,
  EUR: 2, // MTN's sandbox takes nothing else
  KES: 2,
} as const;

/** An ISO 4217 code that the library knows. */
export type Currency = keyof typeof currencies;

/** Whether a value is the code of a known currency, in capitals. */
export function isCurrency(value: unknown): value is Currency {
  return typeof value === "string" && Object.hasOwn(currencies, value);
}

/** How many digits an amount of this currency may have after the point. */
export function decimalsOf(currency: Currency): number {
  return currencies[currency];
}
