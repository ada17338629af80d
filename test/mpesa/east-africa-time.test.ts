import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatEastAfricaTime, parseEastAfricaTime } from "../../src/mpesa/east-africa-time.js";

describe("East Africa Time", () => {
  test.each([
    ["2026-11-23T09:00:00.000Z", "20261123120000"],
    ["2025-12-31T21:00:00.000Z", "20260101000000"],
    ["2024-02-28T21:30:15.000Z", "20240229003015"],
    ["2026-07-01T20:59:59.000Z", "20260701235959"],
  ])("%s is %s, all year", (instant, digits) => {
    expect(formatEastAfricaTime(Date.parse(instant))).toBe(digits);
    expect(parseEastAfricaTime(digits)).toBe(instant);
  });

  test.each([
    "",
    "20261123",
    "20261323120000",
    "20260230120000",
    "20261123250000",
    "2026-11-23 12:00",
    "202611231200001",
  ])("%j is no such time", (digits) => {
    expect(parseEastAfricaTime(digits)).toBeUndefined();
  });

  test("reading undoes writing, to the second", () => {
    const seconds = fc.integer({ min: 0, max: 4_102_444_799 });
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = new Date(second * 1_000);
        expect(parseEastAfricaTime(formatEastAfricaTime(instant.getTime()))).toBe(instant.toISOString());
      }),
    );
  });
});
