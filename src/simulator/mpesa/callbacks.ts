/**
 * What Safaricom says about a push: the callback and the answer to a query.
 */
import type { Callback } from "../deliveries.js";
import type { MpesaQuirks } from "./options.js";
import type { Push, PushResult } from "./push.js";

/** The callback. Written by hand, because the wire has `1.00` where `JSON.stringify` would write `1`. */
export function callbackOf(push: Push, result: PushResult, quirks: MpesaQuirks): Callback {
  const head =
    `"MerchantRequestID":${JSON.stringify(push.merchantRequestId)},` +
    `"CheckoutRequestID":${JSON.stringify(push.checkoutRequestId)},` +
    `"ResultCode":${result.code},"ResultDesc":${JSON.stringify(result.description)}`;
  const metadata =
    result.receipt === undefined ? "" : `,"CallbackMetadata":{"Item":[${items(push, result, quirks)}]}`;
  return {
    provider: "mpesa",
    reference: push.checkoutRequestId,
    url: push.callbackUrl,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{"Body":{"stkCallback":{${head}${metadata}}}}`,
  };
}

/** The answer to a query: here `ResultCode` is a text. */
export function queryBody(push: Push, result: Pick<PushResult, "code" | "description">): object {
  return {
    ResponseCode: "0",
    // Recorded replies spell it with three s.
    ResponseDescription: "The service request has been accepted successsfully",
    MerchantRequestID: push.merchantRequestId,
    CheckoutRequestID: push.checkoutRequestId,
    ResultCode: String(result.code),
    ResultDesc: result.description,
  };
}

function items(push: Push, result: PushResult, quirks: MpesaQuirks): string {
  return [
    `{"Name":"Amount","Value":${push.amount}.00}`,
    `{"Name":"MpesaReceiptNumber","Value":${JSON.stringify(result.receipt)}}`,
    ...(quirks.hasBalanceItem ? [`{"Name":"Balance"}`] : []),
    `{"Name":"TransactionDate","Value":${result.completedAt}}`,
    `{"Name":"PhoneNumber","Value":${push.phoneNumber}}`,
  ].join(",");
}
