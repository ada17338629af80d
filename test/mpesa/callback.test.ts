import fc from "fast-check";
import { CallbackInvalidError, type MpesaCallback, parseMpesaCallback } from "mobile-money";
import { describe, expect, test } from "vitest";
import { setUpMpesa } from "../support/clients.js";

type Item = Readonly<{ Name?: unknown; Value?: unknown }>;

/** The samples of Daraja's documentation ("M-Pesa Express", read 2026-11). */
const items: readonly Item[] = [
  { Name: "Amount", Value: 1.0 },
  { Name: "MpesaReceiptNumber", Value: "NLJ7RT61SV" },
  { Name: "TransactionDate", Value: 20191219102115 },
  { Name: "PhoneNumber", Value: 254708374149 },
];
const success = {
  MerchantRequestID: "29115-34620561-1",
  CheckoutRequestID: "ws_CO_191220191020363925",
  ResultCode: 0,
  ResultDesc: "The service request is processed successfully.",
  CallbackMetadata: { Item: items },
};
const cancelled = {
  MerchantRequestID: "f1e2-4b95-a71d-b30d3cdbb7a7942864",
  CheckoutRequestID: "ws_CO_21072024125243250722943992",
  ResultCode: 1032,
  ResultDesc: "Request cancelled by user",
};
const body = (stkCallback: unknown) => ({ Body: { stkCallback } });
const withItems = (Item: unknown) => body({ ...success, CallbackMetadata: { Item } });

const claimed = {
  provider: "mpesa",
  kind: "stk.result",
  claimedStatus: "succeeded",
  providerReference: "ws_CO_191220191020363925",
  merchantRequestId: "29115-34620561-1",
  resultCode: "0",
  resultDescription: "The service request is processed successfully.",
  amount: { amount: "1", currency: "KES" },
  transactionId: "NLJ7RT61SV",
  transactedAt: "2019-12-19T07:21:15.000Z",
  party: "254708374149",
};

describe("a callback of M-Pesa is read as a claim", () => {
  test("success", () => {
    expect(parseMpesaCallback(body(success))).toStrictEqual(claimed);
    expect(parseMpesaCallback(body(success), { expected: "stk.result" })).toStrictEqual(claimed);
  });

  test("failure", () => {
    expect(parseMpesaCallback(body(cancelled))).toStrictEqual({
      provider: "mpesa",
      kind: "stk.result",
      claimedStatus: "failed",
      providerReference: "ws_CO_21072024125243250722943992",
      merchantRequestId: "f1e2-4b95-a71d-b30d3cdbb7a7942864",
      resultCode: "1032",
      resultDescription: "Request cancelled by user",
      reason: "declined_by_payer",
    });
  });

  test("ResultCode 0 as text", () => {
    expect(parseMpesaCallback(body({ ...success, ResultCode: "0" }))).toStrictEqual(claimed);
  });

  test("failure as text, with metadata that says nothing", () => {
    const sent = { ...cancelled, ResultCode: "1037", CallbackMetadata: { Item: items } };
    const claim = parseMpesaCallback(body(sent));
    expect(claim).toMatchObject({ claimedStatus: "failed", reason: "payer_unreachable", resultCode: "1037" });
    expect(claim).not.toHaveProperty("amount");
    expect(claim).not.toHaveProperty("transactionId");
  });

  test.each([
    [4999, "pending"],
    ["4999", "pending"],
    ["SFC_IC9999", "unknown"],
    ["SFC_IC0003", "failed"],
    [15, "unknown"],
    ["00", "unknown"],
    ["0.0", "unknown"],
    ["0 ", "unknown"],
    [" 0", "unknown"],
    [0.5, "unknown"],
    [-1, "unknown"],
  ])("ResultCode %j is claimed as %s", (ResultCode, claimedStatus) => {
    const claim = parseMpesaCallback(body({ ...success, ResultCode }));
    expect(claim).toMatchObject({ claimedStatus, resultCode: String(ResultCode) });
    expect(claim).not.toHaveProperty("amount");
  });

  test("items in any order", () => {
    expect(parseMpesaCallback(withItems([...items].reverse()))).toStrictEqual(claimed);
  });

  test.each<[string, Item]>([
    ["no value", { Name: "Balance" }],
    ["the value null", { Name: "Balance", Value: null }],
    ["a value", { Name: "Balance", Value: 4830.25 }],
  ])("Balance with %s", (_, balance) => {
    expect(parseMpesaCallback(withItems([...items, balance]))).toStrictEqual(claimed);
    expect(parseMpesaCallback(withItems([balance, ...items]))).toStrictEqual(claimed);
  });

  test("one object for a list", () => {
    const { transactionId: _, transactedAt: __, party: ___, ...amountAlone } = claimed;
    expect(parseMpesaCallback(withItems(items[0]))).toStrictEqual(amountAlone);
  });

  test.each([
    ["no metadata", undefined],
    ["metadata null", null],
    ["metadata without items", {}],
    ["an empty list", { Item: [] }],
  ])("success with %s names no amount", (_, CallbackMetadata) => {
    const claim = parseMpesaCallback(body({ ...success, CallbackMetadata }));
    expect(claim).toMatchObject({ claimedStatus: "succeeded", resultCode: "0" });
    expect(claim).not.toHaveProperty("amount");
    expect(claim).not.toHaveProperty("party");
  });

  test("the least that says something", () => {
    const { CheckoutRequestID, ResultCode } = cancelled;
    expect(parseMpesaCallback(body({ CheckoutRequestID, ResultCode }))).toStrictEqual({
      provider: "mpesa",
      kind: "stk.result",
      claimedStatus: "failed",
      providerReference: CheckoutRequestID,
      resultCode: "1032",
      reason: "declined_by_payer",
    });
  });

  test.each([
    ["a mask", "2547****149", "2547****149"],
    ["text", "254708374149", "254708374149"],
  ])("the phone as %s", (_, Value, party) => {
    const sent = items.map((item) => (item.Name === "PhoneNumber" ? { ...item, Value } : item));
    expect(parseMpesaCallback(withItems(sent)).party).toBe(party);
  });

  test.each([
    ["a number with cents", 1500.5, "1500.5"],
    ["text with zeros", "1500.00", "1500"],
  ])("the amount as %s", (_, Value, amount) => {
    const sent = [{ Name: "Amount", Value }, ...items.slice(1)];
    expect(parseMpesaCallback(withItems(sent)).amount).toStrictEqual({ amount, currency: "KES" });
  });

  test("a date that is none is left out", () => {
    const sent = items.map((item) =>
      item.Name === "TransactionDate" ? { ...item, Value: 20191319102115 } : item,
    );
    expect(parseMpesaCallback(withItems(sent))).not.toHaveProperty("transactedAt");
  });

  test("a name that comes twice with the same value counts once", () => {
    expect(parseMpesaCallback(withItems([...items, { Name: "Amount", Value: "1" }]))).toStrictEqual(claimed);
  });

  test("additional fields are ignored, however they are named", () => {
    const text = JSON.stringify(body(success)).replaceAll(
      "{",
      '{"__proto__":{"ResultCode":1},"constructor":[],"x":1,',
    );
    expect(parseMpesaCallback(JSON.parse(text))).toStrictEqual(claimed);
    expect(({} as Record<string, unknown>)["ResultCode"]).toBeUndefined();
  });

  test("the client reads it too", () => {
    const { client } = setUpMpesa();
    expect(client.parseCallback(body(success), { expected: "stk.result" })).toStrictEqual(claimed);
  });
});

describe("what is no such callback → CallbackInvalidError", () => {
  const { CheckoutRequestID: _, ...withoutId } = success;
  const { ResultCode: __, ...withoutCode } = success;

  test.each([
    ["nothing", "not_an_object", undefined],
    ["null", "not_an_object", null],
    ["a text", "not_an_object", JSON.stringify(body(success))],
    ["a list", "not_an_object", [body(success)]],
    ["an empty object", "not_recognised", {}],
    ["a callback of MTN", "not_recognised", { status: "SUCCESSFUL", payer: { partyId: "1" } }],
    ["Body null", "not_recognised", { Body: null }],
    ["no stkCallback", "not_recognised", { Body: {} }],
    ["a stkCallback that is a list", "not_recognised", body([success])],
    ["no CheckoutRequestID", "not_recognised", body(withoutId)],
    ["no ResultCode", "not_recognised", body(withoutCode)],
    ["ResultCode null", "not_recognised", body({ ...success, ResultCode: null })],
    ["ResultCode false", "not_recognised", body({ ...success, ResultCode: false })],
    ["an empty ResultCode", "not_recognised", body({ ...success, ResultCode: "" })],
    ["a ResultCode that is a list", "not_recognised", body({ ...success, ResultCode: [0] })],
    ["two amounts", "field_invalid", withItems([...items, { Name: "Amount", Value: 100 }])],
    [
      "two receipts",
      "field_invalid",
      withItems([...items, { Name: "MpesaReceiptNumber", Value: "AAA1BBB2CC" }]),
    ],
    ["two phones", "field_invalid", withItems([...items, { Name: "PhoneNumber", Value: 254700000000 }])],
    ["an amount that is none", "field_invalid", withItems([{ Name: "Amount", Value: "one" }])],
    ["an amount in an exponent", "field_invalid", withItems([{ Name: "Amount", Value: 1e21 }])],
  ])("%s: %s", (_title, reason, input) => {
    const parse = () => parseMpesaCallback(input);
    expect(parse).toThrow(CallbackInvalidError);
    expect(parse).toThrow(
      expect.objectContaining({
        code: "callback_invalid",
        provider: "mpesa",
        reason,
        remedy: expect.any(String),
      }),
    );
  });

  test("another kind than the route is for", () => {
    const parse = () => parseMpesaCallback(body(success), { expected: "c2b.confirmation" as never });
    expect(parse).toThrow(expect.objectContaining({ code: "callback_invalid", reason: "not_expected" }));
  });
});

describe("whatever is sent", () => {
  const claimOf = (input: unknown): MpesaCallback | undefined => {
    try {
      return parseMpesaCallback(input);
    } catch (error) {
      expect(error).toBeInstanceOf(CallbackInvalidError);
      return undefined;
    }
  };

  test("any JSON is read or refused, and none claims a success", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(claimOf(input)).toBeUndefined();
        expect(claimOf(body(input))).toBeUndefined();
      }),
    );
  });

  const value = fc.oneof(fc.jsonValue(), fc.constant(undefined));
  const fields = fc.oneof(fc.constantFrom(...Object.keys(success)), fc.string());

  test.each([
    ["the success", success],
    ["the failure", cancelled],
  ])("%s with any field changed, dropped or added claims a success only by its code", (_, sample) => {
    fc.assert(
      fc.property(fc.dictionary(fields, value, { maxKeys: 3 }), (changed) => {
        const sent: Record<string, unknown> = { ...sample, ...changed };
        const claim = claimOf(body(sent));
        if (claim === undefined) return;
        const code = sent["ResultCode"];
        expect(claim.claimedStatus === "succeeded").toBe(code === 0 || code === "0");
        expect(JSON.parse(JSON.stringify(claim))).toStrictEqual(claim);
      }),
    );
  });

  test("whatever the metadata, an amount is the one that it names, or none", () => {
    const name = fc.oneof(fc.constantFrom("Amount", "Balance", "PhoneNumber"), fc.jsonValue());
    const item = fc.record({ Name: name, Value: value }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(fc.array(item, { maxLength: 4 }), item, fc.jsonValue()), (Item) => {
        const claim = claimOf(withItems(Item));
        if (claim?.amount === undefined) return;
        const list = (Array.isArray(Item) ? Item : [Item]) as { Name?: unknown; Value?: unknown }[];
        const named = list.filter(({ Name }) => Name === "Amount").map(({ Value }) => Value);
        expect(named.map(Number)).toContain(Number(claim.amount.amount));
      }),
    );
  });
});
