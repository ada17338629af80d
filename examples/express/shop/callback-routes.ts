/**
 * The route that the providers call when a payment is decided.
 *
 * A callback is a claim. It is acknowledged at once, because MTN waits two seconds and may then repeat itself for
 * hours; after that the provider is asked, and only its answer changes an order.
 */
import { Router } from "express";
import { isMobileMoneyError, parseMpesaCallback, parseMtnMomoCallback } from "mobile-money";
import type { Attempt, Claim } from "./attempt.js";
import type { CallbackAddresses } from "./callback-addresses.js";
import { callbackDoor, readJson } from "./callback-door.js";
import type { Listener } from "./events.js";
import type { Payments } from "./payments.js";

/** `POST` and `PUT /:secret`, for MTN's request to pay and M-Pesa's STK push. */
export function callbackRoutes(addresses: CallbackAddresses, payments: Payments, tell: Listener): Router {
  const router = Router();
  const door = callbackDoor((secret) => addresses.find(secret) !== undefined);

  router.all("/:secret", ...door, async (request, response) => {
    const attempt = addresses.find(request.params.secret) as Attempt;
    const claim = readClaim(attempt, readJson(request.body));
    response.json({ ResultCode: 0, ResultDesc: "Accepted" });
    tell({ kind: "callback.received", attempt, method: request.method, ...(claim && { claim }) });
    await payments.receive(attempt, claim);
  });

  return router;
}

/** A body that cannot be read is still a reason to ask the provider. */
function readClaim(attempt: Attempt, json: unknown): Claim | undefined {
  try {
    return attempt.pending?.provider === "mpesa"
      ? parseMpesaCallback(json, { expected: "stk.result" })
      : parseMtnMomoCallback(json, { expected: "collection.request_to_pay" });
  } catch (error) {
    if (isMobileMoneyError(error)) return undefined;
    throw error;
  }
}
