import { ConnectionError, OutcomeUnknownError } from "mobile-money";
import { expect, test } from "vitest";
import { type Answer, broken, empty, html, json, meanwhile, silence, stalled } from "../support/answers.js";
import { firstReference, mtnMomoHost, setUpMtnMomo } from "../support/clients.js";
import { failure, rejection } from "../support/failure.js";
import type { FiveCases } from "../support/operation.js";
import { type Failing, testRefusals } from "../support/refusals.js";
import { mtnMomoRefusals, strangeStatuses, unreadableBodies, walletError } from "./answers.js";
import { type Kind, productHeaders, sending, tokenRequest } from "./products.js";

/** The five cases of an operation that moves money under a reference that MTN executes once. */
export function moneyCases(kind: Kind): FiveCases {
  const { product, operation, partyField, path } = kind;
  const route = `POST ${path}`;
  const ref = { provider: "mtn_momo", operation, reference: firstReference } as const;

  const failing: Failing = (asked, answer) => {
    const { client, host, run } = setUpMtnMomo();
    host.answer(asked, answer);
    return { host, error: run(failure(kind.send(client, sending))) };
  };

  /** Three requests, all the same one: MTN takes them for one payment. */
  const expectSameRequests = (requests: readonly unknown[], count: number) => {
    expect(requests).toHaveLength(count);
    for (const request of requests) expect(request).toStrictEqual(requests[0]);
  };

  return {
    exactRequest() {
      test("the fields that must be given", async () => {
        const { client, host } = setUpMtnMomo();
        host.answer(route, empty(202));
        await kind.send(client, sending);
        expect(host.requests).toStrictEqual([
          tokenRequest(product),
          {
            method: "POST",
            url: `${mtnMomoHost}${path}`,
            headers: {
              ...productHeaders(product),
              "content-type": "application/json",
              "x-reference-id": firstReference,
            },
            body: {
              amount: "12.5",
              currency: "EUR",
              externalId: firstReference,
              [partyField]: { partyIdType: "MSISDN", partyId: "46700000001" },
            },
          },
        ]);
      });

      test("every field", async () => {
        const { client, host } = setUpMtnMomo({ callbackUrl: "https://shop.example/not-this-one" });
        host.answer(route, empty(202));
        await kind.send(client, {
          party: "+46 70-000 00 01",
          amount: { amount: "0012.50", currency: "EUR" },
          externalId: "order:2026/11_1042.a-b",
          payerMessage: "Order 1042, thank you",
          payeeNote: "Commande no 7, réglée (1/2)",
          reference: "5A8A1F0C-2D8A-4C55-9C61-0F1A2B3C4D5E",
          callbackUrl: "https://shop.example/hooks/momo?order=1042",
        });
        expect(host.to(route)).toStrictEqual([
          {
            method: "POST",
            url: `${mtnMomoHost}${path}`,
            headers: {
              ...productHeaders(product),
              "content-type": "application/json",
              "x-reference-id": "5a8a1f0c-2d8a-4c55-9c61-0f1a2b3c4d5e",
              "x-callback-url": "https://shop.example/hooks/momo?order=1042",
            },
            body: {
              amount: "12.5",
              currency: "EUR",
              externalId: "order:2026/11_1042.a-b",
              [partyField]: { partyIdType: "MSISDN", partyId: "46700000001" },
              payerMessage: "Order 1042, thank you",
              payeeNote: "Commande no 7, réglée (1/2)",
            },
          },
        ]);
      });

      test("the client's callback address, minted for this very payment", async () => {
        const facts: unknown[] = [];
        const { client, host } = setUpMtnMomo({
          account: "shop-1",
          callbackUrl: {
            async mint(given) {
              facts.push(given);
              return `https://shop.example/hooks/${given.reference}`;
            },
          },
        });
        host.answer(route, empty(202));
        await kind.send(client, sending);
        expect(facts).toStrictEqual([
          {
            ...ref,
            account: "shop-1",
            purpose: "result",
            environment: "sandbox",
            amount: { amount: "12.5", currency: "EUR" },
            party: "46700000001",
          },
        ]);
        expect(host.to(route)[0]?.headers["x-callback-url"]).toBe(
          `https://shop.example/hooks/${firstReference}`,
        );
      });
    },

    accepted() {
      test("gives what must be kept, as plain JSON", async () => {
        const { client, host } = setUpMtnMomo({ account: "shop-1" });
        host.answer(route, empty(202));
        const pending = await kind.send(client, { ...sending, externalId: "order-1042" });
        expect(pending).toStrictEqual({
          ...ref,
          account: "shop-1",
          status: "pending",
          amount: { amount: "12.5", currency: "EUR" },
          party: "46700000001",
          merchantReference: "order-1042",
        });
        expect(JSON.parse(JSON.stringify(pending))).toStrictEqual(pending);
      });

      test("a body beside the 202 changes nothing", async () => {
        const { client, host } = setUpMtnMomo();
        host.answer(route, html(202));
        await expect(kind.send(client, sending)).resolves.toMatchObject({ ...ref, status: "pending" });
      });

      test("a throttled request is made again after the wait that MTN asks for", async () => {
        const { client, host, clock, run } = setUpMtnMomo();
        host.answer(route, empty(429, { "retry-after": "7" }), empty(202));
        await expect(run(kind.send(client, sending))).resolves.toMatchObject({ ...ref, status: "pending" });
        expect(clock.monotonic()).toBe(7_000);
        expectSameRequests(host.to(route), 2);
      });
    },

    refused() {
      testRefusals(route, mtnMomoRefusals, failing);
    },

    unanswered() {
      test.each<[string, Answer, object]>([
        ["the connection breaks", broken, { code: "connection_failed", timedOut: false }],
        ["nothing is answered", silence, { code: "connection_failed", timedOut: true }],
        ["a body begins and never ends", stalled(202, "{"), { code: "connection_failed", timedOut: true }],
        ["500 without a body", empty(500), { code: "provider_unavailable" }],
        ["502 HTML", html(502), { code: "provider_unavailable" }],
        ["504", empty(504), { code: "provider_unavailable" }],
        [
          "503 SERVICE_UNAVAILABLE",
          walletError(503, "SERVICE_UNAVAILABLE"),
          { code: "provider_unavailable" },
        ],
        [
          "500 INTERNAL_PROCESSING_ERROR",
          walletError(500, "INTERNAL_PROCESSING_ERROR"),
          { code: "provider_unavailable" },
        ],
      ])("%s, three times with one reference → OutcomeUnknownError", async (_, answer, cause) => {
        const { host, error: ended } = failing(route, answer);
        const error = await ended;
        expect(error).toBeInstanceOf(OutcomeUnknownError);
        expect(error).toMatchObject({
          code: "outcome_unknown",
          provider: "mtn_momo",
          reference: firstReference,
          pending: ref,
          isRetryable: true,
          cause,
          remedy: expect.stringContaining("same reference"),
        });
        expectSameRequests(host.to(route), 3);
      });

      test.each<[string, Answer]>([
        ["a broken connection", broken],
        ["a time-out", silence],
        ["a 500 without a body", empty(500)],
      ])("%s, then 202: the same reference, one payment", async (_, answer) => {
        const { client, host, run } = setUpMtnMomo();
        host.answer(route, answer, empty(202));
        await expect(run(kind.send(client, sending))).resolves.toMatchObject({ ...ref, status: "pending" });
        expectSameRequests(host.to(route), 2);
      });

      test("a refusal after a lost answer takes no doubt away", async () => {
        const { client, host, run } = setUpMtnMomo();
        host.answer(route, broken, walletError(500, "NOT_ALLOWED"));
        await expect(run(failure(kind.send(client, sending)))).resolves.toMatchObject({
          code: "outcome_unknown",
          reference: firstReference,
        });
        expect(host.to(route)).toHaveLength(2);
      });

      test("proved not to have left, three times → ConnectionError: nothing was sent", async () => {
        let calls = 0;
        const send = (request: Request) => {
          if (request.url.endsWith("/token/")) return globalThis.fetch(request);
          calls += 1;
          return Promise.reject(new TypeError("connection refused"));
        };
        const fetch = Object.assign(send, { mayHaveLeft: () => false });
        const { client, run } = setUpMtnMomo({ fetch });
        const error = await run(failure(kind.send(client, sending)));
        expect(error).toBeInstanceOf(ConnectionError);
        expect(error).toMatchObject({ code: "connection_failed", timedOut: false, isRetryable: true });
        expect(calls).toBe(3);
      });

      test("an abort before → the caller's own reason, and no request", async () => {
        const { client, host, run } = setUpMtnMomo();
        const reason = new Error("changed my mind");
        const call = kind.send(client, sending, { signal: AbortSignal.abort(reason) });
        await expect(run(rejection(call))).resolves.toBe(reason);
        expect(host.requests).toEqual([]);
      });

      test("an abort while the token is fetched → the caller's own reason; no money was asked for", async () => {
        const { client, host, run } = setUpMtnMomo();
        const controller = new AbortController();
        const reason = new Error("changed my mind");
        host.answer(
          `POST /${product}/token/`,
          meanwhile(() => controller.abort(reason), silence),
        );
        const call = kind.send(client, sending, { signal: controller.signal });
        await expect(run(rejection(call))).resolves.toBe(reason);
        expect(host.to(route)).toEqual([]);
      });

      test("an abort on the way → OutcomeUnknownError with the reason as its cause, and no other request", async () => {
        const { client, host, run } = setUpMtnMomo();
        const controller = new AbortController();
        const reason = new Error("changed my mind");
        host.answer(
          route,
          meanwhile(() => controller.abort(reason), silence),
        );
        const error = await run(failure(kind.send(client, sending, { signal: controller.signal })));
        expect(error).toMatchObject({ code: "outcome_unknown", reference: firstReference });
        expect(error.cause).toBe(reason);
        expect(host.to(route)).toHaveLength(1);
      });

      test("an abort in the pause after a lost answer → OutcomeUnknownError", async () => {
        const { client, host, clock, run } = setUpMtnMomo();
        const controller = new AbortController();
        const reason = new Error("changed my mind");
        host.answer(route, broken);
        clock.after(100, () => controller.abort(reason));
        const error = await run(failure(kind.send(client, sending, { signal: controller.signal })));
        expect(error).toMatchObject({ code: "outcome_unknown", reference: firstReference });
        expect(error.cause).toBe(reason);
        expect(host.to(route)).toHaveLength(1);
      });
    },

    malformed() {
      test.each([
        ...unreadableBodies.map(([title, answer]) => [`200 with ${title}`, answer(200)] as const),
        ...strangeStatuses,
        ["201", empty(201)] as const,
        ["409 without a code", empty(409)] as const,
        ["409 with another code", json(409, { code: "SOMETHING_ELSE" })] as const,
      ])("%s → OutcomeUnknownError, after three requests with one reference", async (_, answer) => {
        const { host, error: ended } = failing(route, answer);
        const error = await ended;
        expect(error).toMatchObject({
          code: "outcome_unknown",
          reference: firstReference,
          cause: { code: "response_invalid" },
        });
        expectSameRequests(host.to(route), 3);
      });
    },
  };
}
