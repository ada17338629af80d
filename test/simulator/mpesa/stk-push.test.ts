import { describe, expect, test } from "vitest";
import { createPlay, daraja, push, stkPush } from "../raw-calls.js";

const path = "/mpesa/stkpush/v1/processrequest";
const secondPhone = { PartyA: "254110345678", PhoneNumber: "254110345678" };

describe("STK push", () => {
  test("the acknowledgement, its ids in the published formats", async () => {
    const { simulator, clock } = createPlay();
    await clock.advance(7);
    const answer = await daraja(simulator, path, stkPush(simulator));
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        MerchantRequestID: expect.stringMatching(
          /^[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\d{6}$/,
        ),
        CheckoutRequestID: "ws_CO_231120261200007712345678",
        ResponseCode: "0",
        ResponseDescription: "Success. Request accepted for processing",
        CustomerMessage: "Success. Request accepted for processing",
      },
    ]);
    expect(simulator.ledger.all).toHaveLength(0);
  });

  test("an approval moves the money once", async () => {
    const { simulator, clock } = createPlay();
    const phone = simulator.phones.get("254712345678").hasBalance("2000");
    const { CheckoutRequestID } = await push(simulator);
    expect(phone.prompts).toMatchObject([
      {
        provider: "mpesa",
        from: "Demo Shop",
        amount: { amount: "1500", currency: "KES" },
        text: "Do you want to pay Ksh 1500.00 to Demo Shop Account no. ORDER1042? Enter M-PESA PIN",
      },
    ]);
    await clock.advance(100);
    expect(simulator.ledger.executions("ORDER1042")).toEqual([
      {
        provider: "mpesa",
        operation: "stk.push",
        reference: CheckoutRequestID,
        merchantReference: "ORDER1042",
        payer: "254712345678",
        amount: { amount: "1500", currency: "KES" },
        at: "2026-11-23T09:00:00.100Z",
        transactionId: expect.stringMatching(/^UKN[A-Z0-9]{7}$/),
      },
    ]);
    expect([phone.balance, simulator.ledger.merchantBalance("mpesa")]).toEqual(["500", "1500"]);
    expect(phone.messages[0]?.text).toMatch(/^UKN\w{7} Confirmed\. Ksh1500\.00 paid to Demo Shop/);
  });

  test("numbers on the wire are as good as texts", async () => {
    const { simulator, clock } = createPlay();
    await push(simulator, {
      BusinessShortCode: 174379,
      Timestamp: 20261123120000,
      Amount: 1500,
      PartyA: 254712345678,
      PartyB: 174379,
      PhoneNumber: 254712345678,
    });
    await clock.advance(100);
    expect(simulator.ledger.all).toHaveLength(1);
  });

  test.each([
    ["BusinessShortCode", { BusinessShortCode: "12" }],
    ["Password", { Password: undefined }],
    ["Timestamp", { Timestamp: "2026-11-23" }],
    ["TransactionType", { TransactionType: "CustomerBuyGoodsOnline" }],
    ["Amount", { Amount: "0" }],
    ["Amount", { Amount: "1.5" }],
    ["Amount", { Amount: "250001" }],
    ["Amount", { Amount: "-5" }],
    ["PartyA", { PartyA: "0712345678" }],
    ["PartyB", { PartyB: undefined }],
    ["PhoneNumber", { PhoneNumber: "+254712345678" }],
    ["CallBackURL", { CallBackURL: "shop" }],
    ["CallBackURL", { CallBackURL: "http://shop.test/x" }],
    ["CallBackURL", { CallBackURL: "https://shop.test/M-Pesa" }],
    ["CallBackURL", { CallBackURL: "https://shop.test/webhook?query=1" }],
    ["AccountReference", { AccountReference: "" }],
    ["Remarks", { TransactionDesc: undefined }],
  ])("Invalid %s for %o", async (field, changes) => {
    const { simulator } = createPlay();
    const answer = await daraja(simulator, path, stkPush(simulator, changes));
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {
        requestId: expect.any(String),
        errorCode: "400.002.02",
        errorMessage: `Bad Request - Invalid ${field}`,
      },
    ]);
    expect(simulator.phones.get("254712345678").prompts).toHaveLength(0);
  });

  test.each(["1", "250000"])("the amount %s is let through", async (Amount) => {
    const { simulator } = createPlay();
    expect((await daraja(simulator, path, stkPush(simulator, { Amount }))).status).toBe(200);
  });

  test("a loopback address may be plain http", async () => {
    const { simulator } = createPlay();
    const changes = { CallBackURL: "http://127.0.0.1:4000/callbacks/1" };
    expect((await daraja(simulator, path, stkPush(simulator, changes))).status).toBe(200);
  });

  test("without the JSON content type the gateway sees no field", async () => {
    const { simulator } = createPlay();
    const answer = await daraja(simulator, path, stkPush(simulator), { "content-type": "text/plain" });
    expect(await answer.json()).toMatchObject({ errorMessage: "Bad Request - Invalid BusinessShortCode" });
  });

  test.each(["{", "[]"])("the body %s is an invalid payload", async (body) => {
    const answer = await daraja(createPlay().simulator, path, body);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ errorCode: "400.002.05" }),
    ]);
  });

  test.each([
    ["Merchant does not exist", { BusinessShortCode: "600000" }],
    ["Wrong credentials", { Timestamp: "20261123120001" }],
    ["Wrong credentials", { Password: btoa("174379wrong20261123120000") }],
  ])("%s is 500.001.1001", async (errorMessage, changes) => {
    const { simulator } = createPlay();
    const answer = await daraja(simulator, path, stkPush(simulator, changes));
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { requestId: expect.any(String), errorCode: "500.001.1001", errorMessage },
    ]);
  });

  test("one prompt per phone; another phone is free, and so is this one after the answer", async () => {
    const { simulator, clock } = createPlay();
    await push(simulator);
    const locked = await daraja(simulator, path, stkPush(simulator));
    expect([locked.status, await locked.json()]).toEqual([
      500,
      expect.objectContaining({
        errorCode: "500.001.1001",
        errorMessage: expect.stringContaining("Unable to lock subscriber"),
      }),
    ]);
    expect((await daraja(simulator, path, stkPush(simulator, secondPhone))).status).toBe(200);
    await clock.advance(100);
    expect((await daraja(simulator, path, stkPush(simulator))).status).toBe(200);
  });

  test("the sandbox takes pushes only with its published shortcode and passkey; its test phone is nobody's", async () => {
    const { simulator, clock, received } = createPlay();
    expect(simulator.mpesa.credentials).toMatchObject({
      environment: "sandbox",
      shortcode: "174379",
      passkey: "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919",
    });
    await push(simulator, { PartyA: "254708374149", PhoneNumber: "254708374149" });
    await clock.advance(61_000);
    expect(received[0]?.body).toContain('"ResultCode":1037');
  });

  test("production has its own shortcode, passkey and till", async () => {
    const { simulator, clock, received } = createPlay({ mpesa: { environment: "production" } });
    const { shortcode, passkey } = simulator.mpesa.credentials;
    expect(shortcode).toMatch(/^\d{6}$/);
    expect(passkey).toMatch(/^[0-9a-f]{64}$/);
    const till = { TransactionType: "CustomerBuyGoodsOnline", PartyB: simulator.mpesa.till };
    await push(simulator, till);
    await push(simulator, { ...secondPhone, ...till, PartyB: shortcode });
    await clock.advance(1000);
    const codes = received.map(({ body }) => JSON.parse(body).Body.stkCallback.ResultCode);
    expect(codes).toEqual([2028, 0]);
    expect(simulator.ledger.all).toHaveLength(1);
  });

  test("a prompt of more than 182 characters ends in 1025, and no phone shows it", async () => {
    const { simulator, clock, received } = createPlay();
    await push(simulator, { AccountReference: "A".repeat(150) });
    await clock.advance(1000);
    expect(received[0]?.body).toContain('"ResultCode":1025');
    expect(simulator.phones.get("254712345678").prompts).toHaveLength(0);
  });

  test("the same amount from the same phone within two minutes ends in 17, where that is switched on", async () => {
    const { simulator, clock, received } = createPlay({ mpesa: { quirks: { repeatWindowMs: 120_000 } } });
    for (const Amount of ["10", "10", "11"]) {
      await push(simulator, { Amount });
      await clock.advance(1000);
    }
    await clock.advance(120_000);
    await push(simulator, { Amount: "10" });
    await clock.advance(1000);
    const codes = received.map(({ body }) => JSON.parse(body).Body.stkCallback.ResultCode);
    expect(codes).toEqual([0, 17, 0, 0]);
  });

  test.each([
    ["GET", path, 404, "404.001.04"],
    ["PUT", path, 405, "405.001"],
    ["POST", "/mpesa/stkpush/v2/processrequest", 404, "404.001.01"],
  ])("%s %s is %i %s", async (method, wrongPath, status, errorCode) => {
    const answer = await createPlay().simulator.fetch(`https://daraja.test${wrongPath}`, { method });
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ errorCode })]);
  });
});
