import { describe, expect, test } from "vitest";
import { createPlay, mtnMomo, postRequestToPay, requestToPay, requestToPayStatus } from "../raw-calls.js";

const inUganda = {
  ...requestToPay,
  currency: "UGX",
  payer: { partyIdType: "MSISDN", partyId: "256772123456" },
};
const uganda = () => createPlay({ mtnMomo: { environment: "mtnuganda" } });

describe("request to pay in the sandbox", () => {
  test("is taken with 202 and nothing else, and an ordinary number has paid at once", async () => {
    const { simulator } = createPlay();
    const { reference, answer } = await postRequestToPay(simulator);
    expect([answer.status, await answer.text()]).toEqual([202, ""]);
    expect([...answer.headers]).toEqual([["content-length", "0"]]);
    expect(await requestToPayStatus(simulator, reference)).toMatch(
      /^\{"financialTransactionId":"[1-9]\d{9}","externalId":"order-1001","amount":"100","currency":"EUR","payer":\{"partyIdType":"MSISDN","partyId":"46700000001"\},"payerMessage":"Order 1001","payeeNote":"Shop payment","status":"SUCCESSFUL"\}$/,
    );
    expect(simulator.ledger.executions(reference)).toEqual(simulator.ledger.executions("order-1001"));
    expect(simulator.ledger.executions(reference)).toEqual([
      {
        provider: "mtn_momo",
        operation: "collection.request_to_pay",
        reference,
        merchantReference: "order-1001",
        payer: "46700000001",
        amount: { amount: "100", currency: "EUR" },
        at: "2026-11-23T09:00:00.000Z",
        transactionId: expect.stringMatching(/^\d{10}$/),
      },
    ]);
    expect(simulator.phones.get("46700000001").prompts).toHaveLength(0);
  });

  test("a phone that was told what to do is asked", async () => {
    const { simulator, clock } = createPlay();
    simulator.phones.get("46700000001").declines();
    const { reference } = await postRequestToPay(simulator);
    expect(await requestToPayStatus(simulator, reference)).toContain('"status":"PENDING"');
    await clock.advance(100);
    expect(await requestToPayStatus(simulator, reference)).toMatch(
      /"status":"FAILED","reason":"APPROVAL_REJECTED"\}$/,
    );
  });

  test("payers by e-mail and party code are taken", async () => {
    const { simulator } = createPlay();
    for (const payer of [
      { partyIdType: "EMAIL", partyId: "ada@shop.test" },
      { partyIdType: "PARTY_CODE", partyId: crypto.randomUUID() },
    ]) {
      const { reference } = await postRequestToPay(simulator, { ...requestToPay, payer });
      expect(await requestToPayStatus(simulator, reference)).toContain('"status":"SUCCESSFUL"');
    }
  });

  test.each([
    ["12.50", "12.5"],
    ["5.0", "5"],
    ["007", "7"],
    ["0.05", "0.05"],
  ])("the amount %s comes back as %s", async (amount, echoed) => {
    const { simulator } = createPlay();
    const { reference } = await postRequestToPay(simulator, { ...requestToPay, amount });
    expect(await requestToPayStatus(simulator, reference)).toContain(`"amount":"${echoed}"`);
  });

  test.each([
    ["no UUID", requestToPay, { "x-reference-id": "abc" }],
    ["no reference at all", requestToPay, { "x-reference-id": "" }],
    ["an empty object", {}, {}],
    ["no JSON", "{", {}],
    ["an array", [], {}],
    ["amount as a number", { ...requestToPay, amount: 100 }, {}],
    ["amount zero", { ...requestToPay, amount: "0.00" }, {}],
    ["amount below zero", { ...requestToPay, amount: "-1" }, {}],
    ["amount with an exponent", { ...requestToPay, amount: "1e3" }, {}],
    ["no externalId", { ...requestToPay, externalId: undefined }, {}],
    [
      "an unknown party type",
      { ...requestToPay, payer: { partyIdType: "msisdn", partyId: "46700000001" } },
      {},
    ],
    ["an apostrophe", { ...requestToPay, payerMessage: "Ada's order" }, {}],
    ["an ampersand", { ...requestToPay, payeeNote: "bread & butter" }, {}],
    ["a hash sign", { ...requestToPay, payeeNote: "order #1" }, {}],
    ["161 characters", { ...requestToPay, payerMessage: "a".repeat(161) }, {}],
    ["an empty callback address", requestToPay, { "x-callback-url": "" }],
  ])("%s is 400 with an empty body, and nothing is made", async (_, body, headers) => {
    const { simulator } = createPlay();
    const { answer } = await postRequestToPay(simulator, body, headers);
    expect([answer.status, await answer.text()]).toEqual([400, ""]);
    expect(simulator.ledger.all).toHaveLength(0);
  });

  test("160 characters are let through", async () => {
    const { answer } = await postRequestToPay(createPlay().simulator, {
      ...requestToPay,
      payerMessage: "a".repeat(160),
    });
    expect(answer.status).toBe(202);
  });

  test.each([
    ["an empty body", ""],
    ["an empty payer", { ...requestToPay, payer: {} }],
  ])("%s is 500 with an empty body", async (_, body) => {
    const { answer } = await postRequestToPay(createPlay().simulator, body);
    expect([answer.status, await answer.text()]).toEqual([500, ""]);
  });

  test("another currency is 500 INVALID_CURRENCY", async () => {
    const { answer } = await postRequestToPay(createPlay().simulator, { ...requestToPay, currency: "UGX" });
    expect([answer.status, await answer.text()]).toEqual([
      500,
      '{"message":"Currency not supported.","code":"INVALID_CURRENCY"}',
    ]);
  });

  test("a reference that was used is 409, whatever the body, and pays once", async () => {
    const { simulator } = createPlay();
    const { reference } = await postRequestToPay(simulator);
    const { answer } = await postRequestToPay(
      simulator,
      { ...requestToPay, amount: "7" },
      { "x-reference-id": reference.toUpperCase() },
    );
    expect([answer.status, await answer.json()]).toEqual([
      409,
      { message: "Duplicated reference id. Creation of resource failed.", code: "RESOURCE_ALREADY_EXIST" },
    ]);
    expect(simulator.ledger.all).toHaveLength(1);
  });

  test("a reference that was refused can be used", async () => {
    const { simulator } = createPlay();
    const { reference } = await postRequestToPay(simulator, { ...requestToPay, currency: "UGX" });
    const { answer } = await postRequestToPay(simulator, requestToPay, { "x-reference-id": reference });
    expect(answer.status).toBe(202);
  });
});

describe("request to pay in a market", () => {
  test("the phone shows who asks and how much, and the payment waits for it", async () => {
    const { simulator, clock } = uganda();
    const phone = simulator.phones.get("+256 772 123456").hasBalance("1000");
    const prompt = phone.nextPrompt();
    const { reference } = await postRequestToPay(simulator, inUganda);
    expect(await prompt).toBe(phone.prompts[0]);
    expect(phone.prompts).toEqual([
      {
        provider: "mtn_momo",
        from: "Demo Shop",
        amount: { amount: "100", currency: "UGX" },
        text: "Demo Shop asks you to pay UGX 100. Order 1001. Enter your PIN to approve.",
        at: "2026-11-23T09:00:00.000Z",
      },
    ]);
    expect(await requestToPayStatus(simulator, reference)).toMatch(/^\{"externalId".*"status":"PENDING"\}$/);
    await clock.advance(100);
    expect(phone.prompts[0]).toMatchObject({ answer: "approved", answeredAt: "2026-11-23T09:00:00.100Z" });
    expect(await requestToPayStatus(simulator, reference)).toContain('"status":"SUCCESSFUL"');
    expect(phone.balance).toBe("900");
    expect(phone.messages).toHaveLength(1);
    expect(simulator.ledger.merchantBalance("mtn_momo")).toBe("1000100");
  });

  test("a wallet that holds just enough is emptied", async () => {
    const { simulator, clock } = uganda();
    const phone = simulator.phones.get("256772123456").hasBalance("100");
    await postRequestToPay(simulator, inUganda);
    await clock.advance(100);
    expect([phone.balance, simulator.ledger.all.length]).toEqual(["0", 1]);
  });

  test("an empty wallet is NOT_ENOUGH_FUNDS, and no money moves", async () => {
    const { simulator, clock } = uganda();
    const phone = simulator.phones
      .get("256772123456")
      .approves()
      .hasBalance({ amount: "99", currency: "UGX" });
    const { reference } = await postRequestToPay(simulator, inUganda);
    await clock.advance(100);
    expect(await requestToPayStatus(simulator, reference)).toContain('"reason":"NOT_ENOUGH_FUNDS"');
    expect([phone.balance, simulator.ledger.all]).toEqual(["99", []]);
  });

  test.each([
    ["declines", "APPROVAL_REJECTED", 100],
    ["entersWrongPin", "INTERNAL_PROCESSING_ERROR", 100],
    ["ignores", "EXPIRED", 300_000],
    ["isUnreachable", "EXPIRED", 300_000],
  ] as const)("a customer who %s: %s after %i ms", async (behaviour, reason, ms) => {
    const { simulator, clock } = uganda();
    const phone = simulator.phones.get("256772123456")[behaviour]();
    const { reference } = await postRequestToPay(simulator, inUganda);
    await clock.advance(ms - 1);
    expect(await requestToPayStatus(simulator, reference)).toContain('"status":"PENDING"');
    await clock.advance(1);
    const { status, reason: told } = JSON.parse(await requestToPayStatus(simulator, reference));
    expect([status, told]).toEqual(["FAILED", reason]);
    expect(phone.prompts).toHaveLength(behaviour === "isUnreachable" ? 0 : 1);
    expect(simulator.ledger.all).toHaveLength(0);
  });

  test("an approval that comes after the window is no approval", async () => {
    const { simulator, clock } = uganda();
    simulator.phones.get("256772123456").approves({ afterMs: 300_000 });
    const { reference } = await postRequestToPay(simulator, inUganda);
    await clock.advance(400_000);
    expect(await requestToPayStatus(simulator, reference)).toContain('"reason":"EXPIRED"');
  });

  test("a number of another country is taken and then not found", async () => {
    const { simulator, clock } = uganda();
    const { reference, answer } = await postRequestToPay(simulator, {
      ...inUganda,
      payer: requestToPay.payer,
    });
    expect(answer.status).toBe(202);
    await clock.advance(100);
    expect(await requestToPayStatus(simulator, reference)).toContain('"reason":"PAYER_NOT_FOUND"');
  });

  test("the sandbox's magic numbers are just numbers of another country", async () => {
    const { simulator, clock } = uganda();
    const payer = { partyIdType: "MSISDN", partyId: "46733123451" };
    const { reference } = await postRequestToPay(simulator, { ...inUganda, payer });
    await clock.advance(100);
    expect(await requestToPayStatus(simulator, reference)).toContain('"reason":"PAYER_NOT_FOUND"');
  });

  test("the quirks: CREATED at first, a reason as an object", async () => {
    const { simulator, clock } = createPlay({
      mtnMomo: { environment: "mtnuganda", quirks: { firstStatus: "CREATED", reason: "object" } },
    });
    simulator.phones.get("256772123456").hasBalance("0");
    const { reference } = await postRequestToPay(simulator, inUganda);
    expect(await requestToPayStatus(simulator, reference)).toContain('"status":"CREATED"');
    await clock.advance(100);
    expect(JSON.parse(await requestToPayStatus(simulator, reference)).reason).toEqual({
      code: "NOT_ENOUGH_FUNDS",
      message: "The payer does not have enough funds.",
    });
  });
});

describe("reading", () => {
  test("an unknown reference is 404 RESOURCE_NOT_FOUND, a malformed one 400", async () => {
    const { simulator } = createPlay();
    const unknown = await mtnMomo(simulator, `/collection/v1_0/requesttopay/${crypto.randomUUID()}`);
    expect([unknown.status, await unknown.text()]).toEqual([
      404,
      '{"message":"Requested resource was not found.","code":"RESOURCE_NOT_FOUND"}',
    ]);
    const malformed = await mtnMomo(simulator, "/collection/v1_0/requesttopay/abc");
    expect([malformed.status, await malformed.text()]).toEqual([400, ""]);
  });

  test("the balance is the merchant's own", async () => {
    const { simulator } = createPlay({ mtnMomo: { balance: "250.50" } });
    const balance = await mtnMomo(simulator, "/collection/v1_0/account/balance");
    expect(await balance.text()).toBe('{"availableBalance":"250.5","currency":"EUR"}');
    const foreign = await mtnMomo(simulator, "/collection/v1_0/account/balance/UGX");
    expect(await foreign.json()).toMatchObject({ code: "INVALID_CURRENCY" });
  });

  test("account holders: the sandbox knows everybody, a market its own country", async () => {
    const active = async (environment: "sandbox" | "mtnuganda", number: string) =>
      (
        await mtnMomo(
          createPlay({ mtnMomo: { environment } }).simulator,
          `/collection/v1_0/accountholder/msisdn/${number}/active`,
        )
      ).json();
    expect(await active("sandbox", "46700000001")).toEqual({ result: true });
    expect(await active("mtnuganda", "256772123456")).toEqual({ result: true });
    expect(await active("mtnuganda", "46700000001")).toEqual({ result: false });
  });

  test("an unknown path is the gateway's 404, behind its key", async () => {
    const { simulator } = createPlay();
    const known = await mtnMomo(simulator, "/collection/v2_0/requesttopay", { method: "POST" });
    expect(await known.json()).toEqual({ statusCode: 404, message: "Resource not found" });
    const strange = await mtnMomo(simulator, "/collection/v2_0/requesttopay", {
      headers: { "ocp-apim-subscription-key": undefined },
    });
    expect(strange.status).toBe(401);
  });
});
