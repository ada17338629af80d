/**
 * The routes of the customer's browser: ask for a payment, and see what became of it.
 */
import { type Request, Router } from "express";
import type { Money, ProviderName } from "mobile-money";
import type { Listener } from "./events.js";
import type { Orders } from "./orders.js";
import { viewOf } from "./payment-view.js";
import type { Payments } from "./payments.js";
import { Refusal, readText, refuseField } from "./problems.js";
import { createRateLimit } from "./rate-limit.js";

/** `POST /initialize` and `GET /status/:reference`. */
export function paymentRoutes(orders: Orders, payments: Payments, tell: Listener): Router {
  const router = Router();
  // Every payment makes somebody's phone ring, so neither a caller nor a number may ask for many.
  const limitCaller = createRateLimit(20, 60_000);
  const limitPhone = createRateLimit(3, 60_000);

  router.post("/initialize", async (request, response) => {
    const order = orders.findOwn(readText(request.body, "order_id"), readToken(request)) ?? notFound();
    const underWay = payments.current(order);
    if (underWay) {
      tell({ kind: "payment.repeated", attempt: underWay });
      response.json(viewOf(underWay));
      return;
    }
    const phoneNumber = readText(request.body, "phone_number");
    const provider = readText(request.body, "provider") as ProviderName;
    checkPrice(request.body, order.total);
    limitCaller(request.ip ?? "");
    limitPhone(phoneNumber.replace(/\D/g, "").slice(-9));

    const attempt = await payments.start(order, phoneNumber, provider);
    response.status(201).location(`status/${attempt.reference}`).json(viewOf(attempt));
  });

  router.get("/status/:reference", async (request, response) => {
    const token = readToken(request);
    const attempt = payments.find(request.params.reference) ?? notFound();
    if (!orders.findOwn(attempt.order.id, token)) notFound();
    await payments.refresh(attempt);
    response.json(viewOf(attempt));
  });

  return router;
}

function readToken(request: Request): string {
  const [, token] = /^Bearer (\S+)$/i.exec(request.get("authorization") ?? "") ?? [];
  if (token !== undefined) return token;
  throw new Refusal(401, "not_signed_in", "Send the token that came with the order, as a bearer token.");
}

/** What does not exist and what belongs to somebody else look alike from outside. */
function notFound(): never {
  throw new Refusal(404, "not_found", "You have no such order.");
}

/** The price is the order's. A browser may repeat it, and is told when its page is out of date. */
function checkPrice(body: unknown, price: Money): void {
  const { amount = price.amount, currency = price.currency } = Object(body) as Record<string, unknown>;
  const remedy = `The order costs ${price.currency} ${price.amount}: leave it out, or load the page again.`;
  if (currency !== price.currency) refuseField("currency", "is not the order's", remedy);
  if (String(amount) !== price.amount) refuseField("amount", "is not the order's price", remedy);
}
