import { MobileMoney, MpesaClient, type MpesaOptions, MtnMomoClient, type PendingRef } from "mobile-money";
import { createSimulator, type Simulator } from "mobile-money/simulator";
import type { Orders } from "../../examples/snippets/shop.js";
import { createTestClock } from "./clock.js";

export const ugandan = "256772123456";
export const kenyan = "254712345678";

/** The simulator, clients of it and a shop. */
export function open(mpesaOptions: Partial<MpesaOptions> = {}) {
  const clock = createTestClock();
  const received: { url: string; body: string }[] = [];
  const simulator = createSimulator({
    seed: 1,
    clock,
    mtnMomo: { environment: "mtnuganda" },
    deliver: async (url, init) => {
      received.push({ url: String(url), body: String(init?.body) });
      return new Response();
    },
  });
  const { fetch } = simulator;
  const mtn = new MtnMomoClient({ ...simulator.mtnMomo.credentials, fetch, clock });
  const mpesa = new MpesaClient({
    ...simulator.mpesa.credentials,
    fetch,
    clock,
    callbackUrl: "https://shop.example/paid",
    ...mpesaOptions,
  });
  const money = new MobileMoney({ providers: [mtn, mpesa] });
  return { clock, received, simulator, mtn, mpesa, money, orders: new OrderBook() };
}

/** A shop that writes down what it does. */
export class OrderBook implements Orders {
  readonly log: string[] = [];
  #sent: PendingRef | undefined;

  async keep(order: string, sent: PendingRef) {
    this.#sent = JSON.parse(JSON.stringify(sent)) as PendingRef;
    this.log.push(`kept ${order} ${sent.provider}`);
  }
  async sentFor() {
    return this.#sent as PendingRef;
  }
  async paid(order: string, transactionId?: string) {
    this.log.push(`paid ${order} ${transactionId === undefined ? "without" : "with"} number`);
  }
  async refused(order: string, reason: string) {
    this.log.push(`refused ${order} ${reason}`);
  }
  async hold(order: string) {
    this.log.push(`held ${order}`);
  }
}

/** From now on nobody wants to pay. */
export function decline(simulator: Simulator) {
  simulator.phones.get(kenyan).declines();
  simulator.phones.get(ugandan).declines();
}
