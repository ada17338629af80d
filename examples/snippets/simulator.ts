import { MobileMoney, MtnMomoClient } from "mobile-money";
import { createSimulator } from "mobile-money/simulator";

const simulator = createSimulator({ mtnMomo: { environment: "mtnuganda" } });
const mtn = new MtnMomoClient({ ...simulator.mtnMomo.credentials, fetch: simulator.fetch });
const money = new MobileMoney({ providers: [mtn] });

const amount = { amount: "15,000", currency: "UGX" };
const sent = await money.collect({ from: "0772 123 456", amount, reference: "order-1042" });
console.log(sent.status); // "pending": the phone shows a prompt
const payment = await money.waitForOutcome(sent);
console.log(payment.status); // "succeeded"
