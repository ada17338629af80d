/**
 * Why a transaction failed, from MTN's words into ours. Codes: MTN portal, "Common Error Codes", captured 2026-09-03;
 * those marked "production" are unpublished and were seen with aggregators and client libraries, 2024 to 2026.
 */
import type { FailureReason } from "../core/provider.js";

const reasons: Readonly<Record<string, FailureReason>> = {
  APPROVAL_REJECTED: "declined_by_payer",
  PAYMENT_NOT_APPROVED: "declined_by_payer",
  EXPIRED: "expired",
  COULD_NOT_PERFORM_TRANSACTION: "expired", // no approval within five minutes
  TRANSACTION_CANCELED: "cancelled",
  "TRANSACTION_CANCELED.": "cancelled", // spelt so in MTN's remittance document
  NOT_ENOUGH_FUNDS: "insufficient_funds",
  LOW_BALANCE_OR_PAYEE_LIMIT_REACHED_OR_NOT_ALLOWED: "unrecognised", // production; names three reasons
  PAYER_LIMIT_REACHED: "payer_limit_reached",
  PAYEE_LIMIT_REACHED: "payee_limit_reached", // production
  PAYER_NOT_FOUND: "payer_not_found",
  SENDER_ACCOUNT_NOT_ACTIVE: "payer_not_found", // production
  PAYEE_NOT_FOUND: "payee_not_found",
  PAYEE_NOT_ALLOWED_TO_RECEIVE: "payee_not_allowed",
  NOT_ALLOWED: "not_permitted",
  NOT_ALLOWED_TARGET_ENVIRONMENT: "not_permitted",
  INVALID_CALLBACK_URL_HOST: "not_permitted",
  INVALID_CURRENCY: "not_permitted",
  VALIDATION_ERROR: "not_permitted", // production
  INTERNAL_PROCESSING_ERROR: "provider_error", // most often no funds or a wrong PIN; MTN does not say which
  SERVICE_UNAVAILABLE: "provider_error",
};

/** Our word for MTN's code; `"unrecognised"` for a code that is not in the table, or none. */
export function toFailureReason(code: string | undefined): FailureReason {
  return code !== undefined && Object.hasOwn(reasons, code)
    ? (reasons[code] as FailureReason)
    : "unrecognised";
}
