/**
 * What a payment costs: fees and taxes by tariff, and what the platform keeps.
 *
 * Import from `mobile-money/fees`. Nothing here touches the network.
 *
 * @module
 */
export { defineTariff } from "./define-tariff.js";
export { type FeeQuote, type QuotedTax, type QuoteFeeRequest, quoteFee } from "./quote.js";
export { type QuoteRevenueRequest, quoteRevenue, type RevenueQuote } from "./revenue.js";
export type {
  AmountRange,
  Confidence,
  FeeParty,
  FeeRule,
  FeeShare,
  Market,
  Tariff,
  TariffBand,
  TariffTax,
} from "./tariff.js";
