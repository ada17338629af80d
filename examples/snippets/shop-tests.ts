/**
 * Tests of a shop, against the simulator. No real time passes in them.
 */
import { MpesaClient, MtnMomoClient } from "mobile-money";
import { createManualClock, createSimulator } from "mobile-money/simulator";
import { expect, test } from "vitest";
import { payByMtnMomo, pushByMpesa } from "./collecting.js";
import type { Orders } from "./shop.js";

/** A shop that writes down what it does. */
function createOrders(): Orders & { readonly log: string[] } {
  const log: string[] = [];
  const write = async (...words: string[]) => void log.push(words.join(" "));
  return {
    log,
    keep: (_, { reference }) => write("sent", reference && "…"),
    sentFor: () => Promise.reject(new Error("not used here")),
    paid: () => write("paid"),
    refused: (_, reason) => write("refused", reason),
    hold: () => write("held"),
  };
}

// #region set-up
function open() {
  const clock = createManualClock();
  const simulator = createSimulator({
    seed: 1,
    clock,
    mtnMomo: { environment: "mtnuganda" },
    deliver: async () => new Response(), // or your own callback handler
  });
  const { fetch } = simulator;
  const mtn = new MtnMomoClient({ ...simulator.mtnMomo.credentials, fetch, clock });
  const callbackUrl = "https://shop.example/paid";
  const mpesa = new MpesaClient({ ...simulator.mpesa.credentials, fetch, clock, callbackUrl });
  return { clock, simulator, mtn, mpesa, orders: createOrders() };
}
// #endregion

// #region declines
test("a customer who declines pays nothing", async () => {
  const { clock, simulator, mtn, orders } = open();
  simulator.phones.get("256772123456").declines({ afterMs: 8_000 });

  const checkout = payByMtnMomo(mtn, orders);
  await clock.advance(15_000);
  await checkout;

  expect(orders.log).toContain("refused declined_by_payer");
  expect(simulator.ledger.executions("order-1042")).toEqual([]);
});
// #endregion

// #region lost-answer
test("a lost answer is no second prompt", async () => {
  const { clock, simulator, mpesa } = open();
  simulator.scenario({ operation: "stk.push", do: "lose_answer" });

  await expect(pushByMpesa(mpesa)).rejects.toMatchObject({ code: "outcome_unknown" });
  await clock.advance(60_000);

  expect(simulator.phones.get("254712345678").prompts).toHaveLength(1);
  expect(simulator.ledger.executions("ORDER1042")).toHaveLength(1);
  expect(simulator.deliveries).toHaveLength(1); // the callback came, and brings M-Pesa's id
});
// #endregion
