import type { MtnMomoClient, MtnMomoPayment, OperationOptions, PendingMtnMomoPayment } from "mobile-money";
import { mtnMomoHost, mtnMomoKeys } from "../support/clients.js";
import type { SeenRequest } from "../support/host.js";

type Product = "collection" | "disbursement";

/** What a test asks of either money operation, in the fields that both have. */
export interface Sending {
  readonly party: string;
  readonly amount: { readonly amount: string; readonly currency: "EUR" };
  readonly externalId?: string;
  readonly payerMessage?: string;
  readonly payeeNote?: string;
  readonly reference?: string;
  readonly callbackUrl?: string;
}

/** One product's money operation and its read, under the names that differ. */
export interface Kind {
  readonly product: Product;
  readonly operation: string;
  readonly partyField: "payer" | "payee";
  readonly path: string;
  send(client: MtnMomoClient, request: Sending, options?: OperationOptions): Promise<PendingMtnMomoPayment>;
  get(client: MtnMomoClient, reference: string, options?: OperationOptions): Promise<MtnMomoPayment>;
}

/** Requests to pay. */
export const requestToPay: Kind = {
  product: "collection",
  operation: "collection.request_to_pay",
  partyField: "payer",
  path: "/collection/v1_0/requesttopay",
  send: (client, { party: payer, ...request }, options) =>
    client.collection.requestToPay({ payer, ...request }, options),
  get: (client, reference, options) => client.collection.getRequestToPay(reference, options),
};

/** Transfers. */
export const transfer: Kind = {
  product: "disbursement",
  operation: "disbursement.transfer",
  partyField: "payee",
  path: "/disbursement/v1_0/transfer",
  send: (client, { party: payee, ...request }, options) =>
    client.disbursement.transfer({ payee, ...request }, options),
  get: (client, reference, options) => client.disbursement.getTransfer(reference, options),
};

/** A request that is right in every way. */
export const sending: Sending = { party: "46700000001", amount: { amount: "12.50", currency: "EUR" } };

/** The headers that every call of a product carries, with the client's first token. */
export function productHeaders(product: Product): Record<string, string> {
  return {
    authorization: "Bearer token-1",
    "ocp-apim-subscription-key": mtnMomoKeys[product].subscriptionKey,
    "x-target-environment": "sandbox",
  };
}

/** The request for a token, as MTN must see it (MTN portal, "API User & API Key Management", read 2026-11). */
export function tokenRequest(product: Product): SeenRequest {
  const { apiUser, apiKey } = mtnMomoKeys[product];
  return {
    method: "POST",
    url: `${mtnMomoHost}/${product}/token/`,
    headers: { ...productHeaders(product), authorization: `Basic ${btoa(`${apiUser}:${apiKey}`)}` },
    body: undefined,
  };
}
