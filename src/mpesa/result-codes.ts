/**
 * Result codes of STK push. Codes: Daraja docs, "M-Pesa Express Query" (portal 3.0), read 2026-11, unless a line says
 * otherwise. `2001` means a wrong PIN here and wrong API credentials elsewhere.
 */
import type { FailureReason } from "../core/provider.js";

/** What a result code means. */
export type StkResult =
  | { readonly status: "succeeded" | "pending" | "unknown" }
  | { readonly status: "failed"; readonly reason: FailureReason };

const failures: Readonly<Record<string, FailureReason>> = {
  "1": "insufficient_funds",
  "2": "below_minimum",
  "3": "above_maximum",
  "4": "payer_limit_reached",
  "8": "payee_limit_reached",
  "17": "repeated_too_soon", // same amount to the same customer within two minutes
  "26": "provider_error", // system busy; community lists
  "1001": "payer_busy", // another session is open on the phone; community lists
  "1019": "expired",
  "1025": "provider_error", // the prompt could not be pushed; also a prompt of over 182 characters
  "1031": "declined_by_payer", // older form of 1032
  "1032": "declined_by_payer",
  "1036": "payer_unreachable", // older clients
  "1037": "payer_unreachable", // phone off, or no answer in about a minute
  "2001": "wrong_pin",
  "2006": "not_permitted",
  "2028": "not_permitted", // wrong TransactionType or PartyB
  "8006": "pin_locked",
  "9999": "provider_error", // the prompt could not be pushed; community lists
  SFC_IC0003: "not_permitted", // till and paybill mixed up
};

/** Still being processed: seen in queries since November 2025, in no list. */
const pendingCode = "4999";

/** The meaning of a code. A code that is not in the table says nothing: it may be pending, failed or repeated. */
export function readStkResult(code: string): StkResult {
  if (code === "0") return { status: "succeeded" };
  if (code === pendingCode) return { status: "pending" };
  const reason = Object.hasOwn(failures, code) ? failures[code] : undefined;
  return reason === undefined ? { status: "unknown" } : { status: "failed", reason };
}
