import { describe, expectTypeOf, test } from "vitest";
import type { CountryCode } from "../src/core/countries.js";
import type { Currency } from "../src/core/currencies.js";
import {
  addMoney,
  compareMoney,
  fromMinorUnits,
  kes,
  type Money,
  money,
  parseMoney,
  parseTypedAmount,
  subtractMoney,
  ugx,
} from "../src/core/money.js";
import { type Msisdn, maskMsisdn, matchesMsisdn, parseMsisdn } from "../src/core/msisdn.js";

describe("Money", () => {
  test("is a plain literal", () => {
    expectTypeOf({ amount: "1000", currency: "UGX" } as const).toExtend<Money<"UGX">>();
    expectTypeOf({ amount: "1000", currency: "UGX" } as const).toExtend<Money>();
    const literal: Money<"UGX"> = { amount: "1000", currency: "UGX" };
    expectTypeOf(addMoney(literal, { amount: "1", currency: "UGX" })).toEqualTypeOf<Money<"UGX">>();
  });

  test("keeps its currency in its type", () => {
    expectTypeOf(kes("1")).toEqualTypeOf<Money<"KES">>();
    expectTypeOf(kes("1")).not.toExtend<Money<"UGX">>();
    expectTypeOf(money("1", "GHS")).toEqualTypeOf<Money<"GHS">>();
    expectTypeOf(fromMinorUnits(1n, "GHS")).toEqualTypeOf<Money<"GHS">>();
    expectTypeOf(parseTypedAmount("1", "GHS")).toEqualTypeOf<Money<"GHS">>();
    expectTypeOf(parseMoney({})).toEqualTypeOf<Money>();
    expectTypeOf<Money>().toEqualTypeOf<Money<Currency>>();
  });

  test("has no numbers, cannot be changed, and knows its currencies", () => {
    // @ts-expect-error an amount is a string
    const withNumber: Money = { amount: 1000, currency: "UGX" };
    // @ts-expect-error not a currency of the networks
    const unknown: Money = { amount: "1", currency: "TZS" };
    // @ts-expect-error Money is read-only
    kes(1).amount = "2";
    // @ts-expect-error not a currency of the networks
    money("1", "TZS");
    expectTypeOf([withNumber, unknown]).toExtend<Money[]>();
  });

  test("of two currencies is never mixed", () => {
    // @ts-expect-error KES and UGX
    addMoney(kes(1), ugx(1));
    // @ts-expect-error KES and UGX
    subtractMoney(kes(1), ugx(1));
    // @ts-expect-error KES and UGX
    compareMoney(kes(1), ugx(1));
    // @ts-expect-error the second could be in any currency
    addMoney(kes(1), parseMoney({}));
    expectTypeOf(addMoney(parseMoney({}), parseMoney({}))).toEqualTypeOf<Money>();
    expectTypeOf(compareMoney(kes(1), kes(2))).toEqualTypeOf<-1 | 0 | 1>();
  });
});

describe("Msisdn", () => {
  test("is only ever returned", () => {
    expectTypeOf(parseMsisdn("254712345678")).toEqualTypeOf<Msisdn>();
    expectTypeOf<Msisdn>().toExtend<string>();
    expectTypeOf<string>().not.toExtend<Msisdn>();
    expectTypeOf(parseMsisdn).parameter(0).toEqualTypeOf<string>();
    expectTypeOf(maskMsisdn).parameter(0).toEqualTypeOf<string>();
    expectTypeOf(matchesMsisdn).returns.resolves.toEqualTypeOf<boolean>();
  });

  test("takes the countries of the table", () => {
    expectTypeOf<"KE">().toExtend<CountryCode>();
    // @ts-expect-error no network of ours works there
    parseMsisdn("0712345678", { country: "TZ" });
    parseMsisdn("0712345678", { country: undefined, allowUnusual: undefined, field: undefined });
  });
});
