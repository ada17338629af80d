import type { MtnMomoPayment, PendingRef } from "mobile-money";
import { describe, expect, test } from "vitest";
import { type Answer, broken, empty, json } from "../support/answers.js";
import { mtnMomoHost, setUpMtnMomo } from "../support/clients.js";
import { failure } from "../support/failure.js";
import { operation } from "../support/operation.js";
import { readCases } from "../support/read-cases.js";
import { mtnMomoReadRefusals, strangeStatuses, unreadableBodies } from "./answers.js";
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
