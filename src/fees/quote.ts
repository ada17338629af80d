/**
 * The price of one payment.
 */
import type { Clock } from "../core/clock.js";
import type { Currency } from "../core/currencies.js";
import { fromMinorUnits, type Money, toMinorUnits } from "../core/money.js";
import { type Check, day, list, must, positiveMoney, record, refuse, text } from "./check.js";
import { definedTariffs } from "./defined-tariffs.js";
import { priceOf, type Scale, scaleOf, sharesOf, taxOn } from "./price.js";
import { isInForce, isMarket, selectTariff } from "./select.js";
import type { Confidence, FeeParty, Market, Tariff, TariffBand } from "./tariff.js";

/** What to price. */
export type QuoteFeeRequest<C extends Currency = Currency> = Readonly<{
  /** One or several markets and tariffs of your own. Your own win; markets are searched in the order given. */
  market: Market | Tariff | readonly (Market | Tariff)[];
  /** What is paid for, such as `"collection.paybill"`. */
  product: string;
  /** Needed where the product has several, such as `"shared"`. */
  variant?: string;
  channel?: NonNullable<Tariff["channel"]>;
  /** The price asked, before any fee on top. */
  amount: Money<C>;
  /**
   * Day of the payment, `YYYY-MM-DD`. Give it for a payment of the past: its price is that of its own day.
   * @defaultValue today in the market's time zone; for your own tariffs, in that of the first market beside them, or UTC
   */
  on?: string;
  /** Tells today. @defaultValue the machine's clock */
  clock?: Pick<Clock, "now">;
}>;

/** A tax in a quote. */
export type QuotedTax<C extends Currency = Currency> = Readonly<{
  name: string;
  amount: Money<C>;
  /** True when `fee` contains it; otherwise it comes on top of the fee. */
  included: boolean;
}>;

/** The price of one payment, as plain data. */
export type FeeQuote<C extends Currency = Currency> = Readonly<{
  amount: Money<C>;
  fee: Money<C>;
  taxes: readonly QuotedTax<C>[];
  /** What leaves the payer's wallet: the amount, with the fees and taxes that the customer bears. */
  payerTotal: Money<C>;
  /** What the merchant keeps: the amount, less the fees and taxes that the merchant bears. May be negative. */
  payeeNet: Money<C>;
  /** The fee divided between the two; taxes on top are not in it. */
  shares: Readonly<Record<FeeParty, Money<C>>>;
  /** The version of the tariff: keep it with the payment. */
  tariffId: string;
  band: TariffBand;
  confidence: Confidence;
}>;

/**
 * Tells what a payment costs, and whom.
 *
 * The fee is exact until it is rounded, once, half up. A missing tariff is an error, never a zero fee.
 *
 * @throws `RequestInvalidError` when a field is wrong, or the amount is outside the tariff's bands.
 * @throws `NoTariffError` when no tariff fits, or more than one; `choices` names the nearest.
 */
export function quoteFee<C extends Currency>(request: QuoteFeeRequest<C>): FeeQuote<C> {
  refuse(checkFields(request, ""));
  const { tariff, on } = selectTariff(request);
  const scale = scaleOf(tariff);
  const amount = toMinorUnits(request.amount);
  const band = bandOf(tariff, amount, scale);

  const fee = priceOf(band.fee, amount, scale);
  const shares = sharesOf(band.fee, fee, tariff.payer, scale);
  const taxes = (tariff.tax ?? [])
    .filter((tax) => isInForce(tax, on))
    .map((tax) => ({ ...tax, units: taxOn(tax, amount, fee, scale) }));
  const added = taxes.reduce((sum, { included, units }) => (included ? sum : sum + units), 0n);
  const addedTo = (party: FeeParty) => shares[party] + (tariff.payer === party ? added : 0n);

  const inMoney = (units: bigint) => fromMinorUnits(units, request.amount.currency);
  return {
    amount: inMoney(amount),
    fee: inMoney(fee),
    taxes: taxes.map(({ name, included, units }) => ({ name, amount: inMoney(units), included })),
    payerTotal: inMoney(amount + addedTo("customer")),
    payeeNet: inMoney(amount - addedTo("merchant")),
    shares: { customer: inMoney(shares.customer), merchant: inMoney(shares.merchant) },
    tariffId: tariff.id,
    band,
    confidence: band.confidence ?? tariff.confidence,
  };
}

const tariff: Check = (value, field) =>
  must(definedTariffs.has(value as Tariff), field, "a tariff that defineTariff returned");
const market = record({ id: text, timeZone: text, tariffs: list(tariff) });

const checkFields = record(
  {
    market: (value, field) =>
      [value].flat().flatMap((source) => (isMarket(source) ? market : tariff)(source, field)),
    product: text,
    amount: positiveMoney,
  },
  {
    variant: text,
    channel: text,
    on: day,
    clock: (value, field) => must(value === Object(value), field, "a clock"),
  },
);

/** The band of an amount. Bands have no gaps: what is not below the first falls in the first that reaches so far. */
function bandOf({ bands, currency, amountStep }: Tariff, amount: bigint, { units, step }: Scale): TariffBand {
  const lowest = bands[0]?.min ?? "0";
  const band = bands.find(({ max }) => max === null || amount <= units(max));
  refuse([
    ...must(amount % step === 0n, "amount", `a multiple of ${currency} ${amountStep}`),
    ...must(amount >= units(lowest), "amount", `${currency} ${lowest} or more`),
    ...must(band !== undefined, "amount", `${currency} ${bands.at(-1)?.max} or less`),
  ]);
  return band as TariffBand;
}
