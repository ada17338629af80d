import type { FailureReason } from "mobile-money";
import { describe, expect, test } from "vitest";
import { toFailureReason } from "../../src/mtn-momo/reasons.js";

describe("why a transaction failed", () => {
  // Codes: MTN portal, "Common Error Codes", captured 2026-09-03, and codes seen in production, 2020 to 2026.
  const table: readonly (readonly [code: string | undefined, reason: FailureReason])[] = [
    ["PAYEE_NOT_FOUND", "payee_not_found"],
    ["PAYER_NOT_FOUND", "payer_not_found"],
    ["NOT_ALLOWED", "not_permitted"],
    ["NOT_ALLOWED_TARGET_ENVIRONMENT", "not_permitted"],
    ["INVALID_CALLBACK_URL_HOST", "not_permitted"],
    ["INVALID_CURRENCY", "not_permitted"],
    ["SERVICE_UNAVAILABLE", "provider_error"],
    ["INTERNAL_PROCESSING_ERROR", "provider_error"],
    ["NOT_ENOUGH_FUNDS", "insufficient_funds"],
    ["LOW_BALANCE_OR_PAYEE_LIMIT_REACHED_OR_NOT_ALLOWED", "unrecognised"],
    ["PAYER_LIMIT_REACHED", "payer_limit_reached"],
    ["PAYEE_LIMIT_REACHED", "payee_limit_reached"],
    ["PAYEE_NOT_ALLOWED_TO_RECEIVE", "payee_not_allowed"],
    ["PAYMENT_NOT_APPROVED", "declined_by_payer"],
    ["APPROVAL_REJECTED", "declined_by_payer"],
    ["EXPIRED", "expired"],
    ["COULD_NOT_PERFORM_TRANSACTION", "expired"],
    ["TRANSACTION_CANCELED", "cancelled"],
    ["TRANSACTION_CANCELED.", "cancelled"],
    ["SENDER_ACCOUNT_NOT_ACTIVE", "payer_not_found"],
    ["VALIDATION_ERROR", "not_permitted"],
    ["ONGOING", "unrecognised"],
    ["PAYER_DELAYED", "unrecognised"],
    ["SOMETHING_NEW", "unrecognised"],
    ["approval_rejected", "unrecognised"],
    ["constructor", "unrecognised"],
    ["__proto__", "unrecognised"],
    ["", "unrecognised"],
    [undefined, "unrecognised"],
  ];
  test.each(table)("%s → %s", (code, reason) => {
    expect(toFailureReason(code)).toBe(reason);
  });
});
