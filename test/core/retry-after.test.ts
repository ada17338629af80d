import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRetryAfterMs } from "../../src/core/retry-after.js";

const read = (value: string) => readRetryAfterMs(new Headers({ "Retry-After": value }));

describe("readRetryAfterMs", () => {
  test.each([
    ["0", 0],
    ["1", 1_000],
    ["120", 120_000],
    [" 12 ", 12_000],
    ["007", 7_000],
    ["999999999", 999_999_999_000],
  ])("%j is %i ms", (value, ms) => {
    expect(read(value)).toBe(ms);
  });

  test.each([
    "",
    "-1",
    "+1",
    "1.5",
    "1e3",
    "0x10",
    "12s",
    "1, 2",
    "Infinity",
    "9".repeat(10),
    "9".repeat(400),
    "NaN",
    "Wed, 25 Nov 2026 07:28:00 GMT",
  ])("%j says nothing", (value) => {
    expect(read(value)).toBeUndefined();
  });

  test("says nothing when it is missing", () => {
    expect(readRetryAfterMs(new Headers())).toBeUndefined();
  });

  test("is a safe whole number or nothing, whatever the header", () => {
    const header = fc.string({ unit: "grapheme-ascii" });
    fc.assert(
      fc.property(header, (value) => {
        const ms = read(value);
        if (ms !== undefined) expect(Number.isSafeInteger(ms) && ms >= 0).toBe(true);
      }),
    );
  });
});
