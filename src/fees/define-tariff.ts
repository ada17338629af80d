/**
 * A tariff of the caller's own, checked.
 */
import { currencies, decimalsOf, isCurrency } from "../core/currencies.js";
import { ConfigurationError, type Problem } from "../core/errors.js";
import { type Check, day, like, list, must, oneOf, percent, record, text } from "./check.js";
import { definedTariffs } from "./defined-tariffs.js";
import { type Price, scaleOf } from "./price.js";
import type { Tariff } from "./tariff.js";

/**
 * Checks a tariff of your own and returns it as a frozen copy, plain data, which is what a quote takes. A tariff read
 * back from JSON is defined again.
 *
 * What this library does not support is refused, never ignored: a price understood by halves is a wrong price.
 *
 * @throws `ConfigurationError` with every wrong field at once or, when each field is right on its own, with every
 *   contradiction between them: a gap between bands, shares that do not add up.
 */
export function defineTariff(tariff: Tariff): Tariff {
  const wrongFields = fieldsOf(Object(tariff))(tariff, "");
  const problems = wrongFields.length > 0 ? wrongFields : contradictions(tariff);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const copy: Tariff = JSON.parse(JSON.stringify(tariff), (_, value) => Object.freeze(value));
  definedTariffs.add(copy);
  return copy;
}

/** What each field must be, given the currency and who pays. */
function fieldsOf({ currency, payer }: Partial<Tariff>): Check {
  const hasCents = isCurrency(currency) && decimalsOf(currency) > 0;
  const digits = hasCents ? "\\d{1,18}(\\.\\d\\d?)?" : "\\d{1,18}";
  const amount = like(new RegExp(`^${digits}$`), "a decimal string that fits the currency");
  const positive = like(new RegExp(`^(?=.*[1-9])${digits}$`), "a decimal string above zero");
  const orNull =
    (check: Check): Check =>
    (value, field) =>
      value === null ? [] : check(value, field);
  const days = { effectiveFrom: day, effectiveTo: orNull(day) };
  const confidence = oneOf("official", "corroborated", "single_source", "estimate");

  const isSplit = payer === "split";
  const shareOf = (party: string) => record({ party: oneOf(party), amount });
  const fee: Check = (value, field) => {
    const { type } = Object(value);
    return record(
      {
        type: isSplit ? oneOf("flat") : oneOf("flat", "percent", "flat_plus_percent"),
        ...(type !== "percent" && { amount }),
        ...(type !== "flat" && { percent }),
        // The rows of a list are its fields 0 and 1.
        ...(isSplit && { split: record({ 0: shareOf("customer"), 1: shareOf("merchant") }) }),
      },
      type === "flat" ? {} : { min: amount, max: amount },
    )(value, field);
  };
  const tax: Check = (value, field) =>
    record({
      name: text,
      basis: oneOf("fee", "amount", "transaction"),
      // Which party would bear a tax on top of a fee that both bear, no tariff says.
      included: isSplit ? oneOf(true) : oneOf(true, false),
      ...days,
      ...(Object(value).basis === "transaction" ? { amount } : { percent }),
    })(value, field);

  return record(
    {
      id: text,
      currency: oneOf(...Object.keys(currencies)),
      product: text,
      payer: oneOf("customer", "merchant", "split"),
      ...days,
      confidence,
      bands: list(record({ min: amount, max: orNull(amount), fee }, { confidence })),
    },
    {
      variant: text,
      channel: oneOf("ussd", "app", "api"),
      amountStep: positive,
      rounding: record({ increment: positive, mode: oneOf("half_up") }),
      tax: list(tax),
    },
  );
}

/** What no field shows alone. */
function contradictions(tariff: Tariff): Problem[] {
  const { units, step, increment } = scaleOf(tariff);
  const { bands, tax = [] } = tariff;
  return [
    must(bands.length > 0, "bands", "a list with a band"),
    ...[tariff, ...tax].map(({ effectiveFrom, effectiveTo }, index) =>
      must(
        effectiveTo === null || effectiveFrom <= effectiveTo,
        index > 0 ? `tax.${index - 1}.effectiveTo` : "effectiveTo",
        "effectiveFrom or later",
      ),
    ),
    ...bands.flatMap(({ min, max, fee }, index) => {
      const at = `bands.${index}`;
      const previous = bands[index - 1];
      const follows = !previous || (previous.max !== null && units(min) === units(previous.max) + step);
      const { amount = "0", min: floor = "0", max: cap = floor }: Price = fee;
      const split = fee.type === "flat" && fee.split;
      const isDivided = !split || units(split[0].amount) + units(split[1].amount) === units(amount);
      const areMultiples = (sums: string[], of: bigint) => sums.every((sum) => units(sum) % of === 0n);
      return [
        must(follows, `${at}.min`, "one amountStep above the band before"),
        must(max === null || units(min) <= units(max), `${at}.max`, "min or more"),
        must(areMultiples([min, max ?? min], step), at, "between multiples of amountStep"),
        must(units(floor) <= units(cap), `${at}.fee.max`, "min or more"),
        must(
          areMultiples([amount, floor, cap], increment),
          `${at}.fee`,
          "in multiples of rounding.increment",
        ),
        must(isDivided, `${at}.fee.split`, "two shares that add up to the fee"),
      ];
    }),
  ].flat();
}
