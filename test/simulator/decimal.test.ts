import fc from "fast-check";
import { expect, test } from "vitest";
import { fromUnits, isPositiveDecimal, shortest, toUnits } from "../../src/simulator/decimal.js";

test("units and back is the same number, at its shortest", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 19n - 1n }), (units) => {
      const text = fromUnits(units);
      expect(toUnits(text)).toBe(units);
      expect(shortest(text)).toBe(text);
    }),
  );
});

test("a sum of texts is the text of the sum", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      expect(toUnits(fromUnits(a)) + toUnits(fromUnits(b))).toBe(toUnits(fromUnits(a + b)));
    }),
  );
});

test.each(["", "-1", "1e3", "1.", ".5", "1.00001", " 1", "0x1", "NaN", "1".repeat(16)])(
  "%o is no amount",
  (text) => {
    expect(isPositiveDecimal(text)).toBe(false);
    expect(() => toUnits(text)).toThrow(TypeError);
  },
);

test("zero is an amount, but not a positive one", () => {
  expect([toUnits("0.00"), isPositiveDecimal("0.00")]).toEqual([0n, false]);
});
