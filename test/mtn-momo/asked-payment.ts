import { type Answer, json } from "../support/answers.js";
import { walletError } from "./answers.js";
import { type Kind, requestToPay } from "./products.js";

/** The reference of the payments that are asked for. */
export const askedReference = "5a8a1f0c-2d8a-4c55-9c61-0f1a2b3c4d5e";

/** A successful transaction as MTN tells it (bodies captured in the sandbox, 2024 to 2026). */
export function wireTransaction({ partyField }: Kind, changes: object = {}): Record<string, unknown> {
  return {
    financialTransactionId: "1400000001",
    externalId: "order-1001",
    amount: "100",
    currency: "EUR",
    [partyField]: { partyIdType: "MSISDN", partyId: "46700000001" },
    payerMessage: "Order 1001",
    payeeNote: "Shop payment",
    status: "SUCCESSFUL",
    ...changes,
  };
}

/** The same in our words, without its status. */
export const askedFacts = ({ operation }: Kind) =>
  ({
    provider: "mtn_momo",
    operation,
    reference: askedReference,
    amount: { amount: "100", currency: "EUR" },
    party: "46700000001",
    merchantReference: "order-1001",
    payerMessage: "Order 1001",
    payeeNote: "Shop payment",
  }) as const;

/** What was kept of a request to pay, and the route that tells more. */
export const pending = {
  provider: "mtn_momo",
  operation: "collection.request_to_pay",
  reference: askedReference,
} as const;
export const route = `GET ${requestToPay.path}/${askedReference}`;

/** MTN's answer about it. */
export const transaction = (status: string, changes: object = {}): Answer =>
  json(200, wireTransaction(requestToPay, { status, ...changes }));

/** MTN's answer about a reference that it does not know, or does not show yet. */
export const notFound = walletError(404, "RESOURCE_NOT_FOUND", "Requested resource was not found.");
