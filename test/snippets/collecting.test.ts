import { expect, test } from "vitest";
import {
  askLater,
  payByEither,
  payByMtnMomo,
  paySalary,
  pushByMpesa,
} from "../../examples/snippets/collecting.js";
import { decline, kenyan, open, ugandan } from "../support/snippet-shop.js";

test("MTN: approved, then declined", async () => {
  const { clock, mtn, orders, simulator } = open();
  await clock.run(payByMtnMomo(mtn, orders));
  decline(simulator);
  await clock.run(payByMtnMomo(mtn, orders, new AbortController().signal));
  expect(orders.log).toEqual([
    "kept order-1042 mtn_momo",
    "paid order-1042 with number",
    "kept order-1042 mtn_momo",
    "refused order-1042 declined_by_payer",
  ]);
  expect(simulator.ledger.executions("order-1042")).toHaveLength(1);
});

test("M-Pesa: the prompt says what is paid", async () => {
  const { mpesa, simulator } = open();
  expect(await pushByMpesa(mpesa)).toMatchObject({ status: "pending", merchantReference: "ORDER1042" });
  expect(simulator.phones.get(kenyan).prompts[0]?.text).toContain("ORDER1042");
});

test("one interface: taken, refused, lost; and asked about later", async () => {
  const { clock, money, orders, simulator } = open();
  simulator.scenario({
    operation: "stk.push",
    nth: 2,
    do: "answer",
    status: 400,
    body: JSON.stringify({ requestId: "1", errorCode: "400.002.02", errorMessage: "Bad Request" }),
  });
  simulator.scenario({ operation: "stk.push", nth: 3, do: "lose_answer" });
  await payByEither(money, orders);
  await askLater(money, orders);
  await clock.advance(90_000);
  await askLater(money, orders);
  await payByEither(money, orders);
  await askLater(money, orders);
  await payByEither(money, orders);
  await askLater(money, orders);
  expect(orders.log).toEqual([
    "kept order-1042 mpesa",
    "paid order-1042 without number",
    "kept order-1042 mpesa",
    expect.stringContaining("refused order-1042 M-Pesa refused stk.push"),
    expect.stringContaining("refused order-1042 M-Pesa refused stk.push"),
    "kept order-1042 mpesa",
    "held order-1042",
  ]);
});

test("a declined payment that is asked about later", async () => {
  const { clock, money, orders, simulator } = open();
  decline(simulator);
  await payByEither(money, orders);
  await clock.advance(90_000);
  await askLater(money, orders);
  expect(orders.log.at(-1)).toBe("refused order-1042 declined_by_payer");
});

test("a salary", async () => {
  const { clock, money, orders, simulator } = open();
  await paySalary(money, orders);
  await clock.advance(10_000);
  expect(simulator.ledger.executions("payroll-2026-11-17")).toMatchObject([
    { payee: ugandan, amount: { amount: "350000", currency: "UGX" } },
  ]);
});
