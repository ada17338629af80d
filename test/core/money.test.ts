import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Currency, currencies, decimalsOf } from "../../src/core/currencies.js";
import { RequestInvalidError } from "../../src/core/errors.js";
import {
  addMoney,
  compareMoney,
  formatMoney,
  fromMinorUnits,
  kes,
  type Money,
  money,
  parseMoney,
  parseTypedAmount,
  subtractMoney,
  toMinorUnits,
  ugx,
} from "../../src/core/money.js";

/** The issues of the RequestInvalidError that a call must throw. */
function issuesOf(call: () => unknown) {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(RequestInvalidError);
    return (error as RequestInvalidError).issues;
  }
  throw new Error("nothing was thrown");
}

const huge = "9".repeat(1_000_000);

/** Wrong for every function that takes an amount, in any currency. */
const badAmounts: [label: string, amount: unknown][] = [
  ["1e21", 1e21],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["0.1", 0.1],
  ["1.5", 1.5],
  ["0.1 + 0.2", 0.1 + 0.2],
  ["2 ** 53", 2 ** 53],
  ["5e-324", 5e-324],
  ['"1e21"', "1e21"],
  ['"1e3"', "1e3"],
  ['"1E3"', "1E3"],
  ['"NaN"', "NaN"],
  ['"Infinity"', "Infinity"],
  ['"0x10"', "0x10"],
  ['"0b1"', "0b1"],
  ['"1n"', "1n"],
  ['"1_000"', "1_000"],
  ["an empty string", ""],
  ["a sign alone", "-"],
  ["a point alone", "."],
  ['"+1"', "+1"],
  ['"--1"', "--1"],
  ['"1-"', "1-"],
  ['".5"', ".5"],
  ['"5."', "5."],
  ['"1.2.3"', "1.2.3"],
  ['"1..2"', "1..2"],
  ["a full-width digit", "１"],
  ["Devanagari digits", "१२"],
  ["Arabic-Indic digits", "١٢"],
  ["a superscript digit", "1²"],
  ["a minus sign that is no hyphen", "−1"],
  ["a zero-width space", "1\u200b0"],
  ["a currency in front", "KES 100"],
  ["a currency behind", "100/="],
  ["a NUL", "1\u00000"],
  ["19 digits", "1".repeat(19)],
  ["19 digits and decimals", `${"1".repeat(19)}.5`],
  ["a million digits", huge],
  ["a million zeros in front", `${"0".repeat(1_000_000)}1`],
  ["a million decimals", `1.${huge}`],
  ["a million zeros before a last decimal", `1.${"0".repeat(1_000_000)}1`],
  ["undefined", undefined],
  ["null", null],
  ["true", true],
  ["a bigint", 5n],
  ["an array", ["5"]],
  ["an object", { amount: "5" }],
  ["an object with valueOf", { valueOf: () => 5, toString: () => "5" }],
];

describe("money", () => {
  test.each<[string | number, Currency, string]>([
    ["1500", "KES", "1500"],
    [1500, "KES", "1500"],
    ["1500.00", "KES", "1500"],
    ["12.50", "KES", "12.5"],
    ["12.05", "KES", "12.05"],
    ["12.500000000000000000", "KES", "12.5"],
    ["0012.50", "KES", "12.5"],
    ["0", "KES", "0"],
    ["-0", "KES", "0"],
    ["-0.00", "KES", "0"],
    [-0, "KES", "0"],
    ["000", "KES", "0"],
    ["0.01", "KES", "0.01"],
    ["-0.01", "KES", "-0.01"],
    ["-3.50", "KES", "-3.5"],
    [-7, "UGX", "-7"],
    ["15000.0", "UGX", "15000"],
    [Number.MAX_SAFE_INTEGER, "UGX", "9007199254740991"],
    [Number.MIN_SAFE_INTEGER, "UGX", "-9007199254740991"],
    ["9007199254740993", "UGX", "9007199254740993"],
    ["999999999999999999.99", "EUR", "999999999999999999.99"],
    ["000000000000000001", "UGX", "1"],
  ])("%j %s is %s", (amount, currency, canonical) => {
    expect(money(amount, currency)).toStrictEqual({ amount: canonical, currency });
  });

  test.each(badAmounts)("refuses %s", (_label, amount) => {
    const [issue, ...more] = issuesOf(() => money(amount as string, "KES"));
    expect(issue?.field).toBe("amount");
    expect(issue?.message.length).toBeLessThan(100);
    expect(more).toStrictEqual([]);
  });

  test.each([" 1", "1 ", "1\n", "1,000", "1 000"])("refuses %j, which only a person types", (amount) => {
    expect(issuesOf(() => money(amount, "KES"))[0]?.field).toBe("amount");
  });

  test("tells the caller of a float to pass a string", () => {
    expect(issuesOf(() => money(0.1, "KES"))[0]?.remedy).toMatch(/decimal string/);
  });

  test.each<[string, Currency, string]>([
    ["0.5", "UGX", "has more decimals than UGX, which has none"],
    ["1.005", "KES", "has more decimals than KES, which has 2"],
    ["0.001", "EUR", "has more decimals than EUR, which has 2"],
  ])("refuses the decimals of %s %s", (amount, currency, message) => {
    expect(issuesOf(() => money(amount, currency))[0]).toMatchObject({ field: "amount", message });
  });

  test.each(["ABC", "kes", "", undefined, null, "__proto__"])("refuses the currency %j", (currency) => {
    const [issue] = issuesOf(() => money("1", currency as Currency));
    expect(issue).toMatchObject({ field: "currency", remedy: expect.stringContaining("UGX") });
  });

  test("has shortcuts", () => {
    expect(kes(1_500)).toStrictEqual({ amount: "1500", currency: "KES" });
    expect(ugx("15000")).toStrictEqual({ amount: "15000", currency: "UGX" });
  });
});

describe("parseMoney", () => {
  test("returns the canonical form", () => {
    expect(parseMoney({ amount: "01500.50", currency: "KES" })).toStrictEqual({
      amount: "1500.5",
      currency: "KES",
    });
  });

  test.each([
    undefined,
    null,
    "KES 5",
    5,
    5n,
    [],
    ["5", "KES"],
    {},
    { amount: "5" },
    { currency: "KES" },
    { amount: "5", currency: "KES", extra: 1 },
    Object.create({ amount: "5", currency: "KES" }),
    () => ({ amount: "5", currency: "KES" }),
  ])("refuses the shape of case %#", (input) => {
    expect(issuesOf(() => parseMoney(input, "price"))).toMatchObject([{ field: "price" }]);
  });

  test.each(badAmounts)("refuses %s", (_label, amount) => {
    expect(issuesOf(() => parseMoney({ amount, currency: "KES" }))).toMatchObject([
      { field: "amount.amount" },
    ]);
  });

  test("refuses a number even when it is whole", () => {
    expect(issuesOf(() => parseMoney({ amount: 5, currency: "KES" }, "price"))).toMatchObject([
      { field: "price.amount", message: "must be a string" },
    ]);
  });

  test.each(["kes", "TZS", undefined, null, 5, "toString"])("refuses the currency %j", (currency) => {
    expect(issuesOf(() => parseMoney({ amount: "5", currency }, "price"))).toMatchObject([
      { field: "price.currency" },
    ]);
  });
});

describe("parseTypedAmount", () => {
  test.each<[string | number, Currency, string]>([
    ["1500", "KES", "1500"],
    ["  1500 ", "KES", "1500"],
    ["\t1500\n", "KES", "1500"],
    ["\u00a01500\u202f", "KES", "1500"],
    ["15,000", "UGX", "15000"],
    ["1,500,000", "UGX", "1500000"],
    ["1 500 000", "XAF", "1500000"],
    ["1\u00a0500\u00a0000", "XOF", "1500000"],
    ["1\u202f500\u202f000", "XOF", "1500000"],
    ["1'500", "KES", "1500"],
    ["1\u2019500", "KES", "1500"],
    ["1,500.50", "KES", "1500.5"],
    ["1 500.5", "KES", "1500.5"],
    ["0.50", "KES", "0.5"],
    ["0", "KES", "0"],
    ["-0", "KES", "0"],
    ["-1,500", "KES", "-1500"],
    ["10.00", "UGX", "10"],
    ["100,000,000,000,000,000", "UGX", "100000000000000000"],
    [15_000, "UGX", "15000"],
  ])("reads %j %s as %s", (typed, currency, amount) => {
    expect(parseTypedAmount(typed, currency)).toStrictEqual({ amount, currency });
  });

  test.each([
    ...["1.500", "10.000", "0.500", "1.500.000", "1,500.000", "1.5000"],
    ...["1,5", "1,50", "1.500,00", "1.500,5", "15,00", "1 50"],
    ...["12,34,567", "1234,567", "1,2345", ",500", "500,", "1,,500", "1,500,", "1, 500", "1  500"],
    ...["1,500 000", "1 500,000", "1'500,000"],
    ...["0,500", "00", "01500", "0772 123 456", "0712345678"],
    ...["1e3", "१२", "१,५००", "１５００", "½", "5k", "5K", "1M", "five"],
    ...["KES 1,500", "1500 KES", "Ksh1500", "UGX15,000", "$5", "1500/=", "1500/-", "1500 shillings"],
    ...["+1500", "- 1500", "1500-", "(1500)", "−1500", "1500 + 5", "1500%", "0x10", "1_000"],
    ...["", " ", "\n", ".", ",", "-", ".5", "5.", "1\n500", "1\t500", "1\u200b500"],
  ])("refuses %j", (typed) => {
    expect(issuesOf(() => parseTypedAmount(typed, "KES", "price"))).toMatchObject([{ field: "price" }]);
  });

  test.each(badAmounts)("refuses %s", (_label, amount) => {
    expect(issuesOf(() => parseTypedAmount(amount as string, "KES"))).toMatchObject([{ field: "amount" }]);
  });

  test("refuses decimals that the currency does not have", () => {
    expect(issuesOf(() => parseTypedAmount("1,500.50", "UGX"))).toMatchObject([{ field: "amount" }]);
  });

  test("refuses an unknown currency", () => {
    expect(issuesOf(() => parseTypedAmount("1", "TZS" as "KES", "price"))).toMatchObject([
      { field: "currency" },
    ]);
  });
});

describe("formatMoney", () => {
  test.each<[Money, string]>([
    [{ amount: "15000", currency: "UGX" }, "UGX 15,000"],
    [{ amount: "1500.5", currency: "KES" }, "KES 1,500.50"],
    [{ amount: "1500.05", currency: "KES" }, "KES 1,500.05"],
    [{ amount: "1500.00", currency: "KES" }, "KES 1,500"],
    [{ amount: "-3.5", currency: "KES" }, "KES -3.50"],
    [{ amount: "-100000", currency: "UGX" }, "UGX -100,000"],
    [{ amount: "0", currency: "EUR" }, "EUR 0"],
    [{ amount: "999", currency: "EUR" }, "EUR 999"],
    [{ amount: "1000", currency: "EUR" }, "EUR 1,000"],
    [{ amount: "999999999999999999.99", currency: "EUR" }, "EUR 999,999,999,999,999,999.99"],
  ])("%j is %s", (value, text) => {
    expect(formatMoney(value)).toBe(text);
  });
});

describe("arithmetic", () => {
  test.each<[string, string, string, string, -1 | 0 | 1]>([
    ["0.1", "0.2", "0.3", "-0.1", -1],
    ["1", "0.01", "1.01", "0.99", 1],
    ["5", "5.00", "10", "0", 0],
    ["-3.5", "3.5", "0", "-7", -1],
    ["9007199254740993", "1", "9007199254740994", "9007199254740992", 1],
    ["10", "9", "19", "1", 1],
  ])("of %s and %s", (a, b, sum, difference, order) => {
    expect(addMoney(kes(a), kes(b))).toStrictEqual(kes(sum));
    expect(subtractMoney(kes(a), kes(b))).toStrictEqual(kes(difference));
    expect(compareMoney(kes(a), kes(b))).toBe(order);
  });

  test.each([addMoney, subtractMoney, compareMoney])("%o refuses two currencies", (operation) => {
    const mixed = () => operation(kes(1) as Money, ugx(1) as Money);
    expect(issuesOf(mixed)).toMatchObject([
      { field: "b.currency", message: "is UGX, but the other amount is in KES" },
    ]);
  });

  test.each([addMoney, subtractMoney, compareMoney])("%o checks its operands", (operation) => {
    const bad = { amount: "0.5", currency: "UGX" } as const;
    expect(issuesOf(() => operation<"UGX">(bad, ugx(1)))).toMatchObject([{ field: "a.amount" }]);
    expect(issuesOf(() => operation<"UGX">(ugx(1), bad))).toMatchObject([{ field: "b.amount" }]);
  });

  test("refuses a sum of more than 18 digits", () => {
    const most = ugx("9".repeat(18));
    expect(issuesOf(() => addMoney(most, ugx(1)))).toMatchObject([{ field: "amount" }]);
  });

  test.each<[Money, bigint]>([
    [{ amount: "1.5", currency: "KES" }, 150n],
    [{ amount: "-0.05", currency: "KES" }, -5n],
    [{ amount: "1.50", currency: "KES" }, 150n],
    [{ amount: "15000", currency: "UGX" }, 15_000n],
    [{ amount: "0", currency: "KES" }, 0n],
  ])("%j in minor units is %s", (value, units) => {
    expect(toMinorUnits(value)).toBe(units);
    expect(fromMinorUnits(units, value.currency)).toStrictEqual(parseMoney(value));
  });

  test("minor units want a known currency", () => {
    expect(issuesOf(() => fromMinorUnits(1n, "TZS" as "KES"))).toMatchObject([{ field: "currency" }]);
  });
});

describe("laws", () => {
  const currency = fc.constantFrom(...(Object.keys(currencies) as Currency[]));
  const most = 10n ** 18n - 1n;

  /** A decimal string as anyone may write it, with zeros to spare, and its currency. */
  const written = currency.chain((code) =>
    fc
      .record({
        sign: fc.constantFrom("", "-"),
        whole: fc.stringMatching(/^\d{1,18}$/),
        cents: fc.stringMatching(new RegExp(`^\\d{0,${decimalsOf(code)}}$`)),
        zeros: fc.stringMatching(/^0{0,5}$/),
      })
      .map(({ sign, whole, cents, zeros }) => ({
        currency: code,
        amount: `${sign}${whole}${cents + zeros === "" ? "" : `.${cents}${zeros}`}`,
      })),
  );
  const values = currency.chain((code) =>
    fc.bigInt({ min: -most, max: most }).map((units) => fromMinorUnits(units, code)),
  );
  const pairs = currency.chain((code) => {
    const value = fc.bigInt({ min: -most / 2n, max: most / 2n }).map((units) => fromMinorUnits(units, code));
    return fc.tuple(value, value);
  });

  test("canonical form is a fixed point, and shows nothing to spare", () => {
    fc.assert(
      fc.property(written, (value) => {
        const once = parseMoney(value);
        expect(parseMoney(once)).toStrictEqual(once);
        expect(once.amount).toMatch(/^(?:0|-?(?:[1-9]\d*|0(?=\.))(?:\.\d*[1-9])?)$/);
        expect(money(value.amount, value.currency)).toStrictEqual(once);
      }),
    );
  });

  test("canonical form means the same amount", () => {
    fc.assert(
      fc.property(written, (value) => {
        expect(toMinorUnits(parseMoney(value))).toBe(toMinorUnits(value));
      }),
    );
  });

  test("minor units and back is the same, both ways", () => {
    fc.assert(
      fc.property(written, (value) => {
        expect(fromMinorUnits(toMinorUnits(value), value.currency)).toStrictEqual(parseMoney(value));
      }),
    );
    fc.assert(
      fc.property(currency, fc.bigInt({ min: -most, max: most }), (code, units) => {
        expect(toMinorUnits(fromMinorUnits(units, code))).toBe(units);
      }),
    );
  });

  test("what is formatted can be typed back", () => {
    fc.assert(
      fc.property(written, (value) => {
        const [code, typed = ""] = formatMoney(value).split(" ");
        expect(code).toBe(value.currency);
        expect(parseTypedAmount(typed, value.currency)).toStrictEqual(parseMoney(value));
      }),
    );
  });

  test("JSON keeps a value", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(parseMoney(JSON.parse(JSON.stringify(value)))).toStrictEqual(value);
      }),
    );
  });

  test("adding is commutative and undone by subtracting", () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(addMoney(a, b)).toStrictEqual(addMoney(b, a));
        expect(subtractMoney(addMoney(a, b), b)).toStrictEqual(a);
      }),
    );
  });

  test("comparing agrees with subtracting", () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const sign = subtractMoney(a, b).amount.startsWith("-") ? -1 : compareMoney(a, b) === 0 ? 0 : 1;
        expect(compareMoney(a, b)).toBe(sign);
        expect(compareMoney(b, a) + compareMoney(a, b)).toBe(0);
        expect(compareMoney(a, a)).toBe(0);
      }),
    );
  });

  test("any string is either refused or read as the number it plainly is", () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123456789.,- '") }));
    fc.assert(
      fc.property(texts, (typed) => {
        try {
          const read = parseTypedAmount(typed, "KES");
          expect(Number(read.amount)).toBe(Number(typed.replace(/[,' \s]/g, "")) + 0);
        } catch (error) {
          expect(error).toBeInstanceOf(RequestInvalidError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
