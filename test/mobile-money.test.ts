import {
  type CollectInput,
  ConfigurationError,
  MobileMoney,
  type MobileMoneyProvider,
  MtnMomoClient,
  OperationUnsupportedError,
  type PayOutInput,
} from "mobile-money";
import { describe, expect, test } from "vitest";
import { acknowledgement } from "./mpesa/answers.js";
import { broken } from "./support/answers.js";
import { firstReference, mpesaRoutes } from "./support/clients.js";
import { failure } from "./support/failure.js";
import { expectRefusedInput, type WrongField } from "./support/input-cases.js";
import { expectRefusedOptions } from "./support/options-cases.js";
import { inKenya, inUganda, mtnRoutes, setUpShop } from "./support/shop.js";

describe("collect", () => {
  test("goes to MTN for a Ugandan number and UGX", async () => {
    const { money, mtnHost, darajaHost } = setUpShop();
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
    const { money, mtnHost, darajaHost } = setUpShop();
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
    const { money, mtnHost, darajaHost } = setUpShop();
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
    const { money, mtnHost } = setUpShop();
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
    const { money } = setUpShop();
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
    const { money } = setUpShop();
    await expect(money.collect({ ...inUganda, amount: { amount, currency: "UGX" } })).resolves.toMatchObject({
      amount: { amount: canonical, currency: "UGX" },
    });
  });
});

describe("the choice of the provider", () => {
  const shops = () => {
    const setup = setUpShop();
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
    const { mtn, withProviders, mtnHost } = setUpShop();
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
    [
      "a Ugandan number in KES",
      { from: "+256772123456", amount: { amount: "100", currency: "KES" } },
      "from",
    ],
    ["a Kenyan number in UGX", { from: "+254712345678" }, "from"],
    ["a number of a country that nobody serves", { from: "+233244123456" }, "from"],
    ["a currency that nobody takes", { amount: { amount: "100", currency: "NGN" } }, "from"],
    ["an account that is not there", { account: "shop-9" }, "provider"],
    ["a provider that is not there", { provider: "airtel" as "mpesa" }, "provider"],
  ];
  test.each(misfits)("none fits %s: told what is configured", async (_, changes, field) => {
    const { money, mtnHost, darajaHost } = setUpShop();
    const error = await expectRefusedInput(money.collect({ ...inUganda, ...changes }), mtnHost, [field]);
    expect(error.remedy).toMatch(/mtn_momo, mpesa/);
    expect(darajaHost.requests).toEqual([]);
  });

  test("a provider that is named, or the only one, says itself what does not fit, in the caller's words", async () => {
    const { money, mtn, mtnHost, withProviders } = setUpShop();
    const wrong = { ...inUganda, from: "+254712345678", amount: { amount: "100", currency: "KES" } };
    await expectRefusedInput(money.collect({ ...wrong, provider: "mtn_momo" }), mtnHost, ["from", "amount"]);
    await expectRefusedInput(withProviders(mtn).collect(wrong), mtnHost, ["from", "amount"]);
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
    const { money, mtnHost } = setUpShop();
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
    const { money, mtnHost, run } = setUpShop();
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
    const { money, mtnHost } = setUpShop();
    await expectRefusedInput(money.payOut({ ...request, ...changes } as PayOutInput), mtnHost, [field]);
  });

  test("by M-Pesa, the only provider or named → OperationUnsupportedError", async () => {
    const { money, mpesa, darajaHost, withProviders } = setUpShop();
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
    const { mtn, mtnOptions } = setUpShop();
    const again = new MtnMomoClient({ ...mtnOptions, environment: "mtnghana" });
    const error = expectRefusedOptions(() => new MobileMoney({ providers: [mtn, again] }), ["providers"]);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.remedy).toMatch(/account name/);
  });
});
