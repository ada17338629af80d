import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PaymentView } from "../../examples/express/shop/payment-view.js";
import { OpenShop, phones, type Refused } from "./express-shop.js";

let shop: OpenShop;
beforeEach(async () => {
  shop = await OpenShop.open();
});
afterEach(() => vi.useRealTimers());

const providers = [
  { provider: "mtn_momo", currency: "UGX", price: "42000" },
  { provider: "mpesa", currency: "KES", price: "1500" },
] as const;

describe.each(providers)("a payment by $provider", ({ provider, currency, price }) => {
  const phone = () => shop.simulator.phones.get(phones[provider]);

  test("is asked for, confirmed with the network, and paid", async () => {
    const order = await shop.order(currency);
    const answer = await shop.pay(provider, order);
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toBe("status/A1001-1");
    expect(answer.body).toEqual({
      reference: "A1001-1",
      order_id: "A1001",
      status: "pending",
      provider,
      amount: { amount: price, currency },
      message: "Please approve the payment on your phone.",
    });

    await shop.untilStatus("A1001-1", "succeeded");
    const [execution] = shop.simulator.ledger.executions("A1001-1");
    expect(await shop.status(order, "A1001-1")).toMatchObject({
      status: "succeeded",
      message: "Paid. Thank you!",
      transaction_id: execution?.transactionId,
    });
    expect(execution?.amount).toEqual({ amount: price, currency });
    expect(shop.questions).toHaveLength(1);
  });

  test("costs what the order costs: another price or currency from the browser is refused", async () => {
    const order = await shop.order(currency);
    for (const [field, changes] of [
      ["amount", { amount: "1" }],
      ["amount", { amount: 1 }],
      ["currency", { currency: "EUR" }],
    ] as const) {
      const answer = await shop.pay<Refused>(provider, order, changes);
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatchObject({ code: "request_invalid", problems: [{ field }] });
    }
    expect(shop.asked).toHaveLength(0);
    expect((await shop.pay(provider, order, { amount: Number(price), currency })).status).toBe(201);
  });

  test("is made once by a double click, and once more clicked when it is paid", async () => {
    const order = await shop.order(currency);
    const clicks = await Promise.all([shop.pay(provider, order), shop.pay(provider, order)]);
    expect(clicks.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(clicks.map(({ body }) => body.reference)).toEqual(["A1001-1", "A1001-1"]);

    await shop.untilStatus("A1001-1", "succeeded");
    const late = await shop.pay(provider, order);
    expect([late.status, late.body.status]).toEqual([200, "succeeded"]);
    expect(shop.asked).toHaveLength(1);
    expect(phone().prompts).toHaveLength(1);
    expect(shop.simulator.ledger.all).toHaveLength(1);
    expect(shop.told("payment.repeated")).toBe(2);
  });

  test("that was declined leaves the order open for another attempt", async () => {
    phone().declines();
    const { order } = await shop.orderAndPay(provider);
    await shop.untilStatus("A1001-1", "failed");
    expect(await shop.status(order, "A1001-1")).toMatchObject({
      status: "failed",
      reason: "declined_by_payer",
      message: "You declined the payment. Nothing was charged.",
    });

    phone().approves();
    expect((await shop.pay(provider, order)).body.reference).toBe("A1001-2");
    await shop.untilStatus("A1001-2", "succeeded");
    expect(shop.simulator.ledger.all).toHaveLength(1);
  });

  test("belongs to whoever ordered", async () => {
    const order = await shop.order(currency);
    const other = await shop.order(currency);
    const stolen = { ...order, token: other.token };
    const unsigned = { ...order, token: "" };
    expect((await shop.pay<Refused>(provider, stolen)).body.error.code).toBe("not_found");
    expect((await shop.pay(provider, { ...order, order_id: "A9999" })).status).toBe(404);
    const answer = await shop.pay(provider, unsigned);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(shop.asked).toHaveLength(0);

    await shop.pay(provider, order);
    const view: unknown = await shop.status(stolen, "A1001-1");
    expect((view as Refused).error.code).toBe("not_found");
    expect(await shop.status(stolen, "A1001-9")).toEqual(view);
    expect((await shop.ask("/api/payments/mobile-money/status/A1001-1")).status).toBe(401);
  });

  test("whose callback is lost is found by asking, at most once a second", async () => {
    shop.simulator.scenario({ provider, do: "callback_lost" });
    const { order } = await shop.orderAndPay(provider);
    await shop.until(() => shop.simulator.ledger.all.length === 1);
    expect(await shop.status(order, "A1001-1")).toMatchObject({ status: "succeeded" });

    phone().ignores();
    const { order: next } = await shop.orderAndPay(provider);
    const asked = shop.questions.length;
    vi.useFakeTimers({ toFake: ["Date"] });
    for (let look = 0; look < 5; look++) await shop.status(next, "A1002-1");
    expect(shop.questions).toHaveLength(asked + 1);
    vi.setSystemTime(Date.now() + 1_000);
    await shop.status(next, "A1002-1");
    expect(shop.questions).toHaveLength(asked + 2);
  });

  test("whose callback is lost and whose customer left is found by reconcile", async () => {
    shop.simulator.scenario({ provider, do: "callback_lost" });
    const { order } = await shop.orderAndPay(provider);
    await shop.until(() => shop.simulator.ledger.all.length === 1);
    await shop.shop.reconcile();
    await shop.untilStatus("A1001-1", "succeeded");
    expect((await shop.status(order, "A1001-1")).status).toBe("succeeded");
    await shop.shop.reconcile();
    expect(shop.questions).toHaveLength(1);
  });

  test("to a number that is none is refused, and the order can be paid afterwards", async () => {
    const order = await shop.order(currency);
    const answer = await shop.pay<Refused>(provider, order, { phone_number: "12345" });
    expect(answer.status).toBe(400);
    expect(answer.body.error.problems).toMatchObject([
      { field: "phone_number", remedy: expect.stringContaining("Write a number") },
    ]);
    expect(shop.asked).toHaveLength(0);
    expect((await shop.pay(provider, order)).body.status).toBe("pending");
  });

  test("that the network throttles is put off, and nothing was charged", async () => {
    const operation = provider === "mpesa" ? "stk.push" : "collection.request_to_pay";
    shop.simulator.scenario({ operation, do: "answer", status: 429, times: 3 });
    const order = await shop.order(currency);
    const answer = await shop.pay<Refused>(provider, order);
    expect([answer.status, answer.body.error.code]).toEqual([503, "rate_limited"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(shop.simulator.ledger.all).toHaveLength(0);
    expect(shop.told("request.failed")).toBe(1);
  });

  test("with wrong keys is the shop's own trouble: the browser learns nothing about it", async () => {
    shop.simulator.scenario({
      operation: "token",
      do: "answer",
      status: provider === "mpesa" ? 400 : 401,
      times: 3,
    });
    const answer = await shop.pay<Refused>(provider, await shop.order(currency));
    expect(answer.status).toBe(500);
    expect(answer.body.error).toEqual({
      code: "internal",
      message: "The shop cannot take this payment. Nothing was charged.",
      problems: [],
    });
    expect(shop.events).toContainEqual({
      kind: "request.failed",
      error: expect.objectContaining({ code: "authentication_failed" }),
    });
  });
});

describe("an answer that is lost", () => {
  test("at M-Pesa holds the order, and the callback finds the payment", async () => {
    shop.simulator.scenario({ operation: "stk.push", do: "lose_answer" });
    shop.simulator.phones.get(phones.mpesa).approves({ afterMs: 100 });
    const { order, view } = await shop.orderAndPay("mpesa");
    expect(view).toMatchObject({
      status: "unknown",
      message: "We are finding out what became of your payment. Please do not pay again.",
    });
    const again = await shop.pay("mpesa", order);
    expect([again.status, again.body.reference]).toEqual([200, "A1001-1"]);
    expect((await shop.status(order, "A1001-1")).status).toBe("unknown");
    expect(shop.questions).toHaveLength(0);

    await shop.untilStatus("A1001-1", "succeeded");
    expect(await shop.status(order, "A1001-1")).toMatchObject({
      status: "succeeded",
      transaction_id: shop.simulator.ledger.all[0]?.transactionId,
    });
    expect(shop.asked).toHaveLength(1);
    expect(shop.simulator.ledger.all).toHaveLength(1);
  });

  test("at M-Pesa together with the callback stays unknown, whatever time passes: it is never failed", async () => {
    shop.simulator.scenario({ operation: "stk.push", do: "lose_answer" });
    shop.simulator.scenario({ operation: "stk.push", do: "callback_lost" });
    const { order } = await shop.orderAndPay("mpesa");
    await shop.until(() => shop.simulator.ledger.all.length === 1);
    await shop.shop.reconcile();
    expect((await shop.status(order, "A1001-1")).status).toBe("unknown");
    expect((await shop.pay("mpesa", order)).body.reference).toBe("A1001-1");
    expect(shop.asked).toHaveLength(1);
  });

  test("at MTN is asked for again under the same reference, and executed once", async () => {
    shop.simulator.scenario({ operation: "collection.request_to_pay", do: "lose_answer" });
    const { view } = await shop.orderAndPay("mtn_momo");
    await shop.untilStatus(view.reference, "succeeded");
    const references = shop.asked.map(({ headers }) => headers["x-reference-id"]);
    expect(references).toEqual([references[0], references[0]]);
    expect(shop.simulator.ledger.all).toHaveLength(1);
  });
});

test("what M-Pesa refuses leaves the order open, and the shop's people learn why", async () => {
  const body = JSON.stringify({
    requestId: "1",
    errorCode: "500.001.1001",
    errorMessage: "Unable to lock subscriber, a transaction is already in process for the current subscriber",
  });
  shop.simulator.scenario({ operation: "stk.push", do: "answer", status: 500, body });
  const { order, view } = await shop.orderAndPay("mpesa");
  expect(view).toMatchObject({
    status: "rejected",
    message: "The payment could not be started. Nothing was charged: please try again.",
  });
  expect(shop.events).toMatchObject([
    { kind: "payment.changed", attempt: { detail: expect.stringContaining("Another prompt is open") } },
  ]);
  expect((await shop.pay("mpesa", order)).body).toMatchObject({ reference: "A1001-2", status: "pending" });
});

test("money that moved, but not as much as the order costs, is held for somebody to look at", async () => {
  const body = JSON.stringify({ status: "SUCCESSFUL", amount: "1", currency: "UGX", externalId: "A1001-1" });
  shop.simulator.scenario({ operation: "collection.get_request_to_pay", do: "answer", status: 200, body });
  const { order } = await shop.orderAndPay("mtn_momo");
  await shop.untilStatus("A1001-1", "review");
  expect((await shop.status(order, "A1001-1")).message).toContain("do not pay again");
  expect((await shop.pay("mtn_momo", order)).body.reference).toBe("A1001-1");
  expect(shop.asked).toHaveLength(1);
});

test("no phone rings more than three times in a minute", async () => {
  shop.simulator.phones.get(phones.mpesa).declines();
  const order = await shop.order("KES");
  for (const attempt of [1, 2, 3]) {
    await shop.pay("mpesa", order);
    await shop.untilStatus(`A1001-${attempt}`, "failed");
  }
  const answer = await shop.pay<Refused>("mpesa", order, { phone_number: "+254 712 345 678" });
  expect([answer.status, answer.body.error.code]).toEqual([429, "too_many_requests"]);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(shop.asked).toHaveLength(3);
});

describe("a request that is wrong", () => {
  test.each([
    ["order_id", { order_id: 7 }],
    ["phone_number", { phone_number: undefined }],
    ["provider", { provider: undefined }],
    ["provider", { provider: "airtel" }],
  ])("names %s", async (field, changes) => {
    const answer = await shop.pay<Refused>("mpesa", await shop.order("KES"), changes);
    expect([answer.status, answer.body.error.problems.map((problem) => problem.field)]).toEqual([
      400,
      [field],
    ]);
    expect(shop.asked).toHaveLength(0);
  });

  test.each([
    ["items", { items: [], currency: "UGX" }],
    ["items", { items: ["coffee", "gold"], currency: "UGX" }],
    ["items", { items: Array.from({ length: 21 }, () => "coffee"), currency: "UGX" }],
    ["currency", { items: ["coffee"], currency: "USD" }],
  ])("of an order names %s", async (field, json) => {
    const answer = await shop.post<Refused>("/api/orders", json);
    expect([answer.status, answer.body.error.problems.map((problem) => problem.field)]).toEqual([
      400,
      [field],
    ]);
  });

  test("that is no JSON, or too long, is refused", async () => {
    const headers = { "content-type": "application/json" };
    for (const [status, body] of [
      [400, "{"],
      [413, JSON.stringify({ items: "x".repeat(20_000) })],
    ] as const) {
      const answer = await shop.ask<Refused>("/api/orders", { method: "POST", headers, body });
      expect([answer.status, answer.body.error.code]).toEqual([status, "request_invalid"]);
    }
  });
});

test("an order of several things costs their sum, from the catalogue", async () => {
  const { body: items } = await shop.ask<{ id: string; prices: PaymentView["amount"] }[]>("/api/catalogue");
  const ids = items.map(({ id }) => id);
  const answer = await shop.post("/api/orders", { items: ids, currency: "KES", total: "1" });
  expect(answer.body).toMatchObject({ order_id: "A1001", total: { amount: "6150", currency: "KES" } });
});
