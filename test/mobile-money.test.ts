import {
  type CollectInput,
  ConfigurationError,
  MobileMoney,
  type MobileMoneyProvider,
  MpesaClient,
  MtnMomoClient,
  OperationUnsupportedError,
  type Payment,
  type PayOutInput,
} from "mobile-money";
import { describe, expect, test } from "vitest";
import { acknowledgement, darajaError, queryAnswer } from "./mpesa/answers.js";
import { walletError, wrongKey } from "./mtn-momo/answers.js";
import { requestToPay } from "./mtn-momo/products.js";
import { wireTransaction } from "./mtn-momo/transaction-cases.js";
import { broken, empty, json, numberedTokens } from "./support/answers.js";
import {
  countedRandom,
  firstReference,
  mpesaHost,
  mpesaRoutes,
  mtnMomoKeys,
  sandboxPasskey,
} from "./support/clients.js";
import { createTestClock } from "./support/clock.js";
import { failure } from "./support/failure.js";
import { playHost } from "./support/host.js";
import { expectRefusedInput, type WrongField } from "./support/input-cases.js";
import { expectRefusedOptions } from "./support/options-cases.js";

const mtnRoutes = {
  collect: "POST /collection/v1_0/requesttopay",
  payOut: "POST /disbursement/v1_0/transfer",
  read: `GET /collection/v1_0/requesttopay/${firstReference}`,
} as const;

/** A shop in Uganda and Kenya, both networks ready to take its requests. */
function setUp() {
  const clock = createTestClock();
  const mtnHost = playHost("https://proxy.momoapi.mtn.com");
  mtnHost.answer("POST /collection/token/", numberedTokens());
  mtnHost.answer("POST /disbursement/token/", numberedTokens());
  mtnHost.answer(mtnRoutes.collect, empty(202));
  mtnHost.answer(mtnRoutes.payOut, empty(202));
  const darajaHost = playHost(mpesaHost);
  darajaHost.answer(mpesaRoutes.token, numberedTokens("3599"));
  darajaHost.answer(mpesaRoutes.push, json(200, acknowledgement));

  const mtnOptions = { environment: "mtnuganda", ...mtnMomoKeys, clock } as const;
  const mtn = new MtnMomoClient(mtnOptions);
  const mpesa = new MpesaClient({
    environment: "sandbox",
    consumerKey: "key",
    consumerSecret: "secret",
    shortcode: "174379",
    passkey: sandboxPasskey,
    callbackUrl: "https://shop.example/hooks/result",
    clock,
  });
  const withProviders = (...providers: MobileMoneyProvider[]) =>
    new MobileMoney({ providers, random: countedRandom() });
  const money = withProviders(mtn, mpesa);
  return { money, mtn, mpesa, mtnOptions, mtnHost, darajaHost, clock, run: clock.run, withProviders };
}

const inUganda: CollectInput = {
  from: "0772 123 456",
  amount: { amount: "15,000", currency: "UGX" },
  reference: "order-1042",
};
const inKenya: CollectInput = {
  from: "+254 712 345 678",
  amount: { amount: "1,500", currency: "KES" },
  reference: "order-1042",
};

describe("collect", () => {
  test("goes to MTN for a Ugandan number and UGX", async () => {
    const { money, mtnHost, darajaHost } = setUp();
    const payment = await money.collect({ ...inUganda, description: "Order 1042" });
    expect(payment).toStrictEqual({
      provider: "mtn_momo",
      operation: "collection.request_to_pay",
      reference: firstReference,
      status: "pending",
      amount: { amount: "15000", currency: "UGX" },
      party: "256772123456",
      merchantReference: "order-1042",
    });
    expect(JSON.parse(JSON.stringify(payment))).toStrictEqual(payment);
    const [request] = mtnHost.to(mtnRoutes.collect);
    expect(request?.headers["x-reference-id"]).toBe(firstReference);
    expect(request?.body).toStrictEqual({
      amount: "15000",
      currency: "UGX",
      externalId: "order-1042",
      payer: { partyIdType: "MSISDN", partyId: "256772123456" },
      payerMessage: "Order 1042",
    });
    expect(darajaHost.requests).toEqual([]);
  });

  test("goes to M-Pesa for a Kenyan number and KES; the reference is the description where none is given", async () => {
    const { money, mtnHost, darajaHost } = setUp();
    await expect(money.collect(inKenya)).resolves.toStrictEqual({
      provider: "mpesa",
      operation: "stk.push",
      reference: firstReference,
      status: "pending",
      providerReference: acknowledgement.CheckoutRequestID,
      merchantRequestId: acknowledgement.MerchantRequestID,
      amount: { amount: "1500", currency: "KES" },
      party: "254712345678",
      merchantReference: "order-1042",
    });
    expect(darajaHost.to(mpesaRoutes.push)[0]?.body).toMatchObject({
      Amount: "1500",
      PhoneNumber: "254712345678",
      AccountReference: "order-1042",
      TransactionDesc: "order-1042",
      CallBackURL: "https://shop.example/hooks/result",
    });
    expect(mtnHost.requests).toEqual([]);
  });

  test("hands over description and callback address", async () => {
    const { money, mtnHost, darajaHost } = setUp();
    const more = { description: "Two chairs", callbackUrl: "https://shop.example/hooks/2" };
    await money.collect({ ...inKenya, ...more });
    await money.collect({ ...inUganda, ...more });
    expect(darajaHost.to(mpesaRoutes.push)[0]?.body).toMatchObject({
      TransactionDesc: "Two chairs",
      CallBackURL: "https://shop.example/hooks/2",
    });
    expect(mtnHost.to(mtnRoutes.collect)[0]?.headers["x-callback-url"]).toBe("https://shop.example/hooks/2");
  });

  test("is a new payment at each call, whatever its reference", async () => {
    const { money, mtnHost } = setUp();
    await money.collect(inUganda);
    await money.collect(inUganda);
    const references = mtnHost.to(mtnRoutes.collect).map(({ headers }) => headers["x-reference-id"]);
    expect(new Set(references).size).toBe(2);
  });

  test.each([
    ["0772123456", "UGX", "mtn_momo"],
    ["772 123 456", "UGX", "mtn_momo"],
    ["+256 (0)772-123-456", "UGX", "mtn_momo"],
    ["00256772123456", "UGX", "mtn_momo"],
    ["0712345678", "KES", "mpesa"],
    ["0112 345 678", "KES", "mpesa"],
    ["254712345678", "KES", "mpesa"],
  ])("%s in %s goes to %s", async (from, currency, provider) => {
    const { money } = setUp();
    await expect(
      money.collect({ ...inUganda, from, amount: { amount: 100, currency } }),
    ).resolves.toMatchObject({
      provider,
    });
  });

  test.each([
    ["15,000", "15000"],
    [" 15 000 ", "15000"],
    ["1,500,000", "1500000"],
    ["15000.00", "15000"],
    [15_000, "15000"],
  ])("reads the amount %j as typed", async (amount, canonical) => {
    const { money } = setUp();
    await expect(money.collect({ ...inUganda, amount: { amount, currency: "UGX" } })).resolves.toMatchObject({
      amount: { amount: canonical, currency: "UGX" },
    });
  });
});

describe("the choice of the provider", () => {
  const shops = () => {
    const setup = setUp();
    const one = new MtnMomoClient({ ...setup.mtnOptions, account: "shop-1" });
    const two = new MtnMomoClient({ ...setup.mtnOptions, account: "shop-2" });
    return { ...setup, money: setup.withProviders(one, two, setup.mpesa) };
  };

  test("several fit: provider or account must be given", async () => {
    const { money, mtnHost } = shops();
    const error = await expectRefusedInput(money.collect(inUganda), mtnHost, ["provider"]);
    expect(error.remedy).toMatch(/mtn_momo \(shop-1\), mtn_momo \(shop-2\)/);
  });

  test("by account", async () => {
    const { money } = shops();
    await expect(money.collect({ ...inUganda, account: "shop-2" })).resolves.toMatchObject({
      provider: "mtn_momo",
      account: "shop-2",
    });
  });

  test("by name, of two that take the same", async () => {
    const { mtn, withProviders, mtnHost } = setUp();
    const rival: MobileMoneyProvider = {
      provider: "mpesa",
      supports: () => true,
      collect: () => Promise.reject(new Error("not this one")),
      payOut: () => Promise.reject(new Error("not this one")),
      lookUp: () => Promise.reject(new Error("not this one")),
      waitForOutcome: () => Promise.reject(new Error("not this one")),
      parseCallback: () => {
        throw new Error("not this one");
      },
    };
    const money = withProviders(rival, mtn);
    await expectRefusedInput(money.collect(inUganda), mtnHost, ["provider"]);
    await expect(money.collect({ ...inUganda, provider: "mtn_momo" })).resolves.toMatchObject({
      provider: "mtn_momo",
    });
  });

  const misfits: readonly (readonly [string, Partial<CollectInput>, string])[] = [
    ["a Ugandan number in KES", { from: "+256772123456", amount: { amount: "100", currency: "KES" } }, "from"],
    ["a Kenyan number in UGX", { from: "+254712345678" }, "from"],
    ["a number of a country that nobody serves", { from: "+233244123456" }, "from"],
    ["a currency that nobody takes", { amount: { amount: "100", currency: "NGN" } }, "from"],
    ["no phone number", { from: "" }, "from"],
    ["an account that is not there", { account: "shop-9" }, "provider"],
    ["a provider that is not there", { provider: "airtel" as "mpesa" }, "provider"],
  ];
  test.each(misfits)("none fits %s: told what is configured", async (_, changes, field) => {
    const { money, mtnHost, darajaHost } = setUp();
    const error = await expectRefusedInput(money.collect({ ...inUganda, ...changes }), mtnHost, [field]);
    expect(error.remedy).toMatch(/mtn_momo, mpesa/);
    expect(darajaHost.requests).toEqual([]);
  });

  test("a provider that is named, or the only one, says itself what does not fit, in the caller's words", async () => {
    const { money, mtn, mtnHost, withProviders } = setUp();
    const wrong = { ...inUganda, from: "+254712345678", amount: { amount: "100", currency: "KES" } };
    await expectRefusedInput(money.collect({ ...wrong, provider: "mtn_momo" }), mtnHost, ["from", "amount"]);
    await expectRefusedInput(withProviders(mtn).collect(wrong), mtnHost, ["from", "amount"]);
  });
});

describe("a wrong request is refused in the caller's words, and nothing is sent", () => {
  const amount = (typed: unknown, currency: unknown = "UGX") => ({ amount: typed, currency });
  const wrong: readonly WrongField[] = [
    ["amount 0", { amount: amount("0") }, "amount"],
    ["a negative amount", { amount: amount("-5") }, "amount"],
    ["amount NaN", { amount: amount(Number.NaN) }, "amount"],
    ["amount 1e21", { amount: amount(1e21) }, "amount"],
    ["amount 1e21 as text", { amount: amount("1e21") }, "amount"],
    ["an amount that could mean two things", { amount: amount("1.500") }, "amount"],
    ["thousands in strange groups", { amount: amount("1,50,000") }, "amount"],
    ["a number with a fraction", { amount: amount(0.1) }, "amount"],
    ["cents of a currency that has none", { amount: amount("10.50") }, "amount"],
    ["an unknown currency", { amount: amount("10", "XYZ") }, "amount"],
    ["no currency", { amount: { amount: "10" } }, "amount"],
    ["an amount without its currency", { amount: 15_000 }, "amount"],
    ["no amount", { amount: undefined }, "amount"],
    ["no reference", { reference: undefined }, "reference"],
    ["a reference with a forbidden character", { reference: "order #1042" }, "reference"],
    ["a reference that is a number", { reference: 1042 }, "reference"],
    ["a description with a forbidden character", { description: "Salt & Co" }, "description"],
    ["a description of 161 characters", { description: "a".repeat(161) }, "description"],
    ["a callback address that is none", { callbackUrl: "hooks" }, "callbackUrl"],
    ["an unknown field", { descripton: "Order 1042" }, "descripton"],
  ];
  test.each(wrong)("%s", async (_, changes, field) => {
    const { money, mtnHost } = setUp();
    await expectRefusedInput(money.collect({ ...inUganda, ...changes } as CollectInput), mtnHost, [field]);
  });

  test.each([undefined, null, "order-1042"])("no request at all: %j", async (input) => {
    const { money } = setUp();
    await expect(failure(money.collect(input as never))).resolves.toMatchObject({ code: "request_invalid" });
  });

  test("several problems at once", async () => {
    const { money, mtnHost } = setUp();
    const request = { ...inUganda, reference: "#", description: "&" };
    await expectRefusedInput(money.collect(request), mtnHost, ["reference", "description"]);
  });

  const wrongInKenya: readonly WrongField[] = [
    ["cents", { amount: amount("10.50", "KES") }, "amount"],
    ["more than M-Pesa takes", { amount: amount("250,001", "KES") }, "amount"],
    ["a reference of 13 characters", { reference: "a".repeat(13) }, "reference"],
    ["a reference of 14 characters, which is no description", { reference: "a".repeat(14) }, "reference"],
    ["a description of 14 characters", { description: "a".repeat(14) }, "description"],
    [
      "a callback address with a forbidden word",
      { callbackUrl: "https://shop.example/mpesa" },
      "callbackUrl",
    ],
  ];
  test.each(wrongInKenya)("at M-Pesa: %s", async (_, changes, field) => {
    const { money, darajaHost } = setUp();
    await expectRefusedInput(money.collect({ ...inKenya, ...changes } as CollectInput), darajaHost, [field]);
  });
});

describe("how a request ended", () => {
  test("refused by MTN: a payment that is rejected", async () => {
    const { money, mtnHost } = setUp();
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
    const { money, darajaHost } = setUp();
    darajaHost.answer(mpesaRoutes.push, darajaError("400.002.02", "Bad Request - Invalid PhoneNumber"));
    await expect(money.collect(inKenya)).resolves.toMatchObject({
      provider: "mpesa",
      status: "rejected",
      errorCode: "request_rejected",
      providerCode: "400.002.02",
    });
  });

  test("lost on the way to MTN: a payment of unknown outcome, which is found again", async () => {
    const { money, mtnHost, run } = setUp();
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
    const { money, darajaHost, run } = setUp();
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
    const { money, mtnHost, darajaHost, run } = setUp();
    darajaHost.answer(mpesaRoutes.push, darajaError("500.003.02", "Error Occurred: Spike Arrest Violation"));
    await expect(run(failure(money.collect(inKenya)))).resolves.toMatchObject({ code: "rate_limited" });
    mtnHost.answer(mtnRoutes.collect, wrongKey);
    await expect(run(failure(money.collect(inUganda)))).resolves.toMatchObject({
      code: "authentication_failed",
    });
    darajaHost.answer(mpesaRoutes.token, broken);
    const fresh = setUp();
    fresh.mtnHost.answer("POST /collection/token/", broken);
    await expect(fresh.run(failure(fresh.money.collect(inUganda)))).resolves.toMatchObject({
      code: "connection_failed",
    });
  });

  test("a reference that MTN knows for another payment is thrown as a conflict", async () => {
    const { money, mtnHost, run } = setUp();
    mtnHost.answer(mtnRoutes.collect, walletError(409, "RESOURCE_ALREADY_EXIST"));
    mtnHost.answer(mtnRoutes.read, json(200, wireTransaction(requestToPay)));
    await expect(run(failure(money.collect(inUganda)))).resolves.toMatchObject({
      code: "idempotency_conflict",
    });
  });
});

describe("lookUp and waitForOutcome", () => {
  test("ask the provider that took it", async () => {
    const { money, mtnHost, darajaHost } = setUp();
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
    const { mtnOptions, mtnHost, withProviders } = setUp();
    const accounts = ["shop-1", "shop-2"].map((account) => new MtnMomoClient({ ...mtnOptions, account }));
    const money = withProviders(...accounts);
    mtnHost.answer(mtnRoutes.read, json(200, wireTransaction(requestToPay)));
    const payment = await money.collect({ ...inUganda, account: "shop-2" });
    await expect(money.lookUp(payment)).resolves.toMatchObject({ account: "shop-2", status: "succeeded" });
  });

  test.each<Payment>([
    { provider: "mpesa", operation: "stk.push", reference: "r", status: "succeeded" },
    { provider: "mpesa", operation: "stk.push", reference: "r", status: "failed", reason: "wrong_pin" },
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
    const { money, darajaHost } = setUp();
    await expect(money.lookUp(payment)).resolves.toBe(payment);
    await expect(money.waitForOutcome(payment)).resolves.toBe(payment);
    expect(darajaHost.requests).toEqual([]);
  });

  test("wait no longer than they are told", async () => {
    const { money, mtnHost, run } = setUp();
    const payment = await money.collect(inUganda);
    mtnHost.answer(mtnRoutes.read, json(200, wireTransaction(requestToPay, { status: "PENDING" })));
    await expect(run(failure(money.waitForOutcome(payment, { timeoutMs: 4_000 })))).resolves.toMatchObject({
      code: "still_pending",
      waitedMs: 4_000,
    });
  });

  test("hand an abort through", async () => {
    const { money } = setUp();
    const payment = await money.collect(inUganda);
    const reason = new Error("changed my mind");
    const options = { signal: AbortSignal.abort(reason) };
    await expect(money.lookUp(payment, options)).rejects.toBe(reason);
    await expect(money.waitForOutcome(payment, options)).rejects.toBe(reason);
    await expect(money.collect(inUganda, options)).rejects.toBe(reason);
  });

  test("a bare reference needs a store → ConfigurationError", async () => {
    const { money } = setUp();
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
    const { money } = setUp();
    for (const call of [() => money.lookUp(pending as never), () => money.waitForOutcome(pending as never)]) {
      await expect(failure(call())).resolves.toMatchObject({
        code: "request_invalid",
        issues: [{ field: "pending" }],
      });
    }
  });
});

describe("payOut", () => {
  const request: PayOutInput = {
    to: "0772 123 456",
    amount: { amount: "15,000", currency: "UGX" },
    reference: "payroll-7",
    description: "November",
  };

  test("is a transfer at MTN", async () => {
    const { money, mtnHost } = setUp();
    await expect(money.payOut(request)).resolves.toStrictEqual({
      provider: "mtn_momo",
      operation: "disbursement.transfer",
      reference: firstReference,
      status: "pending",
      amount: { amount: "15000", currency: "UGX" },
      party: "256772123456",
      merchantReference: "payroll-7",
    });
    expect(mtnHost.to(mtnRoutes.payOut)[0]?.body).toStrictEqual({
      amount: "15000",
      currency: "UGX",
      externalId: "payroll-7",
      payee: { partyIdType: "MSISDN", partyId: "256772123456" },
      payeeNote: "November",
    });
  });

  test("lost on the way: a payment of unknown outcome, under one reference", async () => {
    const { money, mtnHost, run } = setUp();
    mtnHost.answer(mtnRoutes.payOut, broken);
    await expect(run(money.payOut(request))).resolves.toMatchObject({
      operation: "disbursement.transfer",
      reference: firstReference,
      status: "unknown",
    });
    const references = mtnHost.to(mtnRoutes.payOut).map(({ headers }) => headers["x-reference-id"]);
    expect(new Set(references)).toEqual(new Set([firstReference]));
  });

  const wrong: readonly WrongField[] = [
    ["no number", { to: undefined }, "to"],
    ["a number of another country", { to: "+254712345678" }, "to"],
    ["a wrong reference", { reference: "#7" }, "reference"],
    ["a wrong description", { description: "&" }, "description"],
    ["amount 0", { amount: { amount: 0, currency: "UGX" } }, "amount"],
    ["a field of collect", { from: "0772123456" }, "from"],
  ];
  test.each(wrong)("%s is refused in the caller's words, and nothing is sent", async (_, changes, field) => {
    const { money, mtnHost } = setUp();
    await expectRefusedInput(money.payOut({ ...request, ...changes } as PayOutInput), mtnHost, [field]);
  });

  test("by M-Pesa, the only provider or named → OperationUnsupportedError", async () => {
    const { money, mpesa, darajaHost, withProviders } = setUp();
    const toKenya = { ...request, to: "0712345678", amount: { amount: "100", currency: "KES" } };
    for (const call of [
      () => withProviders(mpesa).payOut(toKenya),
      () => money.payOut({ ...toKenya, provider: "mpesa" }),
    ]) {
      const error = await failure(call());
      expect(error).toBeInstanceOf(OperationUnsupportedError);
      expect(error).toMatchObject({ code: "operation_unsupported", provider: "mpesa" });
    }
    await expectRefusedInput(money.payOut(toKenya), darajaHost, ["to"]);
  });
});

describe("wrong options of MobileMoney → ConfigurationError", () => {
  test("no provider", () => {
    expectRefusedOptions(() => new MobileMoney({ providers: [] }), ["providers"]);
  });

  test("providers left out", () => {
    expectRefusedOptions(() => new MobileMoney({} as never), ["providers"]);
  });

  test("two of the same network and account", () => {
    const { mtn, mtnOptions } = setUp();
    const again = new MtnMomoClient({ ...mtnOptions, environment: "mtnghana" });
    const error = expectRefusedOptions(() => new MobileMoney({ providers: [mtn, again] }), ["providers"]);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.remedy).toMatch(/account name/);
  });
});
