/**
 * The demo's sentences.
 */
import { formatMoney, type ProviderName, type RequestEvent, type ResponseEvent } from "mobile-money";
import type { Attempt, Claim } from "../shop/attempt.js";
import type { PlacedOrder } from "./customer.js";
import type { Style } from "./page.js";

/** The networks' names. */
export const networkNames: Readonly<Record<ProviderName, string>> = { mtn_momo: "MTN MoMo", mpesa: "M-Pesa" };

/** What a request of the shop asks for, where the path does not say it. */
export function describeRequest({ operation, method, path }: RequestEvent, { total }: PlacedOrder): string {
  const request = `${method} ${path}`;
  return isAsking(operation) ? `${request} for ${formatMoney(total)}` : request;
}

/** A network's answer, in a few words. */
export function describeAnswer({ operation, status, verdict }: ResponseEvent): string {
  if (status === undefined) return "no answer";
  if (verdict !== "accepted") return String(status);
  if (operation === "token") return `${status}, an access token`;
  return isAsking(operation) ? `${status}, taken` : String(status);
}

/** What a callback claims about an attempt. */
export function describeClaim(claim: Claim | undefined, { pending }: Attempt): string {
  if (claim === undefined) return "something unreadable";
  if (claim.provider === "mtn_momo") {
    return [claim.providerStatus, claim.reasonCode].filter((word) => word !== undefined).join(", ");
  }
  const result = `result ${claim.resultCode}, ${claim.reason ?? claim.claimedStatus}`;
  return pending?.providerReference === undefined ? `${result}, and brings the id that got lost` : result;
}

/** What the shop makes of it: the status, and what that means for the order. */
export function describeState(attempt: Attempt): readonly [style: Style, status: string, meaning: string] {
  const { status, order, reason, transactionId, pending } = attempt;
  const network = pending ? networkNames[pending.provider] : "the network";
  switch (status) {
    case "succeeded": {
      const receipt = transactionId === undefined ? "" : `, receipt ${transactionId}`;
      return ["good", status, `${network} itself says so. ${order.id} is paid${receipt}`];
    }
    case "failed":
      return ["bad", `${status}, ${reason}`, `no money moved. ${order.id} is still to be paid`];
    case "pending":
      return ["doubtful", status, "the customer decides"];
    case "unknown":
      return ["doubtful", status, `the shop cannot know whether the phone rang, so it holds ${order.id}`];
    default:
      return ["bad", status, "this should not happen in the demo"];
  }
}

/** Whether an operation asks a customer for money. */
export function isAsking(operation: string | undefined): boolean {
  return operation === "collection.request_to_pay" || operation === "stk.push";
}
