/**
 * The two networks and the shop, each behind a port of its own, so that all they say to each other is real HTTP.
 */
import { MobileMoney, MpesaClient, MtnMomoClient } from "mobile-money";
import { createSimulator, type Simulator } from "mobile-money/simulator";
import { listenSimulator } from "mobile-money/simulator/node";
import { listen } from "../listen.js";
import { callbacksPath, createShop } from "../shop/app.js";
import { type Attempt, isOpen } from "../shop/attempt.js";
import { Narrator } from "./narrator.js";
import type { Page } from "./page.js";

/** A demo that can begin. */
export interface Stage {
  readonly page: Page;
  /** Hears both clients and the shop. */
  readonly narrator: Narrator;
  readonly simulator: Simulator;
  readonly networksUrl: string;
  readonly shopUrl: string;
  /** Resolves with the next attempt that ends. */
  nextEnd(): Promise<Attempt>;
  /** Closes both servers and whatever the simulator still had in mind. */
  close(): Promise<void>;
}

/** Sets the stage: a market of MTN's and a paybill of M-Pesa's, both empty, and a shop. */
export async function setStage(page: Page): Promise<Stage> {
  const narrator = new Narrator(page);
  const simulator = createSimulator({
    seed: 1,
    mtnMomo: { environment: "mtnuganda", balance: "0" },
    mpesa: { environment: "production" },
  });
  const networks = await listenSimulator(simulator);
  const shared = { baseUrl: networks.url, timeoutMs: 3_000 };
  const money = new MobileMoney({
    providers: [
      new MtnMomoClient({ ...simulator.mtnMomo.credentials, ...shared, on: narrator.hooks("mtn_momo") }),
      new MpesaClient({ ...simulator.mpesa.credentials, ...shared, on: narrator.hooks("mpesa") }),
    ],
  });

  let tellEnd: (attempt: Attempt) => void = () => {};
  const port = await listen(0);
  const shop = createShop({
    money,
    callbackBaseUrl: port.url + callbacksPath,
    on: (event) => {
      narrator.hear(event);
      if (event.kind === "payment.changed" && !isOpen(event.attempt)) tellEnd(event.attempt);
    },
  });
  port.serve(shop.app);

  return {
    page,
    narrator,
    simulator,
    networksUrl: networks.url,
    shopUrl: port.url,
    nextEnd: () =>
      new Promise((resolve) => {
        tellEnd = resolve;
      }),
    close: async () => {
      simulator.stop();
      await Promise.all([port.close(), networks.close()]);
    },
  };
}
