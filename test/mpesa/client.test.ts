import { isMobileMoneyError, type PendingRef, type ProviderPayment, StillPendingError } from "mobile-money";
import { describe, expect, test } from "vitest";
import { type Answer, broken, empty, html, json, meanwhile, silence } from "../support/answers.js";
import { mpesaHost, mpesaRoutes, sandboxPasskey, setUpMpesa } from "../support/clients.js";
import { failure, rejection } from "../support/failure.js";
import { operation } from "../support/operation.js";
import { readCases } from "../support/read-cases.js";
import { acknowledgement, darajaError, mpesaRefusals, queryAnswer, strangeAnswers } from "./answers.js";
import { rightPush } from "./requests.js";

const { query: route } = mpesaRoutes;
const pending = {
  provider: "mpesa",
  operation: "stk.push",
  reference: "5a8a1f0c-2d8a-4c55-9c61-0f1a2b3c4d5e",
  providerReference: acknowledgement.CheckoutRequestID,
} as const;
/** What was known before the question: a query names neither amount nor payer. */
const known = {
  ...pending,
  amount: { amount: "1500", currency: "KES" },
  party: "254708374149",
  merchantReference: "ORDER1042",
} as const;
const { providerReference: _, ...withoutProviderReference } = pending;

const result = (code: unknown, description = "A description."): Answer =>
  json(200, queryAnswer(code, description));
const inProgress = darajaError("500.001.1001", "The transaction is being processed");
const unknownId = darajaError("400.002.02", "Bad Request - Invalid CheckoutRequestID");

const exactQuery = (timestamp: string) => ({
  method: "POST",
  url: `${mpesaHost}/mpesa/stkpushquery/v1/query`,
  headers: { authorization: "Bearer token-1", "content-type": "application/json" },
  body: {
    BusinessShortCode: "174379",
    Password: btoa(`174379${sandboxPasskey}${timestamp}`),
    Timestamp: timestamp,
    CheckoutRequestID: pending.providerReference,
  },
});

operation("mpesa.lookUp", {
  exactRequest() {
    test("the query for its CheckoutRequestID", async () => {
      const { client, host } = setUpMpesa();
      host.answer(route, result("0"));
      await client.lookUp(pending);
      expect(host.to(route)).toStrictEqual([exactQuery("20261123120000")]);
    });

    test("none without a CheckoutRequestID: M-Pesa can't be asked", async () => {
      const { client, host } = setUpMpesa();
      await expect(client.lookUp(withoutProviderReference)).resolves.toStrictEqual({
        ...withoutProviderReference,
        status: "unknown",
        detail: expect.stringContaining("callback"),
      });
      expect(host.requests).toEqual([]);
    });
  },

  accepted() {
    const lookUp = (answer: Answer): Promise<ProviderPayment> => {
      const { client, host } = setUpMpesa();
      host.answer(route, answer);
      return client.lookUp(known);
    };

    test.each([
      ["0", result("0"), { status: "succeeded" }],
      ["4999", result("4999"), { status: "pending" }],
      ["500.001.1001 being processed", inProgress, { status: "pending" }],
      [
        "1032",
        result("1032", "Request cancelled by user"),
        {
          status: "failed",
          reason: "declined_by_payer",
          reasonCode: "1032",
          reasonMessage: "Request cancelled by user",
        },
      ],
      [
        "a code in no list",
        result("SFC_IC9999"),
        { status: "unknown", providerStatus: "SFC_IC9999", detail: expect.any(String) },
      ],
      ["an id that M-Pesa does not know", unknownId, { status: "unknown", detail: expect.any(String) }],
    ])("%s, with what was known before", async (_title, answer, ending) => {
      const payment = await lookUp(answer);
      expect(payment).toStrictEqual({ ...known, ...ending });
      expect(JSON.parse(JSON.stringify(payment))).toStrictEqual(payment);
    });

    test("takes what the push returned", async () => {
      const { client, host } = setUpMpesa({ account: "shop-1" });
      host.answer(mpesaRoutes.push, json(200, acknowledgement));
      host.answer(route, result("0"));
      const taken = await client.stk.push(rightPush);
      await expect(client.lookUp(taken)).resolves.toStrictEqual({
        ...known,
        reference: taken.reference,
        account: "shop-1",
        status: "succeeded",
      });
    });

    test("takes what an error carries: without a CheckoutRequestID the callback must tell", async () => {
      const { client, host, run } = setUpMpesa();
      host.answer(mpesaRoutes.push, broken);
      const push = client.stk.push(rightPush);
      const error = await run(failure(push));
      if (!isMobileMoneyError(error) || error.code !== "outcome_unknown") throw error;
      await expect(client.lookUp(error.pending)).resolves.toMatchObject({
        status: "unknown",
        reference: error.reference,
      });
    });
  },

  ...readCases({
    setUp() {
      const { client, host, clock } = setUpMpesa();
      return { host, clock, call: (options) => client.lookUp(pending, options) };
    },
    route,
    refused: mpesaRefusals({ sendsWhenThrottled: 3 }),
    malformed: [
      ...strangeAnswers,
      ["200 without a ResultCode", json(200, acknowledgement)],
      [
        "200 about another push",
        json(200, { ...queryAnswer("0"), CheckoutRequestID: "ws_CO_27112025133814625708374149" }),
      ],
    ],
  }),
});

operation("mpesa.waitForOutcome", {
  exactRequest() {
    test("asks at once, then after 2, 3, 5, 10, 20 and every 30 s, signed anew each time", async () => {
      const { client, host, run } = setUpMpesa();
      host.answer(route, inProgress);
      await run(rejection(client.waitForOutcome(pending, { timeoutMs: 75_000 })));
      const seconds = ["00", "02", "05", "10", "20", "40"];
      expect(host.to(route)).toStrictEqual([
        ...seconds.map((second) => exactQuery(`202611231200${second}`)),
        exactQuery("20261123120110"),
      ]);
    });
  },

  accepted() {
    const wait = (...answers: [Answer, ...Answer[]]) => {
      const { client, host, run } = setUpMpesa();
      host.answer(route, ...answers);
      return run(client.waitForOutcome(known));
    };

    test.each([
      ["being processed", inProgress],
      ["under processing", result("4999")],
      ["of a code in no list", result("SFC_IC9999")],
      ["not known to M-Pesa yet", unknownId],
    ])("a push that is %s is asked for until it has succeeded", async (_title, open) => {
      await expect(wait(open, open, result("0"))).resolves.toStrictEqual({ ...known, status: "succeeded" });
    });

    test("a push that failed is an outcome, not an error", async () => {
      await expect(wait(inProgress, result("1"))).resolves.toMatchObject({
        ...known,
        status: "failed",
        reason: "insufficient_funds",
      });
    });
  },

  refused() {
    test("wrong keys end the waiting at once", async () => {
      const { client, host, clock, run } = setUpMpesa();
      host.answer(route, darajaError("500.001.1001", "Wrong credentials"));
      await expect(run(failure(client.waitForOutcome(pending)))).resolves.toMatchObject({
        code: "authentication_failed",
      });
      expect(host.to(route)).toHaveLength(1);
      expect(clock.monotonic()).toBe(0);
    });

    test.each([
      ["throttling", darajaError("500.003.02", "Error Occurred: Spike Arrest Violation")],
      ["an outage", empty(503)],
      ["a busy system", darajaError("500.003.02", "System is busy. Please try again in few minutes.")],
    ])("%s passes: asked again later", async (_title, answer) => {
      const { client, host, run } = setUpMpesa();
      host.answer(route, answer, answer, answer, answer, result("0"));
      await expect(run(client.waitForOutcome(pending))).resolves.toMatchObject({ status: "succeeded" });
    });
  },

  unanswered() {
    test("a broken connection passes: asked again later", async () => {
      const { client, host, run } = setUpMpesa();
      host.answer(route, broken, broken, broken, broken, result("0"));
      await expect(run(client.waitForOutcome(pending))).resolves.toMatchObject({ status: "succeeded" });
    });

    test("still pending at the deadline → StillPendingError with the payment as last seen", async () => {
      const { client, host, clock, run } = setUpMpesa();
      host.answer(route, inProgress);
      const error = await run(failure(client.waitForOutcome(known)));
      expect(error).toBeInstanceOf(StillPendingError);
      expect(error).toMatchObject({
        code: "still_pending",
        provider: "mpesa",
        isRetryable: true,
        waitedMs: 90_000,
        payment: { ...known, status: "pending" },
      });
      expect(clock.monotonic()).toBe(90_000);
    });

    test("without a CheckoutRequestID: waits for the deadline, and asks nobody", async () => {
      const { client, host, run } = setUpMpesa();
      const error = await run(failure(client.waitForOutcome(withoutProviderReference)));
      expect(error).toMatchObject({ code: "still_pending", payment: { status: "unknown" } });
      expect(host.requests).toEqual([]);
    });

    test("no answer until the deadline → StillPendingError", async () => {
      const { client, host, clock, run } = setUpMpesa();
      host.answer(route, silence);
      const error = await run(failure(client.waitForOutcome(pending, { timeoutMs: 5_000 })));
      expect(error).toMatchObject({ code: "still_pending", payment: { ...pending, status: "pending" } });
      expect(clock.monotonic()).toBe(5_000);
    });

    test("an abort before → the caller's own reason, and no request", async () => {
      const { client, host, run } = setUpMpesa();
      const reason = new Error("changed my mind");
      const waiting = client.waitForOutcome(pending, { signal: AbortSignal.abort(reason) });
      await expect(run(rejection(waiting))).resolves.toBe(reason);
      expect(host.requests).toEqual([]);
    });

    test("an abort during a question → the caller's own reason, and no other request", async () => {
      const { client, host, run } = setUpMpesa();
      const controller = new AbortController();
      const reason = new Error("changed my mind");
      host.answer(
        route,
        meanwhile(() => controller.abort(reason), silence),
      );
      const waiting = client.waitForOutcome(pending, { signal: controller.signal });
      await expect(run(rejection(waiting))).resolves.toBe(reason);
      expect(host.to(route)).toHaveLength(1);
    });
  },

  malformed() {
    test("HTML passes: asked again later", async () => {
      const { client, host, run } = setUpMpesa();
      host.answer(route, html(403), html(403), html(403), result("0"));
      await expect(run(client.waitForOutcome(pending))).resolves.toMatchObject({ status: "succeeded" });
    });

    test("HTML until the deadline → StillPendingError, whose cause says why", async () => {
      const { client, host, run } = setUpMpesa();
      host.answer(route, html(403));
      await expect(run(failure(client.waitForOutcome(pending)))).resolves.toMatchObject({
        code: "still_pending",
        payment: { ...pending, status: "pending" },
        cause: { code: "response_invalid" },
      });
    });
  },
});

describe("a payment that is not this client's", () => {
  const strangers: readonly (readonly [string, PendingRef, string])[] = [
    ["of MTN", { ...pending, provider: "mtn_momo", operation: "collection.request_to_pay" }, "operation"],
    ["of an operation that M-Pesa has not", { ...pending, operation: "disbursement.transfer" }, "operation"],
    ["of another account", { ...pending, account: "shop-2" }, "account"],
    ["without an operation", { provider: "mpesa", reference: pending.reference } as PendingRef, "operation"],
    ["with a reference that is no UUID", { ...pending, reference: "order-1042" }, "reference"],
    ["without a reference", { provider: "mpesa", operation: "stk.push" } as PendingRef, "reference"],
    ["that is no object", "order-1042" as unknown as PendingRef, "operation"],
    ["that is missing", undefined as unknown as PendingRef, "operation"],
    ["with a CheckoutRequestID that is none", { ...pending, providerReference: "../x" }, "providerReference"],
  ];

  test.each(strangers)("%s → RequestInvalidError, and no request", async (_title, stranger, field) => {
    const { client, host } = setUpMpesa();
    for (const call of [() => client.lookUp(stranger), () => client.waitForOutcome(stranger)]) {
      await expect(failure(call())).resolves.toMatchObject({
        code: "request_invalid",
        issues: [{ field, remedy: expect.any(String) }],
      });
    }
    expect(host.requests).toEqual([]);
  });
});

test("supports collections in KES from Kenyan numbers, and nothing else", () => {
  const { client } = setUpMpesa();
  const request = {
    direction: "collect",
    phoneNumber: "0712 345 678",
    amount: { amount: "1", currency: "KES" },
  } as const;
  expect(client.supports(request)).toBe(true);
  expect(client.supports({ ...request, phoneNumber: "+256772123456" })).toBe(false);
  expect(client.supports({ ...request, amount: { amount: "1", currency: "UGX" } })).toBe(false);
  expect(client.supports({ ...request, direction: "pay_out" })).toBe(false);
});
