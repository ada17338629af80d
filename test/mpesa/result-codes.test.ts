import type { FailureReason } from "mobile-money";
import { describe, expect, test } from "vitest";
import { readStkResult } from "../../src/mpesa/result-codes.js";

describe("the result code of an STK push", () => {
  // Daraja docs, "M-Pesa Express Query" (portal 3.0), community lists and older clients, read 2026-11.
  const failed: readonly (readonly [code: string, reason: FailureReason])[] = [
    ["1", "insufficient_funds"],
    ["2", "below_minimum"],
    ["3", "above_maximum"],
    ["4", "payer_limit_reached"],
    ["8", "payee_limit_reached"],
    ["17", "repeated_too_soon"],
    ["26", "provider_error"],
    ["1001", "payer_busy"],
    ["1019", "expired"],
    ["1025", "provider_error"],
    ["1031", "declined_by_payer"],
    ["1032", "declined_by_payer"],
    ["1036", "payer_unreachable"],
    ["1037", "payer_unreachable"],
    ["2001", "wrong_pin"],
    ["2006", "not_permitted"],
    ["2028", "not_permitted"],
    ["8006", "pin_locked"],
    ["9999", "provider_error"],
    ["SFC_IC0003", "not_permitted"],
  ];
  test.each(failed)("%s: failed, %s", (code, reason) => {
    expect(readStkResult(code)).toStrictEqual({ status: "failed", reason });
  });

  test("0: succeeded", () => {
    expect(readStkResult("0")).toStrictEqual({ status: "succeeded" });
  });

  test("4999: pending, in no list", () => {
    expect(readStkResult("4999")).toStrictEqual({ status: "pending" });
  });

  test.each(["", "00", "0 ", "0.0", "-0", "15", "1033", "SFC_IC0004", "sfc_ic0003", "toString", "__proto__"])(
    "%j: unknown, never a success and never a failure",
    (code) => {
      expect(readStkResult(code)).toStrictEqual({ status: "unknown" });
    },
  );
});
