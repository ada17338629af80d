import { describe, expect, test } from "vitest";
import { countries, countryOf, isCountryCode } from "../../src/core/countries.js";

const table = Object.entries(countries);

describe("countries", () => {
  test("are Kenya and the markets of MTN's Open API", () => {
    expect(Object.keys(countries).sort().join(" ")).toBe("BJ CG CI CM GH GN KE LR NG RW SS SZ UG ZA ZM");
  });

  // MTN portal's target environments with the national plans; Kenya from Daraja's numbers.
  test.each([
    ["UG", "256", 9],
    ["GH", "233", 9],
    ["CI", "225", 10],
    ["ZM", "260", 9],
    ["CM", "237", 9],
    ["BJ", "229", 10],
    ["CG", "242", 9],
    ["SZ", "268", 8],
    ["GN", "224", 9],
    ["ZA", "27", 9],
    ["LR", "231", 9],
    ["SS", "211", 9],
    ["NG", "234", 10],
    ["RW", "250", 9],
    ["KE", "254", 9],
  ] as const)("%s has calling code %s and %i national digits", (code, callingCode, nationalDigits) => {
    expect(countries[code]).toMatchObject({ callingCode, nationalDigits });
  });

  test.each(table)("%s: a zero in front is either dialled before the number or part of it", (_code, plan) => {
    const begins = plan.mobilePrefixes.map((prefix) => prefix.startsWith("0"));
    if (plan.trunkPrefix === "0") expect(begins).not.toContain(true);
    expect(new Set(begins).size).toBe(1);
  });

  test("keep the zero in Congo, Côte d'Ivoire and Benin", () => {
    const kept = table.filter(([, plan]) => plan.mobilePrefixes[0]?.startsWith("0")).map(([code]) => code);
    expect(kept.sort()).toStrictEqual(["BJ", "CG", "CI"]);
  });

  test.each(table)("%s: no mobile prefix makes another one superfluous", (_code, { mobilePrefixes }) => {
    for (const prefix of mobilePrefixes) {
      expect(mobilePrefixes.filter((other) => other.startsWith(prefix))).toStrictEqual([prefix]);
    }
  });

  test("no calling code begins with another", () => {
    const codes = table.map(([, plan]) => plan.callingCode);
    for (const code of codes) expect(codes.filter((other) => other.startsWith(code))).toStrictEqual([code]);
  });
});

describe("isCountryCode", () => {
  test.each(["KE", "UG", "ZA"])("%s is one", (code) => expect(isCountryCode(code)).toBe(true));
  test.each(["ke", "TZ", "", "toString", "__proto__", null, undefined, 254, ["KE"]])(
    "%j is none",
    (value) => {
      expect(isCountryCode(value)).toBe(false);
    },
  );
});

describe("countryOf", () => {
  test.each(table)("%s owns the digits after its calling code", (code, plan) => {
    expect(countryOf(`${plan.callingCode}123456789`)).toBe(code);
  });
  test.each(["46733123450", "0712345678", "+254712345678", "2", ""])(
    "nobody of the table owns %j",
    (digits) => {
      expect(countryOf(digits)).toBeUndefined();
    },
  );
});
