/**
 * The telephone numbers to which MTN's sandbox gives a fixed ending.
 */
import type { WireAnswer } from "../wire.js";
import { type RefusalCode, refusal } from "./answers.js";

/** How a payment ends when no phone has a say in it. */
export interface FixedEnding {
  /** Status until then, where it is not the usual one. */
  readonly firstStatus?: "PENDING" | "CREATED";
  /** Milliseconds until the end; 0 is at once. */
  readonly afterMs: number;
  /** Why it fails; absent when it succeeds. */
  readonly reason?: string;
}

const atOnce = (reason: string): FixedEnding => ({ afterMs: 0, reason });

// …453 and …454 were seen to end in this way in 2026-09, once each; older sources differ.
const ongoing: FixedEnding = { firstStatus: "PENDING", afterMs: 180_000, reason: "EXPIRED" };
const delayed: FixedEnding = { firstStatus: "CREATED", afterMs: 25_000 };

// MTN portal, "Sandbox Use Cases", read 2026-09: labels. Reasons: measured 2023 to 2026 up to …452, else as MTN's SDK notes them.
const payers: Readonly<Record<string, FixedEnding>> = {
  "46733123450": atOnce("INTERNAL_PROCESSING_ERROR"),
  "46733123451": atOnce("APPROVAL_REJECTED"),
  "46733123452": atOnce("EXPIRED"),
  "46733123453": ongoing,
  "46733123454": delayed,
  "46733123455": atOnce("PAYER_NOT_FOUND"),
  "46733123456": atOnce("PAYEE_NOT_ALLOWED_TO_RECEIVE"),
  "46733123457": atOnce("NOT_ALLOWED"),
  "46733123458": atOnce("NOT_ALLOWED_TARGET_ENVIRONMENT"),
  "46733123459": atOnce("INVALID_CALLBACK_URL_HOST"),
  "46733123460": atOnce("INVALID_CURRENCY"),
  "46733123461": atOnce("INTERNAL_PROCESSING_ERROR"),
  "46733123462": atOnce("SERVICE_UNAVAILABLE"),
  "46733123463": atOnce("COULD_NOT_PERFORM_TRANSACTION"),
};

const transferPayees: Readonly<Record<string, FixedEnding>> = {
  "46733123450": atOnce("INTERNAL_PROCESSING_ERROR"),
  "46733123451": atOnce("APPROVAL_REJECTED"),
  "46733123452": atOnce("EXPIRED"),
  "46733123453": ongoing,
  "46733123454": delayed,
  "46733123455": atOnce("NOT_ENOUGH_FUNDS"),
  "46733123456": atOnce("PAYER_LIMIT_REACHED"),
  "46733123457": atOnce("PAYEE_NOT_FOUND"),
  "46733123458": atOnce("NOT_ALLOWED"),
  "46733123459": atOnce("NOT_ALLOWED_TARGET_ENVIRONMENT"),
  "46733123460": atOnce("INVALID_CALLBACK_URL_HOST"),
  "46733123461": atOnce("INVALID_CURRENCY"),
  "46733123462": atOnce("INTERNAL_PROCESSING_ERROR"),
  "46733123463": atOnce("SERVICE_UNAVAILABLE"),
};

/** The fixed ending of a number, if it has one. */
export function magicEnding(kind: "request_to_pay" | "transfer", msisdn: string): FixedEnding | undefined {
  return (kind === "transfer" ? transferPayees : payers)[msisdn];
}

// MTN portal, "Sandbox Use Cases", read 2026-09; answers as MTN's Java SDK notes them, 2023.
const accountHolderCases: readonly (readonly [
  code: RefusalCode,
  msisdn: string,
  email: string,
  partyCode: string,
])[] = [
  ["RESOURCE_NOT_FOUND", "46733123450", "notfound@email.com", "5cecb5a7-8bd0-4f49-87b1-8eb9ecc7b7bc"],
  ["INTERNAL_PROCESSING_ERROR", "46733123451", "notactive@email.com", "b0040b3c-b426-4a90-af6e-673e65861cd7"],
  ["NOT_ALLOWED", "46733123452", "notallowed@email.com", "4d5f500f-c385-4901-9be5-25b6d36ad220"],
  [
    "NOT_ALLOWED_TARGET_ENVIRONMENT",
    "46733123453",
    "notallowedtargetenvironment@email.com",
    "d2265f9b-0c22-496d-908f-79a65ad66266",
  ],
  [
    "INTERNAL_PROCESSING_ERROR",
    "46733123454",
    "internalprocessingerror@email.com",
    "8f548a78-ceb8-4d12-a243-5640b91e91a4",
  ],
  [
    "SERVICE_UNAVAILABLE",
    "46733123455",
    "serviceunavailable@email.com",
    "585c07a4-2c80-42f7-9e73-e586b36dee68",
  ],
];

/** The refusal that a question about this account holder gets, if its id is one of the fixed ones. */
export function accountHolderRefusal(id: string): WireAnswer | undefined {
  const found = accountHolderCases.find(([, ...ids]) => ids.includes(id));
  return found && refusal(found[0]);
}
