/**
 * What the platform keeps of one payment.
 */
import type { Currency } from "../core/currencies.js";
import { fromMinorUnits, type Money, parseMoney, toMinorUnits } from "../core/money.js";
import { must, percent, positiveMoney, record, refuse } from "./check.js";
import { percentageOf } from "./price.js";
import type { FeeQuote } from "./quote.js";

/** What to compute the revenue of. */
export type QuoteRevenueRequest<C extends Currency = Currency> = Readonly<{
  /** The price asked, before any fee on top. */
  amount: Money<C>;
  /** The platform's own fee on the amount. @defaultValue { percent: "2" } */
  platformFee?: Readonly<{ percent: string }>;
  /** What the provider takes: a percentage of the amount that the platform bears, or a quote for this very amount. */
  providerFee: Readonly<{ percent: string }> | FeeQuote<NoInfer<C>>;
}>;

/** What the platform takes, pays and keeps. */
export type RevenueQuote<C extends Currency = Currency> = Readonly<{
  platformFee: Money<C>;
  /** What the platform bears of the provider's fee and of the taxes on top. */
  providerFee: Money<C>;
  /** `platformFee` less `providerFee`. Negative when the payment costs more than it brings in. */
  netRevenue: Money<C>;
}>;

/**
 * Tells what the platform keeps of a payment: its own fee less the provider's.
 *
 * Of a fee quote only the merchant's side counts, which is what `payeeNet` lacks of `amount`: the merchant's share of
 * the fee, with the taxes that the merchant pays on top of it. What the customer bears costs the platform nothing.
 * Both fees are rounded half up to the currency's minor unit.
 *
 * @throws `RequestInvalidError` when a field is wrong, or the quote is for another amount.
 */
export function quoteRevenue<C extends Currency>(request: QuoteRevenueRequest<C>): RevenueQuote<C> {
  refuse(checkFields(request, ""));
  const { amount, platformFee: rate = { percent: "2" }, providerFee: cost } = request;
  const units = toMinorUnits(amount);
  const platformFee = percentageOf(units, rate.percent, 1n);
  const providerFee =
    "payeeNet" in cost ? units - payeeNetOf(cost, amount) : percentageOf(units, cost.percent, 1n);

  const inMoney = (sum: bigint) => fromMinorUnits(sum, amount.currency);
  return {
    platformFee: inMoney(platformFee),
    providerFee: inMoney(providerFee),
    netRevenue: inMoney(platformFee - providerFee),
  };
}

/** What a quote for this very amount leaves to the merchant. */
function payeeNetOf(quote: FeeQuote, asked: Money): bigint {
  const amount = parseMoney(quote.amount, "providerFee.amount");
  const payeeNet = parseMoney(quote.payeeNet, "providerFee.payeeNet");
  const isSame = toMinorUnits(amount) === toMinorUnits(asked) && amount.currency === asked.currency;
  refuse(must(isSame && payeeNet.currency === asked.currency, "providerFee.amount", "the amount asked"));
  return toMinorUnits(payeeNet);
}

const rate = record({ percent });

const checkFields = record(
  {
    amount: positiveMoney,
    providerFee: (value, field) => ("payeeNet" in Object(value) ? [] : rate(value, field)),
  },
  { platformFee: rate },
);
