import { describe, expect, test } from "vitest";
import { createPlay, mtnMomo, postRequestToPay, requestToPay, requestToPayStatus } from "../raw-calls.js";

const atOnce = [
  ["46733123450", "INTERNAL_PROCESSING_ERROR", "INTERNAL_PROCESSING_ERROR"],
  ["46733123451", "APPROVAL_REJECTED", "APPROVAL_REJECTED"],
  ["46733123452", "EXPIRED", "EXPIRED"],
  ["46733123455", "PAYER_NOT_FOUND", "NOT_ENOUGH_FUNDS"],
  ["46733123456", "PAYEE_NOT_ALLOWED_TO_RECEIVE", "PAYER_LIMIT_REACHED"],
  ["46733123457", "NOT_ALLOWED", "PAYEE_NOT_FOUND"],
  ["46733123458", "NOT_ALLOWED_TARGET_ENVIRONMENT", "NOT_ALLOWED"],
  ["46733123459", "INVALID_CALLBACK_URL_HOST", "NOT_ALLOWED_TARGET_ENVIRONMENT"],
  ["46733123460", "INVALID_CURRENCY", "INVALID_CALLBACK_URL_HOST"],
  ["46733123461", "INTERNAL_PROCESSING_ERROR", "INVALID_CURRENCY"],
  ["46733123462", "SERVICE_UNAVAILABLE", "INTERNAL_PROCESSING_ERROR"],
  ["46733123463", "COULD_NOT_PERFORM_TRANSACTION", "SERVICE_UNAVAILABLE"],
] as const;

describe("sandbox magic numbers", () => {
  test.each(atOnce)(
    "%s: request to pay fails with %s, transfer with %s",
    async (partyId, payerReason, payeeReason) => {
      const { simulator } = createPlay();
      const party = { partyIdType: "MSISDN", partyId };
      const { reference, answer } = await postRequestToPay(simulator, { ...requestToPay, payer: party });
      expect(answer.status).toBe(202);
      const body = await requestToPayStatus(simulator, reference);
      expect(JSON.parse(body)).toMatchObject({ status: "FAILED", reason: payerReason });
      expect(body).not.toContain("financialTransactionId");

      const { payer: _, ...transfer } = { ...requestToPay, payee: party };
      const transferReference = crypto.randomUUID();
      await mtnMomo(simulator, "/disbursement/v1_0/transfer", {
        method: "POST",
        headers: { "x-reference-id": transferReference },
        body: transfer,
      });
      const transferStatus = await mtnMomo(simulator, `/disbursement/v1_0/transfer/${transferReference}`);
      expect(await transferStatus.json()).toMatchObject({ status: "FAILED", reason: payeeReason });
      expect(simulator.ledger.all).toHaveLength(0);
    },
  );

  test("…453 stays PENDING and expires after three minutes", async () => {
    const { simulator, clock } = createPlay();
    const payer = { partyIdType: "MSISDN", partyId: "46733123453" };
    const { reference } = await postRequestToPay(simulator, { ...requestToPay, payer });
    await clock.advance(179_999);
    expect(await requestToPayStatus(simulator, reference)).toContain('"status":"PENDING"');
    await clock.advance(1);
    expect(await requestToPayStatus(simulator, reference)).toContain('"status":"FAILED","reason":"EXPIRED"');
  });

  test("…454 is CREATED and succeeds after 25 seconds", async () => {
    const { simulator, clock } = createPlay();
    const payer = { partyIdType: "MSISDN", partyId: "46733123454" };
    const { reference } = await postRequestToPay(simulator, { ...requestToPay, payer });
    await clock.advance(24_999);
    expect(await requestToPayStatus(simulator, reference)).toContain('"status":"CREATED"');
    await clock.advance(1);
    expect(await requestToPayStatus(simulator, reference)).toContain('"status":"SUCCESSFUL"');
    expect(simulator.ledger.executions(reference)).toHaveLength(1);
  });

  test.each([
    ["msisdn/46733123450", 404, "RESOURCE_NOT_FOUND"],
    ["msisdn/46733123451", 500, "INTERNAL_PROCESSING_ERROR"],
    ["email/notallowed%40email.com", 500, "NOT_ALLOWED"],
    ["party_code/d2265f9b-0c22-496d-908f-79a65ad66266", 500, "NOT_ALLOWED_TARGET_ENVIRONMENT"],
    ["email/internalprocessingerror@email.com", 500, "INTERNAL_PROCESSING_ERROR"],
    ["msisdn/46733123455", 503, "SERVICE_UNAVAILABLE"],
  ])("account holder %s is %i %s", async (holder, status, code) => {
    const answer = await mtnMomo(createPlay().simulator, `/collection/v1_0/accountholder/${holder}/active`);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
  });
});
