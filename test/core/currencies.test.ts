import { describe, expect, test } from "vitest";
import { currencies, decimalsOf, isCurrency } from "../../src/core/currencies.js";

describe("currencies", () => {
  test("have the decimals that the networks use", () => {
    const decimals = Object.fromEntries(
      Object.keys(currencies).map((code) => [code, decimalsOf(code as "KES")]),
    );
    expect(decimals).toStrictEqual({
      UGX: 0,
      RWF: 0,
      XAF: 0,
      XOF: 0,
      GNF: 0,
      GHS: 2,
      ZMW: 2,
      SZL: 2,
      ZAR: 2,
      LRD: 2,
      USD: 2,
      SSP: 2,
      NGN: 2,
      EUR: 2,
      KES: 2,
    });
  });

  test.each(Object.keys(currencies))("%s is one", (code) => {
    expect(isCurrency(code)).toBe(true);
  });

  test.each([
    "kes",
    "KES ",
    "",
    "TZS",
    "toString",
    "__proto__",
    "constructor",
    null,
    undefined,
    404,
    ["KES"],
    {},
  ])("%j is none", (value) => {
    expect(isCurrency(value)).toBe(false);
  });
});
