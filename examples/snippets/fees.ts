import { ugx } from "mobile-money";
import { defineTariff, quoteFee, quoteRevenue } from "mobile-money/fees";

// #region tariff
/** What your contract says. The numbers are an example. */
const contract = defineTariff({
  id: "shop.collection.2026-11-01",
  currency: "UGX",
  product: "collection",
  payer: "merchant",
  effectiveFrom: "2026-11-01",
  effectiveTo: null,
  confidence: "official",
  bands: [
    { min: "1", max: "5000", fee: { type: "flat", amount: "100" } },
    { min: "5001", max: null, fee: { type: "percent", percent: "1.2" } },
  ],
});
// #endregion

// #region quote
const quote = quoteFee({ market: contract, product: "collection", amount: ugx(45_000), on: "2026-11-25" });
console.log(quote.fee); // { amount: "540", currency: "UGX" }
console.log(quote.payerTotal); // { amount: "45000", currency: "UGX" }
console.log(quote.payeeNet); // { amount: "44460", currency: "UGX" }
console.log(quote.tariffId); // "shop.collection.2026-11-01"
// #endregion

// #region revenue
const { platformFee, providerFee, netRevenue } = quoteRevenue({
  amount: ugx(45_000),
  platformFee: { percent: "2" },
  providerFee: quote,
});
console.log(platformFee.amount, providerFee.amount, netRevenue.amount); // 900 540 360
// #endregion

// #region percentage
const rough = quoteRevenue({ amount: ugx(10_000), providerFee: { percent: "1" } });
console.log(rough.netRevenue); // { amount: "100", currency: "UGX" }
// #endregion
