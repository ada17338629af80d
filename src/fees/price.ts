/**
 * Exact arithmetic: everything is a fraction of whole minor units until it is rounded, once.
 */
import { toMinorUnits } from "../core/money.js";
import type { FeeParty, FeeRule, Tariff, TariffTax } from "./tariff.js";

/** A fixed sum, a percentage of a base, or both; then a floor and a cap. */
export type Price = Partial<Readonly<Record<"amount" | "percent" | "min" | "max", string>>>;

/** How a tariff counts, in minor units of its currency. */
export type Scale = Readonly<{ units: (amount: string) => bigint; step: bigint; increment: bigint }>;

/** The scale of a tariff. */
export function scaleOf({ currency, amountStep, rounding }: Tariff): Scale {
  const units = (amount: string) => toMinorUnits({ amount, currency });
  return {
    units,
    step: amountStep === undefined ? 1n : units(amountStep),
    increment: rounding ? units(rounding.increment) : 1n,
  };
}

/** A percentage as an exact fraction: `"0.55"` is 55 / 10 000. */
function fractionOf(percent: string): [numerator: bigint, denominator: bigint] {
  const [whole = "", decimals = ""] = percent.split(".");
  return [BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length)];
}

/** The multiple of `increment` nearest to a fraction that is not negative; a half goes up. */
function roundHalfUp(numerator: bigint, denominator: bigint, increment: bigint): bigint {
  const unit = denominator * increment;
  return ((2n * numerator + unit) / (2n * unit)) * increment;
}

/** A percentage of a base in minor units, rounded once. */
export function percentageOf(base: bigint, percent: string, increment: bigint): bigint {
  const [numerator, denominator] = fractionOf(percent);
  return roundHalfUp(base * numerator, denominator, increment);
}

/** The price of a base in minor units: exact, then floor, then cap, then rounded once. */
export function priceOf(price: Price, base: bigint, { units, increment }: Scale): bigint {
  const { amount = "0", percent = "0", min, max } = price;
  const [numerator, denominator] = fractionOf(percent);
  let exact = units(amount) * denominator + base * numerator;
  if (min !== undefined && exact < units(min) * denominator) exact = units(min) * denominator;
  if (max !== undefined && exact > units(max) * denominator) exact = units(max) * denominator;
  return roundHalfUp(exact, denominator, increment);
}

/** What each party bears of the fee. */
export function sharesOf(
  rule: FeeRule,
  fee: bigint,
  payer: Tariff["payer"],
  { units }: Scale,
): Record<FeeParty, bigint> {
  const split = rule.type === "flat" && rule.split;
  const customer = split ? units(split[0].amount) : payer === "customer" ? fee : 0n;
  return { customer, merchant: fee - customer };
}

/** The tax on a payment. What is inside the fee is never more than the fee. */
export function taxOn(tax: TariffTax, amount: bigint, fee: bigint, scale: Scale): bigint {
  if (tax.basis === "fee" && tax.included) {
    // The fee is net and tax together: the net is rounded, and the tax is the rest.
    const [numerator, denominator] = fractionOf(tax.percent);
    return fee - roundHalfUp(fee * denominator, denominator + numerator, scale.increment);
  }
  const sum = priceOf(tax, tax.basis === "fee" ? fee : amount, scale);
  return tax.included && sum > fee ? fee : sum;
}
