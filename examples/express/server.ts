/**
 * The shop on a port: against simulated networks, or against the real sandboxes when their credentials are in the
 * environment. README.md beside this file says what to ask it.
 */
import { isMobileMoneyError } from "mobile-money";
import { listen } from "./listen.js";
import { connectNetworks } from "./networks.js";
import { callbacksPath, createShop } from "./shop/app.js";
import type { ShopEvent } from "./shop/events.js";

const reconcileEveryMs = 30_000;

const networks = await connectNetworks(process.env);
const port = await listen(Number(process.env["PORT"] ?? 3000));
const { app, reconcile } = createShop({
  money: networks.money,
  callbackBaseUrl: networks.callbackBaseUrl ?? port.url + callbacksPath,
  on: (event) => console.log(describe(event)),
});
port.serve(app);
const timer = setInterval(() => void reconcile(), reconcileEveryMs);

console.log(`The shop is open on ${port.url}, with ${networks.description}.`);
console.log("What to ask it is in examples/express/README.md. Ctrl+C closes it.");

process.once("SIGINT", async () => {
  clearInterval(timer);
  await port.close();
  await networks.close();
});

function describe(event: ShopEvent): string {
  switch (event.kind) {
    case "payment.changed": {
      const { reference, status, detail } = event.attempt;
      return `${reference} is ${status}${detail === undefined ? "" : `. ${detail}`}`;
    }
    case "payment.repeated":
      return `${event.attempt.reference} was asked for again, and nothing was sent`;
    case "callback.received":
      return `${event.attempt.reference} has a callback: ${event.claim?.claimedStatus ?? "unreadable"}`;
    case "callback.mismatch":
      return `${event.attempt.reference} has a callback that does not fit it: look into it`;
    case "question.failed":
      return `${event.attempt.reference} could not be asked about. ${describeError(event.error)}`;
    case "request.failed":
      return `A request failed. ${describeError(event.error)}`;
    case "c2b.claimed":
      return `M-Pesa claims that ${event.claim.account} was paid: compare ${event.claim.transactionId} with the statement`;
  }
}

function describeError(error: unknown): string {
  return isMobileMoneyError(error) ? `${error.message} ${error.remedy}` : String(error);
}
