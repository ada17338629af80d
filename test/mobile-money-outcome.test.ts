import { MtnMomoClient, type Payment } from "mobile-money";
import { describe, expect, test } from "vitest";
import { darajaError, queryAnswer } from "./mpesa/answers.js";
import { walletError, wrongKey } from "./mtn-momo/answers.js";
import { wireTransaction } from "./mtn-momo/asked-payment.js";
import { requestToPay } from "./mtn-momo/products.js";
import { broken, json } from "./support/answers.js";
import { firstReference, mpesaRoutes } from "./support/clients.js";
import { failure } from "./support/failure.js";
import { inKenya, inUganda, mtnRoutes, setUpShop } from "./support/shop.js";

describe("how a request ended", () => {
  test("refused by MTN: a payment that is rejected", async () => {
    const { money, mtnHost } = setUpShop();
    mtnHost.answer(mtnRoutes.collect, walletError(500, "PAYER_NOT_FOUND", "Payer not found."));
    const payment = await money.collect(inUganda);
    expect(payment).toStrictEqual({
      provider: "mtn_momo",
      operation: expect.any(String),
      reference: firstReference,
      amount: { amount: "15000", currency: "UGX" },
      merchantReference: "order-1042",
      status: "rejected",
      errorCode: "request_rejected",
      errorMessage: expect.stringContaining("Payer not found."),
      remedy: expect.any(String),
      providerCode: "PAYER_NOT_FOUND",
    });
    expect(JSON.parse(JSON.stringify(payment))).toStrictEqual(payment);
  });

  test("refused by M-Pesa: a payment that is rejected", async () => {
    const { money, darajaHost } = setUpShop();
    darajaHost.answer(mpesaRoutes.push, darajaError("400.002.02", "Bad Request - Invalid PhoneNumber"));
    await expect(money.collect(inKenya)).resolves.toMatchObject({
      provider: "mpesa",
      status: "rejected",
      errorCode: "request_rejected",
      providerCode: "400.002.02",
    });
  });

  test("lost on the way to MTN: a payment of unknown outcome, which is found again", async () => {
    const { money, mtnHost, run } = setUpShop();
    mtnHost.answer(mtnRoutes.collect, broken);
    const payment = await run(money.collect(inUganda));
    expect(payment).toStrictEqual({
      provider: "mtn_momo",
      operation: "collection.request_to_pay",
      reference: firstReference,
      amount: { amount: "15000", currency: "UGX" },
      merchantReference: "order-1042",
      status: "unknown",
      detail: expect.any(String),
    });
    mtnHost.answer(
      mtnRoutes.read,
      json(200, wireTransaction(requestToPay, { amount: "15000", currency: "UGX" })),
    );
    await expect(money.lookUp(payment)).resolves.toMatchObject({
      status: "succeeded",
      reference: firstReference,
    });
    await expect(money.waitForOutcome(payment)).resolves.toMatchObject({ status: "succeeded" });
  });

  test("lost on the way to M-Pesa: a payment of unknown outcome, sent once", async () => {
    const { money, darajaHost, run } = setUpShop();
    darajaHost.answer(mpesaRoutes.push, broken);
    const payment = await run(money.collect(inKenya));
    expect(payment).toMatchObject({
      provider: "mpesa",
      operation: "stk.push",
      reference: firstReference,
      status: "unknown",
      merchantReference: "order-1042",
    });
    expect(darajaHost.to(mpesaRoutes.push)).toHaveLength(1);
    await expect(money.lookUp(payment)).resolves.toMatchObject({ status: "unknown" });
  });

  test("other errors are thrown: there is no payment", async () => {
    const { money, mtnHost, darajaHost, run } = setUpShop();
    darajaHost.answer(mpesaRoutes.push, darajaError("500.003.02", "Error Occurred: Spike Arrest Violation"));
    await expect(run(failure(money.collect(inKenya)))).resolves.toMatchObject({ code: "rate_limited" });
    mtnHost.answer(mtnRoutes.collect, wrongKey);
    await expect(run(failure(money.collect(inUganda)))).resolves.toMatchObject({
      code: "authentication_failed",
    });
    const fresh = setUpShop();
    fresh.mtnHost.answer("POST /collection/token/", broken);
    await expect(fresh.run(failure(fresh.money.collect(inUganda)))).resolves.toMatchObject({
      code: "connection_failed",
    });
  });

  test("a reference of its own that MTN shows as another payment: unknown, never paid anew", async () => {
    const { money, mtnHost, run } = setUpShop();
    mtnHost.answer(mtnRoutes.collect, walletError(409, "RESOURCE_ALREADY_EXIST"));
    mtnHost.answer(mtnRoutes.read, json(200, wireTransaction(requestToPay)));
    await expect(run(money.collect(inUganda))).resolves.toMatchObject({
      status: "unknown",
      operation: "collection.request_to_pay",
      reference: firstReference,
    });
  });
});

describe("lookUp and waitForOutcome", () => {
  test("ask the provider that took it", async () => {
    const { money, mtnHost, darajaHost } = setUpShop();
    mtnHost.answer(mtnRoutes.read, json(200, wireTransaction(requestToPay)));
    darajaHost.answer(mpesaRoutes.query, json(200, queryAnswer("0")));
    const atMtn = await money.collect(inUganda);
    await expect(money.lookUp(atMtn)).resolves.toMatchObject({ provider: "mtn_momo", status: "succeeded" });
    await expect(money.waitForOutcome(atMtn)).resolves.toMatchObject({
      provider: "mtn_momo",
      status: "succeeded",
    });
    const atMpesa = await money.collect(inKenya);
    await expect(money.lookUp(atMpesa)).resolves.toMatchObject({ provider: "mpesa", status: "succeeded" });
    await expect(money.waitForOutcome(atMpesa)).resolves.toMatchObject({
      provider: "mpesa",
      status: "succeeded",
    });
  });

  test("ask the account that took it", async () => {
    const { mtnOptions, mtnHost, withProviders } = setUpShop();
    const accounts = ["shop-1", "shop-2"].map((account) => new MtnMomoClient({ ...mtnOptions, account }));
    const money = withProviders(...accounts);
    mtnHost.answer(mtnRoutes.read, json(200, wireTransaction(requestToPay)));
    const payment = await money.collect({ ...inUganda, account: "shop-2" });
    await expect(money.lookUp(payment)).resolves.toMatchObject({ account: "shop-2", status: "succeeded" });
  });

  test.each<Payment>([
    { provider: "mpesa", operation: "stk.push", reference: "r", status: "succeeded" },
    {
      provider: "mpesa",
      operation: "collect",
      reference: "r",
      status: "rejected",
      errorCode: "request_rejected",
      errorMessage: "Refused.",
      remedy: "Check it.",
    },
  ])("a payment that is $status is returned as it is, and nobody asked", async (payment) => {
    const { money, darajaHost } = setUpShop();
    await expect(money.lookUp(payment)).resolves.toBe(payment);
    await expect(money.waitForOutcome(payment)).resolves.toBe(payment);
    expect(darajaHost.requests).toEqual([]);
  });

  test("a payment that failed is asked about again by lookUp: a query can change its mind", async () => {
    const { money, darajaHost } = setUpShop();
    darajaHost.answer(mpesaRoutes.query, json(200, queryAnswer("0")));
    const pending = await money.collect(inKenya);
    const failed = { ...pending, status: "failed", reason: "wrong_pin" } as Payment;
    await expect(money.waitForOutcome(failed)).resolves.toBe(failed);
    await expect(money.lookUp(failed)).resolves.toMatchObject({ status: "succeeded" });
  });

  test("wait no longer than they are told", async () => {
    const { money, mtnHost, run } = setUpShop();
    const payment = await money.collect(inUganda);
    mtnHost.answer(mtnRoutes.read, json(200, wireTransaction(requestToPay, { status: "PENDING" })));
    await expect(run(failure(money.waitForOutcome(payment, { timeoutMs: 4_000 })))).resolves.toMatchObject({
      code: "still_pending",
      waitedMs: 4_000,
    });
  });

  test("hand an abort through", async () => {
    const { money } = setUpShop();
    const payment = await money.collect(inUganda);
    const reason = new Error("changed my mind");
    const options = { signal: AbortSignal.abort(reason) };
    await expect(money.lookUp(payment, options)).rejects.toBe(reason);
    await expect(money.waitForOutcome(payment, options)).rejects.toBe(reason);
    await expect(money.collect(inUganda, options)).rejects.toBe(reason);
  });

  test("a bare reference needs a store → ConfigurationError", async () => {
    const { money } = setUpShop();
    for (const call of [
      () => money.lookUp("order-1042" as never),
      () => money.waitForOutcome("order-1042" as never),
    ]) {
      await expect(failure(call())).resolves.toMatchObject({
        code: "config_invalid",
        problems: [{ remedy: expect.stringContaining("collect") }],
      });
    }
  });

  test.each([
    ["of a provider that is not configured", { provider: "airtel", operation: "collect", reference: "r" }],
    [
      "of an account that is not configured",
      { provider: "mpesa", account: "x", operation: "stk.push", reference: "r" },
    ],
    ["that is missing", undefined],
    ["that is null", null],
    ["that is empty", {}],
  ])("a payment %s → RequestInvalidError", async (_, pending) => {
    const { money } = setUpShop();
    for (const call of [() => money.lookUp(pending as never), () => money.waitForOutcome(pending as never)]) {
      await expect(failure(call())).resolves.toMatchObject({
        code: "request_invalid",
        issues: [{ field: "pending" }],
      });
    }
  });
});
