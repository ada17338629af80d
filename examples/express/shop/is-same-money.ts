/**
 * Whether two sums are the same.
 */
import { compareMoney, type Money } from "mobile-money";

/** True for equal amounts of one currency, however they are written. */
export function isSameMoney(a: Money | undefined, b: Money): boolean {
  return a?.currency === b.currency && compareMoney(a, b) === 0;
}
