import { type FeeQuote, quoteFee, quoteRevenue, type RevenueQuote, type Tariff } from "mobile-money/fees";
import { expectTypeOf, test } from "vitest";
import { kes, ugx } from "../../src/core/money.js";

declare const market: Tariff;

test("a quote is in the currency of its amount", () => {
  const quote = quoteFee({ market, product: "collection", amount: kes(1) });
  expectTypeOf(quote).toEqualTypeOf<FeeQuote<"KES">>();
  expectTypeOf(quoteRevenue({ amount: kes(1), providerFee: quote })).toEqualTypeOf<RevenueQuote<"KES">>();
});

test("a fee quoted in another currency does not compile", () => {
  const providerFee = quoteFee({ market, product: "collection", amount: ugx(1) });
  // @ts-expect-error the amount is in KES, the fee in UGX
  quoteRevenue({ amount: kes(1), providerFee });
});

test("an amount is never a bare number", () => {
  // @ts-expect-error a number is not a Money
  quoteFee({ market, product: "collection", amount: 100 });
});
