/**
 * What MTN says about a payment: the status answer, and the callback with the same facts.
 */
import type { Callback } from "../deliveries.js";
import type { MtnMomoQuirks } from "./options.js";
import type { Transaction } from "./transaction.js";

/** The body of a status answer, its fields in the order seen on the wire. */
export function statusBody(transaction: Transaction, quirks: MtnMomoQuirks): object {
  const { kind, terms, financialTransactionId, status } = transaction;
  const { amount, currency, externalId, party, payerMessage, payeeNote } = terms;
  const id = financialTransactionId && { financialTransactionId };
  const facts =
    kind === "transfer"
      ? { amount, currency, ...id, externalId, payee: party }
      : { ...id, externalId, amount, currency, payer: party };
  return {
    ...facts,
    ...(payerMessage !== undefined && { payerMessage }),
    ...(payeeNote !== undefined && { payeeNote }),
    status,
    ...reasonField(transaction, quirks),
  };
}

/** The callback of a payment that is decided; nothing when the call named no address. */
export function callbackOf(transaction: Transaction, quirks: MtnMomoQuirks): Callback | undefined {
  const { callbackUrl, reference } = transaction;
  if (callbackUrl === undefined) return undefined;
  // Observed in 2026-09: the callback of a request to pay has no payerMessage and no reference id.
  const { payerMessage: _, ...terms } = transaction.terms;
  return {
    provider: "mtn_momo",
    reference,
    url: callbackUrl,
    method: quirks.callbackMethod,
    headers: { "user-agent": "LWAC Http Client 1.0", "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(statusBody({ ...transaction, terms }, quirks)),
  };
}

function reasonField({ reason }: Transaction, quirks: MtnMomoQuirks): object {
  if (reason === undefined) return {};
  return {
    reason: quirks.reason === "string" ? reason : { code: reason, message: reasonMessages[reason] ?? reason },
  };
}

// MTN OpenAPI documents, ErrorReason, and MTN portal, "Common Error Codes", read 2026-09.
const reasonMessages: Readonly<Record<string, string>> = {
  NOT_ENOUGH_FUNDS: "The payer does not have enough funds.",
  PAYER_LIMIT_REACHED: "The payer's limit has been breached.",
  PAYEE_NOT_FOUND: "Payee does not exist",
  INTERNAL_PROCESSING_ERROR: "An internal error occurred while processing.",
};
