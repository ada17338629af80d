import { expect, test } from "vitest";
import { json } from "../support/answers.js";
import { mtnMomoHost, setUpMtnMomo } from "../support/clients.js";
import type { FiveCases } from "../support/operation.js";
import { readCases } from "../support/read-cases.js";
import { mtnMomoReadRefusals, strangeStatuses, unreadableBodies } from "./answers.js";
import { askedFacts, askedReference, wireTransaction } from "./asked-payment.js";
import { type Kind, productHeaders, tokenRequest } from "./products.js";

/** The five cases of asking for one transaction. */
export function transactionCases(kind: Kind): FiveCases {
  const route = `GET ${kind.path}/${askedReference}`;
  const facts = askedFacts(kind);

  return {
    exactRequest() {
      test("the reference in the path, in lower case", async () => {
        const { client, host } = setUpMtnMomo();
        host.answer(route, json(200, wireTransaction(kind)));
        await kind.get(client, askedReference.toUpperCase());
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
      const ask = (body: object) => {
        const { client, host } = setUpMtnMomo();
        host.answer(route, json(200, body));
        return kind.get(client, askedReference);
      };

      test("SUCCESSFUL → succeeded, with MTN's number, as plain JSON", async () => {
        const payment = await ask(wireTransaction(kind));
        expect(payment).toStrictEqual({
          ...facts,
          status: "succeeded",
          transactionId: "1400000001",
          financialTransactionId: "1400000001",
        });
        expect(JSON.parse(JSON.stringify(payment))).toStrictEqual(payment);
      });

      test.each(["PENDING", "CREATED"])("%s → pending", async (status) => {
        const { financialTransactionId: _, ...body } = wireTransaction(kind, { status });
        await expect(ask(body)).resolves.toStrictEqual({ ...facts, status: "pending" });
      });

      test.each([
        ["text, as on the wire", "APPROVAL_REJECTED", {}],
        [
          "an object, as in MTN's document",
          { code: "APPROVAL_REJECTED", message: "The payer refused." },
          { reasonMessage: "The payer refused." },
        ],
      ])("FAILED with a reason that is %s → failed", async (_, reason, more) => {
        const { financialTransactionId: __, ...body } = wireTransaction(kind, { status: "FAILED", reason });
        await expect(ask(body)).resolves.toStrictEqual({
          ...facts,
          status: "failed",
          reason: "declined_by_payer",
          reasonCode: "APPROVAL_REJECTED",
          ...more,
        });
      });

      test("FAILED without a reason → failed, unrecognised", async () => {
        await expect(ask(wireTransaction(kind, { status: "FAILED" }))).resolves.toStrictEqual({
          ...facts,
          status: "failed",
          reason: "unrecognised",
        });
      });

      test.each(["TIMEOUT", "REJECTED", "EXPIRED", "ONGOING", "CANCELLED", "successful", "SUCCESSFULL"])(
        "status %j, which MTN documents nowhere → unknown, never guessed",
        async (status) => {
          const payment = await ask(wireTransaction(kind, { status }));
          expect(payment).toStrictEqual({
            ...facts,
            status: "unknown",
            providerStatus: status,
            detail: expect.any(String),
          });
        },
      );

      test("numbers where MTN documents text, and an amount with zeros that MTN drops or adds", async () => {
        const body = wireTransaction(kind, {
          amount: 100,
          externalId: 1001,
          financialTransactionId: 1400000001,
          [kind.partyField]: { partyIdType: "MSISDN", partyId: 46700000001 },
        });
        await expect(ask(body)).resolves.toStrictEqual({
          ...facts,
          merchantReference: "1001",
          status: "succeeded",
          transactionId: "1400000001",
          financialTransactionId: "1400000001",
        });
        await expect(ask(wireTransaction(kind, { amount: "100.00" }))).resolves.toMatchObject({
          amount: { amount: "100", currency: "EUR" },
        });
      });

      test("missing and additional fields", async () => {
        await expect(ask({ status: "SUCCESSFUL", somethingNew: { deep: [1] } })).resolves.toStrictEqual({
          provider: "mtn_momo",
          operation: kind.operation,
          reference: askedReference,
          status: "succeeded",
        });
      });
    },

    ...readCases({
      setUp() {
        const { client, host, clock } = setUpMtnMomo();
        return { host, clock, call: (options) => kind.get(client, askedReference, options) };
      },
      route,
      refused: mtnMomoReadRefusals,
      malformed: [
        ...unreadableBodies.map(([title, answer]) => [title, answer(200)] as const),
        ...strangeStatuses,
        ["no status", json(200, { amount: "100" })],
        ["an empty object", json(200, {})],
        ["a status of another type", json(200, wireTransaction(kind, { status: true }))],
        ["an amount of another type", json(200, wireTransaction(kind, { amount: {} }))],
        ["a party that is a text", json(200, wireTransaction(kind, { [kind.partyField]: "46700000001" }))],
        ["a party without a number", json(200, wireTransaction(kind, { [kind.partyField]: {} }))],
        [
          "a reason that is a list",
          json(200, wireTransaction(kind, { status: "FAILED", reason: ["EXPIRED"] })),
        ],
      ],
    }),
  };
}
