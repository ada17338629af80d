import { type MtnMomoPayment, type PendingRef, StillPendingError } from "mobile-money";
import { describe, expect, test } from "vitest";
import { type Answer, broken, empty, html, json, meanwhile, silence } from "../support/answers.js";
import { mtnMomoHost, setUpMtnMomo } from "../support/clients.js";
import { failure, rejection } from "../support/failure.js";
import { operation } from "../support/operation.js";
import { readCases } from "../support/read-cases.js";
import { mtnMomoReadRefusals, strangeStatuses, unreadableBodies, walletError, wrongKey } from "./answers.js";
import { productHeaders, requestToPay, tokenRequest, transfer } from "./products.js";
import { askedReference, wireTransaction } from "./transaction-cases.js";

const route = `GET ${requestToPay.path}/${askedReference}`;
const pending = {
  provider: "mtn_momo",
  operation: "collection.request_to_pay",
  reference: askedReference,
} as const;
const facts = {
  ...pending,
  amount: { amount: "100", currency: "EUR" },
  party: "46700000001",
  merchantReference: "order-1001",
  payerMessage: "Order 1001",
  payeeNote: "Shop payment",
};
const transaction = (status: string, changes: object = {}): Answer =>
  json(200, wireTransaction(requestToPay, { status, ...changes }));
const notFound = walletError(404, "RESOURCE_NOT_FOUND", "Requested resource was not found.");

operation("momo.lookUp", {
  exactRequest() {
    test.each([requestToPay, transfer])("the read of $operation, in its product", async (kind) => {
      const { client, host } = setUpMtnMomo();
      host.answer(`GET ${kind.path}/${askedReference}`, json(200, wireTransaction(kind)));
      await client.lookUp({ ...pending, operation: kind.operation });
      expect(host.requests).toStrictEqual([
        tokenRequest(kind.product),
        {
          method: "GET",
          url: `${mtnMomoHost}${kind.path}/${askedReference}`,
          headers: productHeaders(kind.product),
          body: undefined,
        },
      ]);
    });
  },

  accepted() {
    const lookUp = (answer: Answer): Promise<MtnMomoPayment> => {
      const { client, host } = setUpMtnMomo();
      host.answer(route, answer);
      return client.lookUp(pending);
    };

    test.each([
      ["PENDING", { status: "pending" }],
      ["CREATED", { status: "pending" }],
      ["FAILED", { status: "failed", reason: "expired", reasonCode: "EXPIRED" }],
      ["ONGOING", { status: "unknown", providerStatus: "ONGOING", detail: expect.any(String) }],
    ])("%s", async (status, ending) => {
      const answer = transaction(status, { financialTransactionId: undefined, reason: "EXPIRED" });
      await expect(lookUp(answer)).resolves.toStrictEqual({ ...facts, ...ending });
    });

    test("SUCCESSFUL", async () => {
      const numbers = { transactionId: "1400000001", financialTransactionId: "1400000001" };
      await expect(lookUp(transaction("SUCCESSFUL"))).resolves.toStrictEqual({
        ...facts,
        status: "succeeded",
        ...numbers,
      });
    });

    test("a reference that MTN does not know, or not yet, proves nothing → unknown", async () => {
      await expect(lookUp(notFound)).resolves.toStrictEqual({
        ...pending,
        status: "unknown",
        detail: expect.any(String),
      });
    });

    test("takes what the operation returned, and what an error carries", async () => {
      const { client, host, run } = setUpMtnMomo();
      host.answer(`POST ${requestToPay.path}`, broken);
      const request = { payer: "46700000001", amount: { amount: "100", currency: "EUR" } } as const;
      const error = await run(
        failure(client.collection.requestToPay({ ...request, reference: askedReference })),
      );
      host.answer(route, transaction("SUCCESSFUL"));
      const { pending: kept } = error as unknown as { pending: PendingRef };
      await expect(client.lookUp(kept)).resolves.toMatchObject({ status: "succeeded" });
      host.answer(`POST ${requestToPay.path}`, empty(202));
      const taken = await client.collection.requestToPay({ ...request, reference: askedReference });
      await expect(client.lookUp(taken)).resolves.toMatchObject({ status: "succeeded" });
    });

    test("keeps the account", async () => {
      const { client, host } = setUpMtnMomo({ account: "shop-1" });
      host.answer(route, transaction("PENDING"));
      await expect(client.lookUp({ ...pending, account: "shop-1" })).resolves.toMatchObject({
        account: "shop-1",
        status: "pending",
      });
    });
  },

  ...readCases({
    setUp() {
      const { client, host, clock } = setUpMtnMomo();
      return { host, clock, call: (options) => client.lookUp(pending, options) };
    },
    route,
    refused: mtnMomoReadRefusals.filter(({ providerCode }) => providerCode !== "RESOURCE_NOT_FOUND"),
    malformed: [
      ...unreadableBodies.map(([title, answer]) => [title, answer(200)] as const),
      ...strangeStatuses,
      ["no status", json(200, { amount: "100" })],
      ["a status of another type", transaction("", { status: 1.5, payer: [] })],
    ],
  }),
});

operation("momo.waitForOutcome", {
  exactRequest() {
    test("asks at once, then after 2, 3, 5, 10, 20 and every 30 s", async () => {
      const { client, host, clock, run } = setUpMtnMomo();
      const askedAt: number[] = [];
      const open = transaction("PENDING");
      host.answer(route, (request) => {
        askedAt.push(clock.monotonic() / 1_000);
        return open(request);
      });
      await run(rejection(client.waitForOutcome(pending, { timeoutMs: 120_000 })));
      expect(askedAt).toEqual([0, 2, 5, 10, 20, 40, 70, 100]);
    });

    test.each([requestToPay, transfer])("the read of $operation, in its product", async (kind) => {
      const { client, host } = setUpMtnMomo();
      host.answer(`GET ${kind.path}/${askedReference}`, json(200, wireTransaction(kind)));
      await client.waitForOutcome({ ...pending, operation: kind.operation });
      expect(host.requests).toStrictEqual([
        tokenRequest(kind.product),
        {
          method: "GET",
          url: `${mtnMomoHost}${kind.path}/${askedReference}`,
          headers: productHeaders(kind.product),
          body: undefined,
        },
      ]);
    });
  },

  accepted() {
    const wait = (...answers: [Answer, ...Answer[]]) => {
      const { client, host, run } = setUpMtnMomo();
      host.answer(route, ...answers);
      return run(client.waitForOutcome(pending));
    };

    test.each([
      ["pending", transaction("PENDING")],
      ["created", transaction("CREATED")],
      ["of a status that is not known", transaction("ONGOING")],
      ["not visible yet", notFound],
    ])("a payment that is %s is asked for until it has succeeded", async (_, open) => {
      await expect(wait(open, open, transaction("SUCCESSFUL"))).resolves.toMatchObject({
        ...facts,
        status: "succeeded",
        financialTransactionId: "1400000001",
      });
    });

    test("a payment that failed is an outcome, not an error", async () => {
      const failed = transaction("FAILED", { reason: "NOT_ENOUGH_FUNDS" });
      await expect(wait(transaction("PENDING"), failed)).resolves.toMatchObject({
        ...facts,
        status: "failed",
        reason: "insufficient_funds",
        reasonCode: "NOT_ENOUGH_FUNDS",
      });
    });
  },

  refused() {
    test("a wrong key ends the waiting at once", async () => {
      const { client, host, clock, run } = setUpMtnMomo();
      host.answer(route, wrongKey);
      await expect(run(failure(client.waitForOutcome(pending)))).resolves.toMatchObject({
        code: "authentication_failed",
      });
      expect(host.to(route)).toHaveLength(1);
      expect(clock.monotonic()).toBe(0);
    });

    test.each([
      ["throttling", empty(429)],
      ["an outage", walletError(503, "SERVICE_UNAVAILABLE")],
    ])("%s passes: asked again later", async (_, answer) => {
      const { client, host, run } = setUpMtnMomo();
      host.answer(route, answer, answer, answer, answer, transaction("SUCCESSFUL"));
      await expect(run(client.waitForOutcome(pending))).resolves.toMatchObject({ status: "succeeded" });
    });
  },

  unanswered() {
    test("a broken connection passes: asked again later", async () => {
      const { client, host, run } = setUpMtnMomo();
      host.answer(route, broken, broken, broken, broken, transaction("SUCCESSFUL"));
      await expect(run(client.waitForOutcome(pending))).resolves.toMatchObject({ status: "succeeded" });
    });

    test("still pending at the deadline → StillPendingError with the payment as last seen", async () => {
      const { client, host, clock, run } = setUpMtnMomo();
      host.answer(route, transaction("PENDING"));
      const error = await run(failure(client.waitForOutcome(pending, { timeoutMs: 8_000 })));
      expect(error).toBeInstanceOf(StillPendingError);
      expect(error).toMatchObject({
        code: "still_pending",
        provider: "mtn_momo",
        isRetryable: true,
        waitedMs: 8_000,
        payment: { ...facts, status: "pending" },
      });
      expect(clock.monotonic()).toBe(8_000);
    });

    test("90 s when no deadline is given", async () => {
      const { client, host, clock, run } = setUpMtnMomo();
      host.answer(route, notFound);
      const error = await run(failure(client.waitForOutcome(pending)));
      expect(error).toMatchObject({ code: "still_pending", payment: { ...pending, status: "unknown" } });
      expect(clock.monotonic()).toBe(90_000);
    });

    test("no answer until the deadline → StillPendingError", async () => {
      const { client, host, clock, run } = setUpMtnMomo();
      host.answer(route, silence);
      const error = await run(failure(client.waitForOutcome(pending, { timeoutMs: 5_000 })));
      expect(error).toMatchObject({ code: "still_pending", payment: { ...pending, status: "pending" } });
      expect(clock.monotonic()).toBe(5_000);
    });

    test("an abort before → the caller's own reason, and no request", async () => {
      const { client, host, run } = setUpMtnMomo();
      const reason = new Error("changed my mind");
      const waiting = client.waitForOutcome(pending, { signal: AbortSignal.abort(reason) });
      await expect(run(rejection(waiting))).resolves.toBe(reason);
      expect(host.requests).toEqual([]);
    });

    test.each([
      [
        "during a question",
        (controller: AbortController, reason: Error) => meanwhile(() => controller.abort(reason), silence),
      ],
      ["between two questions", () => transaction("PENDING")],
    ])("an abort %s → the caller's own reason, and no other request", async (_, answer) => {
      const { client, host, clock, run } = setUpMtnMomo();
      const controller = new AbortController();
      const reason = new Error("changed my mind");
      host.answer(route, answer(controller, reason));
      clock.after(1_000, () => controller.abort(reason));
      const waiting = client.waitForOutcome(pending, { signal: controller.signal });
      await expect(run(rejection(waiting))).resolves.toBe(reason);
      expect(host.to(route)).toHaveLength(1);
    });
  },

  malformed() {
    test.each([
      ["HTML", html(200)],
      ["no body", empty(200)],
      ["a firewall's page", html(403)],
    ])("%s until the deadline → StillPendingError, whose cause says why", async (_, answer) => {
      const { client, host, run } = setUpMtnMomo();
      host.answer(route, answer);
      await expect(run(failure(client.waitForOutcome(pending)))).resolves.toMatchObject({
        code: "still_pending",
        payment: { ...pending, status: "pending" },
        cause: { code: "response_invalid" },
      });
    });

    test("HTML passes: asked again later", async () => {
      const { client, host, run } = setUpMtnMomo();
      host.answer(route, html(200), html(200), html(200), transaction("SUCCESSFUL"));
      await expect(run(client.waitForOutcome(pending))).resolves.toMatchObject({ status: "succeeded" });
    });
  },
});

describe("a payment that is not this client's", () => {
  const strangers: readonly (readonly [string, PendingRef, string])[] = [
    ["of M-Pesa", { ...pending, provider: "mpesa", operation: "stk.push" }, "operation"],
    ["of an operation that MTN has not", { ...pending, operation: "stk.push" }, "operation"],
    [
      "of an operation named like a member of every object",
      { ...pending, operation: "__proto__" },
      "operation",
    ],
    ["of another account", { ...pending, account: "shop-2" }, "account"],
    ["with a reference that is no UUID", { ...pending, reference: "order-1042" }, "reference"],
    ["without an operation", { provider: "mtn_momo", reference: askedReference } as PendingRef, "operation"],
    [
      "without a reference",
      { provider: "mtn_momo", operation: pending.operation } as PendingRef,
      "reference",
    ],
    ["that is no object", "order-1042" as unknown as PendingRef, "operation"],
    ["that is missing", undefined as unknown as PendingRef, "operation"],
  ];

  test.each(strangers)(
    "%s → RequestInvalidError from lookUp and waitForOutcome, and no request",
    async (_, ref, field) => {
      const { client, host } = setUpMtnMomo();
      for (const call of [() => client.lookUp(ref), () => client.waitForOutcome(ref)]) {
        await expect(failure(call())).resolves.toMatchObject({
          code: "request_invalid",
          issues: [{ field, remedy: expect.any(String) }],
        });
      }
      expect(host.requests).toEqual([]);
    },
  );
});

describe("supports", () => {
  test.each([
    ["0772 123 456", "UGX", true],
    ["+256772123456", "UGX", true],
    ["254712345678", "UGX", false],
    ["0772 123 456", "KES", false],
    ["not a number", "UGX", false],
  ] as const)("%s in %s at mtnuganda: %s", (phoneNumber, currency, fits) => {
    const { client } = setUpMtnMomo({ environment: "mtnuganda" });
    for (const direction of ["collect", "pay_out"] as const) {
      expect(client.supports({ direction, phoneNumber, amount: { amount: "1", currency } })).toBe(fits);
    }
  });

  test("both currencies of Liberia", () => {
    const { client } = setUpMtnMomo({ environment: "mtnliberia" });
    for (const currency of ["LRD", "USD"] as const) {
      const request = {
        direction: "collect",
        phoneNumber: "0770123456",
        amount: { amount: "1", currency },
      } as const;
      expect(client.supports(request)).toBe(true);
    }
  });
});
