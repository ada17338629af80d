/**
 * Callbacks of MTN. MTN signs nothing (portal, "Callback", read 2026-11), so what comes here is a claim: ask MTN with
 * `lookUp` before anything is delivered.
 */
import { defined } from "../core/defined.js";
import { CallbackInvalidError, type CallbackInvalidReason } from "../core/errors.js";
import type { Money } from "../core/money.js";
import type { CallbackClaim, FailureReason } from "../core/provider.js";
import { attempt } from "../core/wire.js";
import { readAmount, readReason, readStatus } from "./payment.js";
import { readTransaction } from "./schemas.js";

/** What a callback about a request to pay or a transfer claims. */
export interface MtnMomoCallback extends CallbackClaim {
  readonly provider: "mtn_momo";
  readonly kind: "collection.request_to_pay" | "disbursement.transfer";
  /** The status as MTN wrote it. */
  readonly providerStatus: string;
  /** Your own order number. The reference itself is not in the body: put it into the callback address. */
  readonly merchantReference?: string;
  readonly amount?: Money;
  /** Phone number of the payer or payee, digits with country code. */
  readonly party?: string;
  readonly financialTransactionId?: string;
  /** Only when the claim is `failed`. */
  readonly reason?: FailureReason;
  /** MTN's code as it came. */
  readonly reasonCode?: string;
  /** MTN's sentence as it came. */
  readonly reasonMessage?: string;
}

/**
 * Reads the parsed JSON body of a callback, sent by POST or PUT. `reason` may be text or an object, numbers may stand
 * where MTN documents text, fields may be missing; an unknown status stays unknown.
 *
 * @param expected - What the route is for. Without it, a body with `payer` is a request to pay, one with `payee` a transfer.
 * @throws {@link CallbackInvalidError} when the body is not such a callback.
 * @see MTN MoMo developer portal, "Callback"; bodies captured in the sandbox, 2025 and 2026.
 */
export function parseMtnMomoCallback(
  input: unknown,
  { expected }: { readonly expected?: MtnMomoCallback["kind"] | undefined } = {},
): MtnMomoCallback {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw invalid("not_an_object", "It is not a JSON object.");
  }
  if (!("status" in input && input.status)) throw invalid("not_recognised", "It has no status.");
  const wire = attempt(() => readTransaction(input));
  if (wire === undefined) throw invalid("field_invalid", "A field has another type than MTN sends.");
  const { status, payer, payee, externalId, financialTransactionId } = wire;
  if ((payer ?? payee) === undefined) throw invalid("not_recognised", "It has neither payer nor payee.");
  const kind: MtnMomoCallback["kind"] =
    payer === undefined ? "disbursement.transfer" : "collection.request_to_pay";
  if (expected !== undefined && expected !== kind) {
    throw invalid("not_expected", `It is a ${kind}, not a ${expected}.`);
  }

  const claimedStatus = readStatus(status);
  return defined({
    provider: "mtn_momo" as const,
    kind,
    claimedStatus,
    providerStatus: status,
    merchantReference: externalId,
    amount: readAmount(wire),
    party: payer ?? payee,
    financialTransactionId,
    ...(claimedStatus === "failed" && readReason(wire)),
  });
}

function invalid(reason: CallbackInvalidReason, message: string): CallbackInvalidError {
  const remedy = "Acknowledge it, and ask MTN for the payment's state.";
  return new CallbackInvalidError({ provider: "mtn_momo", reason, message, remedy });
}
