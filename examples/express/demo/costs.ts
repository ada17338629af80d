/**
 * What a payment costs the shop, and what it keeps.
 */
import { formatMoney } from "mobile-money";
import { quoteFee, quoteRevenue } from "mobile-money/fees";
import type { PlacedOrder } from "./customer.js";
import type { DemoPayment } from "./five-payments.js";
import { tariffs } from "./tariffs.js";
import { networkNames } from "./words.js";

const platformFee = { percent: "2" };

/** Fee, tax and net revenue, each as a label, a sum and an explanation. */
export function costsOf({ provider }: DemoPayment, { total }: PlacedOrder): readonly (readonly string[])[] {
  const tariff = tariffs[provider];
  const { product, variant } = tariff;
  const quote = quoteFee({ market: tariff, product, ...(variant && { variant }), amount: total });
  const revenue = quoteRevenue({ amount: total, platformFee, providerFee: quote });
  const taxes = quote.taxes.map(({ name, amount }) => ["  tax in it", formatMoney(amount), name]);
  return [
    [`${networkNames[provider]}'s fee`, formatMoney(quote.fee), `by the tariff ${quote.tariffId}`],
    ...(taxes.length > 0 ? taxes : [["  tax in it", "none", "the tariff names none"]]),
    ["platform fee", formatMoney(revenue.platformFee), `${platformFee.percent} % of ${formatMoney(total)}`],
    ["net revenue", formatMoney(revenue.netRevenue), "platform fee less the network's fee"],
  ];
}
