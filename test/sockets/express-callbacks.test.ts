import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { callbacksPath } from "../../examples/express/shop/app.js";
import { c2bSecret, OpenShop, phones } from "./express-shop.js";

let shop: OpenShop;
beforeEach(async () => {
  shop = await OpenShop.open();
});
afterEach(() => vi.useRealTimers());

const methods = ["POST", "PUT"] as const;

function stkResult(checkoutRequestId: string, resultCode = 0, amount = 1500) {
  const Item = [
    { Name: "Amount", Value: amount },
    { Name: "MpesaReceiptNumber", Value: "UKPFORGED1" },
  ];
  return {
    Body: {
      stkCallback: {
        MerchantRequestID: "1-2-3",
        CheckoutRequestID: checkoutRequestId,
        ResultCode: resultCode,
        ResultDesc: "forged",
        ...(resultCode === 0 && { CallbackMetadata: { Item } }),
      },
    },
  };
}

function momoResult(status: string, amount = "42000") {
  const payer = { partyIdType: "MSISDN", partyId: phones.mtn_momo };
  return { status, amount, currency: "UGX", externalId: "A1001-1", payer, financialTransactionId: "1" };
}

describe("an address without the right secret", () => {
  test.each([
    ["the bare path", ""],
    ["a slash at the end", "/"],
    ["a secret that nobody has", `/${"f".repeat(32)}`],
    ["a secret that is not even text", "/%E0%A4%A"],
    ["the bare C2B paths", "/validate"],
    ["the bare C2B paths", "/confirm"],
    ["a wrong C2B secret", `/validate/${"f".repeat(32)}`],
    ["a short C2B secret", "/confirm/0"],
    ["a C2B secret elsewhere", `/${c2bSecret}`],
  ])("%s is 404 without a word, whatever the verb", async (_, path) => {
    await shop.orderAndPay("mpesa");
    for (const method of ["GET", "POST", "PUT", "DELETE"]) {
      const answer = await shop.ask(callbacksPath + path, { method });
      expect([answer.status, answer.body, answer.headers.get("content-type")]).toEqual([404, "", null]);
    }
    expect(shop.told("callback.received")).toBeLessThanOrEqual(1);
  });

  test("an address differs from payment to payment and holds no word that Safaricom forbids", async () => {
    await shop.orderAndPay("mpesa");
    const first = shop.callbackUrl;
    await shop.untilStatus("A1001-1", "succeeded");
    await shop.orderAndPay("mpesa");
    expect(shop.callbackUrl).not.toBe(first);
    expect(new URL(first).pathname).toMatch(/^\/api\/payments\/mobile-money\/webhook\/[0-9a-f]{32}$/);
    expect(first).not.toMatch(/m-?pesa|safaricom|exec?|cmd|sql|query/i);
  });
});

test.each(["GET", "DELETE", "PATCH"])("%s at the right address is 405", async (method) => {
  await shop.orderAndPay("mpesa");
  const answer = await shop.ask(new URL(shop.callbackUrl).pathname, { method });
  expect([answer.status, answer.body, answer.headers.get("allow")]).toEqual([405, "", "POST, PUT"]);
});

describe.each(["mtn_momo", "mpesa"] as const)("callbacks of %s", (provider) => {
  const creation = { mtn_momo: "collection.request_to_pay", mpesa: "stk.push" } as const;
  const question = { mtn_momo: "collection.get_request_to_pay", mpesa: "stk.query" } as const;
  const phone = () => shop.simulator.phones.get(phones[provider]);
  const result = (isSuccess: boolean) =>
    provider === "mpesa"
      ? stkResult(checkoutRequestId(), isSuccess ? 0 : 1032)
      : momoResult(isSuccess ? "SUCCESSFUL" : "FAILED");
  // The newest payment's id, as the network gave it: a forger who knows as much as can be known.
  const checkoutRequestId = () => {
    const event = shop.events.filter(({ kind }) => kind === "payment.changed").at(-1);
    return event && "attempt" in event ? (event.attempt.pending?.providerReference ?? "") : "";
  };

  test.each(methods)("come by %s", async (method) => {
    shop.simulator.scenario({ operation: creation[provider], do: "callback_method", method });
    await shop.orderAndPay(provider);
    await shop.untilStatus("A1001-1", "succeeded");
    await shop.simulator.idle();
    expect(shop.simulator.deliveries).toMatchObject([{ method, status: 200 }]);
  });

  test("that come before the answer count all the same", async () => {
    shop.simulator.scenario({ operation: creation[provider], do: "callback_before_answer" });
    const { view } = await shop.orderAndPay(provider);
    expect(view.status).toBe("succeeded");
    expect(shop.asked).toHaveLength(1);
    expect(shop.simulator.ledger.all).toHaveLength(1);
  });

  test("that come twice, or late, change nothing more", async () => {
    shop.simulator.scenario({ operation: creation[provider], do: "callback_twice" });
    const { order } = await shop.orderAndPay(provider);
    await shop.until(() => shop.told("callback.received") === 2);
    await shop.untilStatus("A1001-1", "succeeded");
    const view = await shop.status(order, "A1001-1");
    const asked = shop.questions.length;
    const changes = shop.told("payment.changed");

    for (const isSuccess of [true, false]) expect((await shop.callBack(result(isSuccess))).status).toBe(200);
    expect(await shop.status(order, "A1001-1")).toEqual(view);
    expect(shop.questions).toHaveLength(asked);
    expect(shop.told("payment.changed")).toBe(changes);
    expect(changes).toBe(2); // pending, succeeded

    await shop.callBack(provider === "mpesa" ? stkResult("ws_CO_other") : momoResult("SUCCESSFUL", "1"));
    expect(shop.told("callback.mismatch")).toBe(0);
  });

  test("that come at the same moment settle the payment once", async () => {
    shop.simulator.scenario({ operation: creation[provider], do: "callback_lost" });
    shop.simulator.scenario({ operation: question[provider], do: "delay", ms: 100, times: 2 });
    await shop.orderAndPay(provider);
    await shop.until(() => shop.simulator.ledger.all.length === 1);
    await Promise.all([shop.callBack(result(true)), shop.callBack(result(true))]);
    await shop.until(() => shop.questions.filter(({ status }) => status === 200).length === 2);
    await shop.untilStatus("A1001-1", "succeeded");
    await shop.shop.reconcile();
    expect(shop.told("payment.changed")).toBe(2); // pending, succeeded
  });

  test.each([true, false])("that are forged, success: %s, only make the shop ask", async (isSuccess) => {
    phone().ignores();
    const { order } = await shop.orderAndPay(provider);
    // No second passes, so that looking at the status asks nothing.
    vi.useFakeTimers({ toFake: ["Date"] });
    const answer = await shop.callBack(result(isSuccess));
    expect([answer.status, answer.body]).toEqual([200, { ResultCode: 0, ResultDesc: "Accepted" }]);
    await shop.until(() => shop.questions.at(-1)?.status !== undefined);
    expect((await shop.status(order, "A1001-1")).status).toBe("pending");
    expect(shop.questions).toHaveLength(1);
    expect(shop.simulator.ledger.all).toHaveLength(0);
  });

  test("that forge a success after a refusal do not make an order paid", async () => {
    phone().declines();
    const { order } = await shop.orderAndPay(provider);
    await shop.untilStatus("A1001-1", "failed");
    await shop.callBack(result(true));
    expect((await shop.status(order, "A1001-1")).status).toBe("failed");
  });

  test("that name another amount are set aside", async () => {
    phone().ignores();
    const { order } = await shop.orderAndPay(provider);
    const cheap = provider === "mpesa" ? stkResult(checkoutRequestId(), 0, 1) : momoResult("SUCCESSFUL", "1");
    expect((await shop.callBack(cheap)).status).toBe(200);
    await shop.until(() => shop.told("callback.mismatch") === 1);
    expect(shop.questions).toHaveLength(0);
    expect((await shop.status(order, "A1001-1")).status).toBe("pending");
  });

  test.each(["", "<html>", "[]", "{}", '"SUCCESSFUL"'])(
    "that cannot be read (%j) make the shop ask",
    async (body) => {
      shop.simulator.scenario({ operation: creation[provider], do: "callback_lost" });
      await shop.orderAndPay(provider);
      await shop.until(() => shop.simulator.ledger.all.length === 1);
      expect((await shop.callBack(body)).status).toBe(200);
      await shop.untilStatus("A1001-1", "succeeded");
      const [received] = shop.events.filter(({ kind }) => kind === "callback.received");
      expect(received).not.toHaveProperty("claim");
    },
  );

  test("that are too long are refused", async () => {
    phone().ignores();
    await shop.orderAndPay(provider);
    expect((await shop.callBack("x".repeat(70_000))).status).toBe(413);
    expect(shop.told("callback.received")).toBe(0);
  });

  test("are acknowledged before the network has answered", async () => {
    shop.simulator.scenario({ operation: creation[provider], do: "callback_lost" });
    shop.simulator.scenario({ operation: question[provider], do: "delay", ms: 200 });
    const { view } = await shop.orderAndPay(provider);
    await shop.until(() => shop.simulator.ledger.all.length === 1);
    expect((await shop.callBack(result(true))).status).toBe(200);
    expect(shop.told("payment.changed")).toBe(1); // pending
    await shop.untilStatus(view.reference, "succeeded");
  });

  test("are not lost when the network cannot be asked: the next one asks again", async () => {
    shop.simulator.scenario({ operation: creation[provider], do: "callback_lost" });
    shop.simulator.scenario({ operation: question[provider], do: "html_page", times: 3 });
    const { view } = await shop.orderAndPay(provider);
    await shop.until(() => shop.simulator.ledger.all.length === 1);
    await shop.callBack(result(true));
    await shop.until(() => shop.told("question.failed") === 1);
    expect(shop.told("payment.changed")).toBe(1); // pending
    await shop.callBack(result(true));
    await shop.untilStatus(view.reference, "succeeded");
  });
});

describe("a push whose answer was lost", () => {
  test("is not taken for another payment that was made", async () => {
    await shop.orderAndPay("mpesa");
    await shop.untilStatus("A1001-1", "succeeded");
    const [paid] = shop.simulator.ledger.all;

    shop.simulator.phones.get(phones.mpesa).ignores();
    shop.simulator.scenario({ operation: "stk.push", do: "lose_answer" });
    const { order } = await shop.orderAndPay("mpesa");
    await shop.callBack(stkResult(paid?.reference ?? ""));
    await shop.until(() => shop.told("callback.mismatch") === 1);
    expect((await shop.status(order, "A1002-1")).status).toBe("unknown");
    expect(shop.questions).toHaveLength(1);
  });

  test("is not found by an id that M-Pesa does not know", async () => {
    shop.simulator.phones.get(phones.mpesa).ignores();
    shop.simulator.scenario({ operation: "stk.push", do: "lose_answer" });
    const { order } = await shop.orderAndPay("mpesa");
    await shop.callBack(stkResult("ws_CO_251120260000000001712345678"));
    await shop.until(() => shop.questions.at(-1)?.status !== undefined);
    expect((await shop.status(order, "A1001-1")).status).toBe("unknown");
  });
});

test("a push whose answer has come is not asked for by another id", async () => {
  shop.simulator.phones.get(phones.mpesa).ignores();
  await shop.orderAndPay("mpesa");
  await shop.callBack(stkResult("ws_CO_251120260000000001712345678"));
  await shop.until(() => shop.told("callback.mismatch") === 1);
  expect(shop.questions).toHaveLength(0);
});

describe("a payment at the paybill that the shop did not ask for", () => {
  const claim = {
    TransID: "UKP1234567",
    TransAmount: "1500.00",
    BillRefNumber: "a1001 ",
    MSISDN: "2547 ***** 678",
  };
  const send = (route: "validate" | "confirm", json: unknown) =>
    shop.post(`${callbacksPath}/${route}/${c2bSecret}`, json);

  test.each([
    ["0", {}],
    ["C2B00012", { BillRefNumber: "A9999" }],
    ["C2B00013", { TransAmount: "1499.00" }],
    ["C2B00016", { TransAmount: "much" }],
    ["C2B00016", { TransID: undefined }],
  ])("is validated with %s", async (ResultCode, changes) => {
    await shop.order("KES");
    const answer = await send("validate", { ...claim, ...changes });
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ ResultCode })]);
  });

  test("is refused while, or after, the order is paid in another way; the shop's own push is not", async () => {
    shop.simulator.phones.get(phones.mpesa).ignores();
    await shop.orderAndPay("mpesa");
    expect((await send("validate", claim)).body).toMatchObject({ ResultCode: "C2B00016" });
    expect((await send("validate", { ...claim, BillRefNumber: "A1001-1" })).body).toMatchObject({
      ResultCode: "0",
    });
  });

  test("an order in another currency is none of the paybill's", async () => {
    await shop.order("UGX");
    expect((await send("validate", claim)).body).toMatchObject({ ResultCode: "C2B00013" });
  });

  test("is written down once when it is confirmed, and makes no order paid", async () => {
    const order = await shop.order("KES");
    for (const _ of [1, 2])
      expect((await send("confirm", claim)).body).toEqual({ ResultCode: 0, ResultDesc: "Success" });
    expect(shop.events).toEqual([
      {
        kind: "c2b.claimed",
        claim: { transactionId: "UKP1234567", account: "A1001", amount: { amount: "1500", currency: "KES" } },
      },
    ]);
    expect((await shop.pay("mpesa", order)).body.status).toBe("pending");
  });

  test("what cannot be read is acknowledged and ignored", async () => {
    expect((await send("confirm", ["?"])).status).toBe(200);
    expect(shop.events).toEqual([]);
  });
});
