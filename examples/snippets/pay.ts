import { MobileMoney, MpesaClient, MtnMomoClient } from "mobile-money";
import { resolveConfig } from "mobile-money/config";

const config = resolveConfig(process.env); // every wrong variable is listed at once
const providers = [new MtnMomoClient(config.mtnMomo), new MpesaClient(config.mpesa)];
const money = new MobileMoney({ providers });

const amount = { amount: "15,000", currency: "UGX" };
const sent = await money.collect({ from: "0772 123 456", amount, reference: "order-1042" });
// Keep `sent` with the order: it is plain JSON, and all that is needed to ask again tomorrow.
const payment = await money.waitForOutcome(sent);
console.log(payment.status); // "succeeded", "failed" or "rejected"
