/**
 * What a tariff is. Amounts and percentages are decimal strings: `"0.55"` as a percentage means 0.55 %.
 */
import type { Currency } from "../core/currencies.js";

/** How well a price is known, best first. */
export type Confidence = "official" | "corroborated" | "single_source" | "estimate";

/** One side of a payment: the customer pays the amount, the merchant receives it. */
export type FeeParty = "customer" | "merchant";

/** Amounts from `min` to `max`, both inclusive; `max` is `null` where there is no upper bound. */
export type AmountRange = Readonly<{ min: string; max: string | null }>;

/** What one party bears of a fee. */
/** What one party bears of a flat fee. */
export type FeeShare<Party extends FeeParty> = Readonly<{ party: Party; amount: string }>;

/** The price of one band. `min` is a floor and `max` a cap of the fee; both are multiples of the rounding increment. */
export type FeeRule =
  | Readonly<{
      type: "flat";
      amount: string;
      /** What each party bears, in a tariff with `payer: "split"`; adds up to `amount`. */
      split?: readonly [FeeShare<"customer">, FeeShare<"merchant">];
    }>
  | Readonly<{ type: "percent"; percent: string; min?: string; max?: string }>
  | Readonly<{ type: "flat_plus_percent"; amount: string; percent: string; min?: string; max?: string }>;

/** A range of amounts and its price: the whole amount is priced by the one band that it falls in. */
export type TariffBand = AmountRange &
  Readonly<{
    fee: FeeRule;
    /** Where the band is known less well than its tariff. */
    confidence?: Confidence;
  }>;

/**
 * A tax that comes with the fee, and is borne like it: a percentage of the fee or of the amount, or a fixed sum per
 * transaction.
 */
export type TariffTax = Readonly<{
  name: string;
  /** True when the published fee contains the tax, which is then reported and never added. */
  included: boolean;
  /** First day of the tax. */
  effectiveFrom: string;
  /** Last day of the tax; `null` while it lasts. */
  effectiveTo: string | null;
}> &
  (
    | Readonly<{ basis: "fee" | "amount"; percent: string }>
    | Readonly<{ basis: "transaction"; amount: string }>
  );

/** One dated price of one product: plain data. Check your own with {@link defineTariff}. */
export type Tariff = Readonly<{
  /** Names this version for ever; every quote carries it. */
  id: string;
  currency: Currency;
  /** What is paid for, such as `"collection.paybill"`. */
  product: string;
  /** Tells tariffs of one product apart, such as `"shared"` and `"business_pays"`. */
  variant?: string;
  channel?: "ussd" | "app" | "api";
  payer: FeeParty | "split";
  /** First day of the price, `YYYY-MM-DD`, in the market's time zone. */
  effectiveFrom: string;
  /** Last day of the price; `null` while it lasts. */
  effectiveTo: string | null;
  confidence: Confidence;
  /** Amounts are multiples of it, and so each band starts one step after the last. @defaultValue the currency's minor unit */
  amountStep?: string;
  /** Fees and taxes are rounded half up to a multiple of `increment`. @defaultValue the currency's minor unit */
  rounding?: Readonly<{ increment: string; mode: "half_up" }>;
  tax?: readonly TariffTax[];
  /** Without gap and overlap, in ascending order. */
  bands: readonly TariffBand[];
}>;

/** The tariffs of one operator in one country. */
export type Market = Readonly<{
  id: string;
  /** IANA name, such as `"Africa/Nairobi"`: prices change at local midnight. */
  timeZone: string;
  tariffs: readonly Tariff[];
}>;
