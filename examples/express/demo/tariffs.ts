/**
 * Two published prices, as examples: a shop gives the ones in its own contracts.
 */
import { defineTariff, type Tariff } from "mobile-money/fees";

/**
 * MTN Uganda, paying a merchant: at most 1 %, which the merchant bears. From an interview with MTN's managing director
 * (ugrowth.co, "Telecoms battle for customers", 2023), reviewed 2026-11-23; one source, and the day is approximate.
 */
const momoPayUganda = defineTariff({
  id: "mtn-ug.collection.momopay.formal",
  currency: "UGX",
  product: "collection.momopay",
  variant: "formal_merchant",
  payer: "merchant",
  effectiveFrom: "2023-07-01",
  effectiveTo: null,
  confidence: "single_source",
  bands: [{ min: "500", max: "5000000", fee: { type: "percent", percent: "1" } }],
});

/**
 * M-Pesa Kenya, paybill that the business pays for: the bands from 101 to 5,000 shillings of the price list of
 * 2023-07-29, with excise duty inside (money.ke, "Paybill charges", 2024; convertksh.xyz, 2025), reviewed 2026-11-23.
 */
const paybillKenya = defineTariff({
  id: "mpesa-ke.collection.paybill.business_pays.2023-07-29",
  currency: "KES",
  product: "collection.paybill",
  variant: "business_pays",
  payer: "merchant",
  effectiveFrom: "2023-07-29",
  effectiveTo: null,
  confidence: "corroborated",
  amountStep: "1",
  tax: [
    {
      name: "excise duty",
      basis: "fee",
      percent: "15",
      included: true,
      effectiveFrom: "2023-07-29",
      effectiveTo: null,
    },
  ],
  bands: [
    { min: "101", max: "500", fee: { type: "flat", amount: "5" } },
    { min: "501", max: "1000", fee: { type: "flat", amount: "10" } },
    { min: "1001", max: "1500", fee: { type: "flat", amount: "15" } },
    { min: "1501", max: "2500", fee: { type: "flat", amount: "20" } },
    { min: "2501", max: "3500", fee: { type: "flat", amount: "25" } },
    { min: "3501", max: "5000", fee: { type: "flat", amount: "34" } },
  ],
});

/** The price that each network asks of the demo's shop. */
export const tariffs: Readonly<Record<"mtn_momo" | "mpesa", Tariff>> = {
  mtn_momo: momoPayUganda,
  mpesa: paybillKenya,
};
