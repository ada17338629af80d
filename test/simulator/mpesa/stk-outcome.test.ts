import { createManualClock, createSimulator } from "mobile-money/simulator";
import { describe, expect, test } from "vitest";
import { createPlay, push, query } from "../raw-calls.js";

describe("the callback of a push", () => {
  test("a success, byte for byte: amount with decimals, numbers for date and phone", async () => {
    const { simulator, clock, received } = createPlay();
    const { MerchantRequestID, CheckoutRequestID } = await push(simulator);
    await clock.advance(60_000);
    const receipt = simulator.ledger.all[0]?.transactionId;
    expect(received).toHaveLength(1);
    expect(received[0]?.body).toBe(
      `{"Body":{"stkCallback":{"MerchantRequestID":"${MerchantRequestID}","CheckoutRequestID":"${CheckoutRequestID}","ResultCode":0,"ResultDesc":"The service request is processed successfully.","CallbackMetadata":{"Item":[{"Name":"Amount","Value":1500.00},{"Name":"MpesaReceiptNumber","Value":"${receipt}"},{"Name":"TransactionDate","Value":20261123120000},{"Name":"PhoneNumber","Value":254712345678}]}}}}`,
    );
    expect([received[0]?.method, received[0]?.url]).toEqual(["POST", "https://shop.test/callbacks/1"]);
    expect(Object.fromEntries(received[0]?.headers ?? [])).toEqual({ "content-type": "application/json" });
  });

  test("a Balance item without a value, where that is switched on", async () => {
    const { simulator, clock, received } = createPlay({ mpesa: { quirks: { hasBalanceItem: true } } });
    await push(simulator);
    await clock.advance(1000);
    const items = JSON.parse(received[0]?.body ?? "").Body.stkCallback.CallbackMetadata.Item;
    expect(items).toHaveLength(5);
    expect(items[2]).toEqual({ Name: "Balance" });
  });

  test.each([
    ["declines", 1032, "Request cancelled by user", 100],
    ["entersWrongPin", 2001, "The initiator information is invalid.", 100],
    ["ignores", 1037, "No response from user.", 60_000],
    ["isUnreachable", 1037, "DS timeout user cannot be reached", 60_000],
  ] as const)("a customer who %s: %i %s after %i ms, and no metadata", async (behaviour, code, text, ms) => {
    const { simulator, clock, received } = createPlay();
    simulator.phones.get("254712345678")[behaviour]();
    const { MerchantRequestID, CheckoutRequestID } = await push(simulator);
    await clock.advance(ms + 19);
    expect(received).toHaveLength(0);
    await clock.advance(1);
    expect(received[0]?.body).toBe(
      `{"Body":{"stkCallback":{"MerchantRequestID":"${MerchantRequestID}","CheckoutRequestID":"${CheckoutRequestID}","ResultCode":${code},"ResultDesc":"${text}"}}}`,
    );
    expect(simulator.ledger.all).toHaveLength(0);
  });

  test("an empty wallet is 1, and no money moves", async () => {
    const { simulator, clock, received } = createPlay();
    const phone = simulator.phones.get("254712345678").hasBalance("1499");
    await push(simulator);
    await clock.advance(1000);
    expect(received[0]?.body).toContain(
      '"ResultCode":1,"ResultDesc":"The balance is insufficient for the transaction."',
    );
    expect([phone.balance, simulator.ledger.all]).toEqual(["1499", []]);
  });
});

describe("STK query", () => {
  test("pending as HTTP 500, its requestId the CheckoutRequestID", async () => {
    const { simulator } = createPlay({ mpesa: { quirks: { pendingShape: "http_500" } } });
    const { CheckoutRequestID } = await push(simulator);
    const answer = await query(simulator, CheckoutRequestID);
    expect([answer.status, await answer.json()]).toEqual([
      500,
      {
        requestId: CheckoutRequestID,
        errorCode: "500.001.1001",
        errorMessage: "The transaction is being processed",
      },
    ]);
  });

  test("pending as HTTP 200 with 4999", async () => {
    const { simulator } = createPlay({ mpesa: { quirks: { pendingShape: "result_4999" } } });
    const { CheckoutRequestID } = await push(simulator);
    const answer = await query(simulator, CheckoutRequestID);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({
        ResponseCode: "0",
        ResultCode: "4999",
        ResultDesc: "The transaction is still under processing",
      }),
    ]);
  });

  test("both shapes come when nothing else is said, in an order that the seed gives", async () => {
    const statuses = async () => {
      const { simulator } = createPlay();
      const { CheckoutRequestID } = await push(simulator);
      return Promise.all(
        Array.from({ length: 12 }, async () => (await query(simulator, CheckoutRequestID)).status),
      );
    };
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await statuses()).toEqual(first);
  });

  test("the final answer, with ResultCode as a text", async () => {
    const { simulator, clock } = createPlay();
    const { MerchantRequestID, CheckoutRequestID } = await push(simulator);
    await clock.advance(100);
    const answer = await query(simulator, CheckoutRequestID);
    expect(await answer.text()).toBe(
      `{"ResponseCode":"0","ResponseDescription":"The service request has been accepted successsfully","MerchantRequestID":"${MerchantRequestID}","CheckoutRequestID":"${CheckoutRequestID}","ResultCode":"0","ResultDesc":"The service request is processed successfully."}`,
    );
  });

  test("the final answer of a refusal", async () => {
    const { simulator, clock } = createPlay();
    simulator.phones.get("254712345678").declines();
    const { CheckoutRequestID } = await push(simulator);
    await clock.advance(100);
    expect(await (await query(simulator, CheckoutRequestID)).json()).toMatchObject({
      ResultCode: "1032",
      ResultDesc: "Request cancelled by user",
    });
  });

  test("an unknown id gets an error, not a result", async () => {
    const answer = await query(createPlay().simulator, "ws_CO_1");
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { requestId: expect.any(String), errorCode: "500.001.1001", errorMessage: "No transaction found" },
    ]);
  });

  test("an empty id is invalid", async () => {
    const answer = await query(createPlay().simulator, "");
    expect(await answer.json()).toMatchObject({ errorMessage: "Bad Request - Invalid CheckoutRequestID" });
  });
});

test("receipts carry year, month and day in Kenya", async () => {
  for (const [instant, prefix] of [
    ["2024-07-06T12:00:00Z", "SG6"],
    ["2020-01-19T22:00:00Z", "OAK"],
    ["2026-12-31T20:59:00Z", "ULV"],
    ["2026-12-31T21:01:00Z", "VA1"],
  ] as const) {
    const clock = createManualClock(Date.parse(instant));
    const simulator = createSimulator({ clock, deliver: async () => new Response() });
    await push(simulator);
    await clock.advance(100);
    expect(simulator.ledger.all[0]?.transactionId.slice(0, 3)).toBe(prefix);
  }
});
