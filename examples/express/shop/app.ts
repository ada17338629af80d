/**
 * The shop as an Express application.
 */
import express, { type Express } from "express";
import type { MobileMoney } from "mobile-money";
import { c2bRoutes } from "./c2b-routes.js";
import { CallbackAddresses } from "./callback-addresses.js";
import { answerMalformed } from "./callback-door.js";
import { callbackRoutes } from "./callback-routes.js";
import type { Listener } from "./events.js";
import { orderRoutes } from "./order-routes.js";
import { Orders } from "./orders.js";
import { paymentRoutes } from "./payment-routes.js";
import { Payments } from "./payments.js";
import { answerWithProblem } from "./problems.js";
import { makeSecret } from "./secret.js";

/** What a shop is made of. */
export interface ShopOptions {
  /** Both networks, or one. */
  readonly money: MobileMoney;
  /** Where the providers reach the callback routes, such as `https://shop.example/api/payments/mobile-money/webhook`. */
  readonly callbackBaseUrl: string;
  /** The last part of the two addresses that are registered for C2B. @defaultValue a new one at each start */
  readonly c2bSecret?: string;
  /** Hears what happens. */
  readonly on?: Listener;
}

/** A shop. */
export interface Shop {
  readonly app: Express;
  /** Asks the providers about every open payment. Call it now and then. */
  reconcile(): Promise<void>;
}

/** Where the payment routes are. No word in it is one that Safaricom forbids in callback addresses. */
export const paymentsPath = "/api/payments/mobile-money";

/** Where the callback routes are. */
export const callbacksPath: string = `${paymentsPath}/webhook`;

/** Makes a shop. Nothing is shared between two of them. */
export function createShop({
  money,
  callbackBaseUrl,
  c2bSecret = makeSecret(),
  on = () => {},
}: ShopOptions): Shop {
  const orders = new Orders();
  const addresses = new CallbackAddresses(callbackBaseUrl);
  const payments = new Payments({ money, addresses, tell: on });

  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    // Addresses hold secrets: no page may pass them on, no cache may keep them.
    response.set({ "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" });
    next();
  });
  app.use(callbacksPath, callbackRoutes(addresses, payments, on));
  app.use(callbacksPath, c2bRoutes({ secret: c2bSecret, orders, payments, tell: on }));
  app.use(callbacksPath, answerMalformed);
  app.use(express.json({ limit: "16kb" }));
  app.use("/api", orderRoutes(orders));
  app.use(paymentsPath, paymentRoutes(orders, payments, on));
  app.use((_request, response) => {
    response.status(404).end();
  });
  app.use(answerWithProblem(on));
  return { app, reconcile: () => payments.reconcile() };
}
