import { StillPendingError } from "mobile-money";
import { expect, test } from "vitest";
import { type Answer, broken, empty, html, json, meanwhile, silence } from "../support/answers.js";
import { mtnMomoHost, setUpMtnMomo } from "../support/clients.js";
import { failure, rejection } from "../support/failure.js";
import { operation } from "../support/operation.js";
import { walletError, wrongKey } from "./answers.js";
import {
  askedFacts,
  askedReference,
  notFound,
  pending,
  route,
  transaction,
  wireTransaction,
} from "./asked-payment.js";
import { productHeaders, requestToPay, tokenRequest, transfer } from "./products.js";

const facts = askedFacts(requestToPay);

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
