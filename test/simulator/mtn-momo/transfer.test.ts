import type { Simulator } from "mobile-money/simulator";
import { describe, expect, test } from "vitest";
import { createPlay, mtnMomo, mtnMomoToken, postRequestToPay } from "../raw-calls.js";

const transfer = {
  amount: "300",
  currency: "UGX",
  externalId: "payroll-7",
  payee: { partyIdType: "MSISDN", partyId: "256772123456" },
  payerMessage: "May",
  payeeNote: "Wages",
};

async function postTransfer(simulator: Simulator, body: unknown = transfer) {
  const reference = crypto.randomUUID();
  const answer = await mtnMomo(simulator, "/disbursement/v1_0/transfer", {
    method: "POST",
    headers: { "x-reference-id": reference },
    body,
  });
  return { reference, answer };
}

const statusOf = async (simulator: Simulator, reference: string) =>
  (await mtnMomo(simulator, `/disbursement/v1_0/transfer/${reference}`)).text();

describe("transfer", () => {
  test("takes from the merchant and gives to the payee, in the order of fields seen on the wire", async () => {
    const { simulator, clock } = createPlay({ mtnMomo: { environment: "mtnuganda", balance: "1000" } });
    const phone = simulator.phones.get("256772123456").hasBalance("50");
    const { reference, answer } = await postTransfer(simulator);
    expect(answer.status).toBe(202);
    expect(await statusOf(simulator, reference)).toContain('"status":"PENDING"');
    await clock.advance(100);
    expect(await statusOf(simulator, reference)).toMatch(
      /^\{"amount":"300","currency":"UGX","financialTransactionId":"\d{10}","externalId":"payroll-7","payee":\{"partyIdType":"MSISDN","partyId":"256772123456"\},"payerMessage":"May","payeeNote":"Wages","status":"SUCCESSFUL"\}$/,
    );
    expect([phone.balance, simulator.ledger.merchantBalance("mtn_momo")]).toEqual(["350", "700"]);
    expect(simulator.ledger.executions("payroll-7")).toMatchObject([{ payee: "256772123456", reference }]);
    expect(phone.prompts).toHaveLength(0);
  });

  test("more than the merchant holds is NOT_ENOUGH_FUNDS", async () => {
    const { simulator, clock } = createPlay({ mtnMomo: { environment: "mtnuganda", balance: "299.99" } });
    const { reference } = await postTransfer(simulator);
    await clock.advance(100);
    expect(await statusOf(simulator, reference)).toContain('"reason":"NOT_ENOUGH_FUNDS"');
    expect(simulator.ledger.merchantBalance("mtn_momo")).toBe("299.99");
  });

  test("a payee of another country is not found", async () => {
    const { simulator, clock } = createPlay({ mtnMomo: { environment: "mtnuganda" } });
    const { reference } = await postTransfer(simulator, {
      ...transfer,
      payee: { partyIdType: "MSISDN", partyId: "0772123456" },
    });
    await clock.advance(100);
    expect(await statusOf(simulator, reference)).toContain('"reason":"PAYEE_NOT_FOUND"');
  });

  test("in the sandbox it is done at once", async () => {
    const { simulator } = createPlay();
    const { reference } = await postTransfer(simulator, { ...transfer, currency: "EUR" });
    expect(await statusOf(simulator, reference)).toContain('"status":"SUCCESSFUL"');
  });

  test("a reference belongs to its operation, and is used for all", async () => {
    const { simulator } = createPlay();
    const { reference } = await postRequestToPay(simulator);
    const answer = await mtnMomo(simulator, `/disbursement/v1_0/transfer/${reference}`);
    expect(answer.status).toBe(404);
    const again = await mtnMomo(simulator, "/disbursement/v1_0/transfer", {
      method: "POST",
      headers: { "x-reference-id": reference },
      body: { ...transfer, currency: "EUR" },
    });
    expect(again.status).toBe(409);
  });

  test("a collection token does not open it", async () => {
    const { simulator } = createPlay();
    const answer = await mtnMomo(simulator, "/disbursement/v1_0/account/balance", {
      headers: { authorization: `Bearer ${await mtnMomoToken(simulator, "collection")}` },
    });
    expect(await answer.json()).toMatchObject({ code: "NOT_ALLOWED_TARGET_ENVIRONMENT" });
  });
});
