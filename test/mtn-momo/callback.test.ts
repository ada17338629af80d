import fc from "fast-check";
import { CallbackInvalidError, type MtnMomoCallback, parseMtnMomoCallback } from "mobile-money";
import { describe, expect, test } from "vitest";
import { setUpMtnMomo } from "../support/clients.js";

/** Bodies as captured in the sandbox, 2025 and 2026, with invented values. */
const success = {
  financialTransactionId: "1400000001",
  externalId: "order-1001",
  amount: "100",
  currency: "EUR",
  payer: { partyIdType: "MSISDN", partyId: "46700000001" },
  payeeNote: "Shop payment",
  status: "SUCCESSFUL",
};
const refused = {
  externalId: "order-1001",
  amount: "100",
  currency: "EUR",
  payer: { partyIdType: "MSISDN", partyId: "46733123451" },
  payeeNote: "Shop payment",
  status: "FAILED",
  reason: "APPROVAL_REJECTED",
};
const facts = {
  provider: "mtn_momo",
  kind: "collection.request_to_pay",
  merchantReference: "order-1001",
  amount: { amount: "100", currency: "EUR" },
};

describe("a callback of MTN is read as a claim", () => {
  test("success", () => {
    expect(parseMtnMomoCallback(success)).toStrictEqual({
      ...facts,
      claimedStatus: "succeeded",
      providerStatus: "SUCCESSFUL",
      party: "46700000001",
      financialTransactionId: "1400000001",
    });
  });

  test.each([
    ["text", "APPROVAL_REJECTED", {}],
    ["an object", { code: "APPROVAL_REJECTED", message: "Refused." }, { reasonMessage: "Refused." }],
  ])("failure whose reason is %s", (_, reason, more) => {
    expect(parseMtnMomoCallback({ ...refused, reason })).toStrictEqual({
      ...facts,
      claimedStatus: "failed",
      providerStatus: "FAILED",
      party: "46733123451",
      reason: "declined_by_payer",
      reasonCode: "APPROVAL_REJECTED",
      ...more,
    });
  });

  test.each([undefined, null, "SOMETHING_NEW", { message: "Who knows." }])(
    "failure with reason %j",
    (reason) => {
      expect(parseMtnMomoCallback({ ...refused, reason })).toMatchObject({
        claimedStatus: "failed",
        reason: "unrecognised",
      });
    },
  );

  test("a failed production callback may carry a transaction number as well", () => {
    const claim = parseMtnMomoCallback({ ...refused, financialTransactionId: "21400000001" });
    expect(claim).toMatchObject({ claimedStatus: "failed", financialTransactionId: "21400000001" });
  });

  test("a transfer", () => {
    const { payer: payee, ...rest } = success;
    expect(parseMtnMomoCallback({ ...rest, payee })).toMatchObject({
      kind: "disbursement.transfer",
      claimedStatus: "succeeded",
      party: "46700000001",
    });
  });

  test("numbers for texts", () => {
    const claim = parseMtnMomoCallback({
      ...success,
      amount: 100,
      externalId: 1001,
      financialTransactionId: 1400000001,
      payer: { partyIdType: "MSISDN", partyId: 46700000001 },
    });
    expect(claim).toMatchObject({
      merchantReference: "1001",
      amount: { amount: "100", currency: "EUR" },
      party: "46700000001",
      financialTransactionId: "1400000001",
    });
  });

  test.each([
    ["zeros", "100.00", { amount: "100", currency: "EUR" }],
    ["a fraction", "12.5", { amount: "12.5", currency: "EUR" }],
    ["an exponent", 1e21, undefined],
    ["words", "one hundred", undefined],
    ["a comma", "1,000", undefined],
    ["more decimals than the currency has", "1.005", undefined],
    ["nothing", "", undefined],
  ])("an amount with %s is exact or left out", (_, amount, money) => {
    expect(parseMtnMomoCallback({ ...success, amount }).amount).toStrictEqual(money);
  });

  test("status and party alone", () => {
    expect(parseMtnMomoCallback({ status: "SUCCESSFUL", payer: { partyId: "46700000001" } })).toStrictEqual({
      provider: "mtn_momo",
      kind: "collection.request_to_pay",
      claimedStatus: "succeeded",
      providerStatus: "SUCCESSFUL",
      party: "46700000001",
    });
  });

  test.each([
    ["PENDING", "pending"],
    ["CREATED", "pending"],
    ["TIMEOUT", "unknown"],
    ["EXPIRED", "unknown"],
    ["Successful", "unknown"],
    ["SUCCESSFUL ", "unknown"],
    [1, "unknown"],
  ])("status %j is claimed as %s, and never guessed", (status, claimedStatus) => {
    const claim = parseMtnMomoCallback({ ...success, status });
    expect(claim).toMatchObject({ claimedStatus, providerStatus: String(status) });
    expect(claim).not.toHaveProperty("reason");
  });

  test("additional fields are ignored, however they are named", () => {
    const text = JSON.stringify(success).replace(
      "{",
      '{"__proto__":{"status":"FAILED"},"constructor":1,"new":[[]],',
    );
    expect(parseMtnMomoCallback(JSON.parse(text))).toStrictEqual(parseMtnMomoCallback(success));
    expect(({} as Record<string, unknown>)["status"]).toBeUndefined();
  });

  test("the client reads it too", () => {
    const { client } = setUpMtnMomo();
    expect(client.parseCallback(success, { expected: "collection.request_to_pay" })).toStrictEqual(
      parseMtnMomoCallback(success),
    );
  });
});

describe("what is no such callback → CallbackInvalidError", () => {
  const { status: _, ...withoutStatus } = success;
  const { payer: __, ...withoutParty } = success;

  test.each([
    ["nothing", "not_an_object", undefined],
    ["null", "not_an_object", null],
    ["a text", "not_an_object", JSON.stringify(success)],
    ["a list", "not_an_object", [success]],
    ["an empty object", "not_recognised", {}],
    ["no status", "not_recognised", withoutStatus],
    ["status null", "not_recognised", { ...success, status: null }],
    ["no party", "not_recognised", withoutParty],
    ["an M-Pesa callback", "not_recognised", { Body: { stkCallback: {} } }],
    ["a status of another type", "field_invalid", { ...success, status: true }],
    ["an amount of another type", "field_invalid", { ...success, amount: {} }],
    ["a party that is a text", "field_invalid", { ...success, payer: "46700000001" }],
    ["a party without a number", "field_invalid", { ...success, payer: {} }],
    ["a reason that is a list", "field_invalid", { ...refused, reason: ["EXPIRED"] }],
    ["a reason whose code is an object", "field_invalid", { ...refused, reason: { code: {} } }],
  ])("%s: %s", (_, reason, input) => {
    const parse = () => parseMtnMomoCallback(input);
    expect(parse).toThrow(CallbackInvalidError);
    expect(parse).toThrow(
      expect.objectContaining({
        code: "callback_invalid",
        provider: "mtn_momo",
        reason,
        remedy: expect.any(String),
      }),
    );
  });

  test("another kind than the route is for", () => {
    const parse = () => parseMtnMomoCallback(success, { expected: "disbursement.transfer" });
    expect(parse).toThrow(expect.objectContaining({ code: "callback_invalid", reason: "not_expected" }));
  });
});

describe("whatever is sent", () => {
  const claimOf = (input: unknown): MtnMomoCallback | undefined => {
    try {
      return parseMtnMomoCallback(input);
    } catch (error) {
      expect(error).toBeInstanceOf(CallbackInvalidError);
      return undefined;
    }
  };

  test("any JSON is read or refused, and only the exact status claims a success", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(claimOf(input)?.claimedStatus).not.toBe("succeeded");
      }),
    );
  });

  test.each([
    ["the success", success],
    ["the failure", refused],
  ])("%s with any field changed, dropped or added claims a success only by its status", (_, sample) => {
    const changes = fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys({ ...success, ...refused, payee: 1 })), fc.string()),
      fc.oneof(fc.jsonValue(), fc.constant(undefined)),
      { maxKeys: 3 },
    );
    fc.assert(
      fc.property(changes, (changed) => {
        const input: Record<string, unknown> = { ...sample, ...changed };
        const claim = claimOf(input);
        if (claim === undefined) return;
        expect(claim.claimedStatus === "succeeded").toBe(input["status"] === "SUCCESSFUL");
        expect(JSON.parse(JSON.stringify(claim))).toStrictEqual(claim);
      }),
    );
  });
});
