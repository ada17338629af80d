import type { Currency, Money, MtnMomoClient, OperationOptions } from "mobile-money";
import { expect, test } from "vitest";
import { json } from "../support/answers.js";
import { mtnMomoHost, setUpMtnMomo } from "../support/clients.js";
import type { FiveCases } from "../support/operation.js";
import { readCases } from "../support/read-cases.js";
import { mtnMomoReadRefusals, strangeStatuses, unreadableBodies } from "./answers.js";
import { productHeaders, tokenRequest } from "./products.js";

type Product = "collection" | "disbursement";

const unreadable = [
  ...unreadableBodies.map(([title, answer]) => [title, answer(200)] as const),
  ...strangeStatuses,
];

/** The five cases of reading a product's balance. */
export function balanceCases(product: Product): FiveCases {
  const path = `/${product}/v1_0/account/balance`;
  const route = `GET ${path}`;
  const ask = (client: MtnMomoClient, currency?: Currency, options?: OperationOptions): Promise<Money> =>
    client[product].getBalance(currency, options);

  return {
    exactRequest() {
      test.each([
        ["the account's own currency", undefined, path],
        ["a currency that is named", "GHS", `${path}/GHS`],
      ] as const)("%s", async (_, currency, asked) => {
        const { client, host } = setUpMtnMomo();
        host.answer(`GET ${asked}`, json(200, { availableBalance: "1000", currency: "EUR" }));
        await ask(client, currency);
        expect(host.requests).toStrictEqual([
          tokenRequest(product),
          { method: "GET", url: `${mtnMomoHost}${asked}`, headers: productHeaders(product), body: undefined },
        ]);
      });
    },

    accepted() {
      test.each([
        ["text", "1000", "EUR", "1000"],
        ["a number", 1000, "EUR", "1000"],
        ["zeros at the end", "1000.50", "EUR", "1000.5"],
        ["nothing left", "0", "UGX", "0"],
        ["a debt", "-12.5", "EUR", "-12.5"],
      ])("%s", async (_, availableBalance, currency, amount) => {
        const { client, host } = setUpMtnMomo();
        host.answer(route, json(200, { availableBalance, currency }));
        await expect(ask(client)).resolves.toStrictEqual({ amount, currency });
      });
    },

    ...readCases({
      setUp() {
        const { client, host, clock } = setUpMtnMomo();
        return { host, clock, call: (options) => ask(client, undefined, options) };
      },
      route,
      refused: mtnMomoReadRefusals,
      malformed: [
        ...unreadable,
        ["no balance", json(200, { currency: "EUR" })],
        ["no currency", json(200, { availableBalance: "1000" })],
        ["an unknown currency", json(200, { availableBalance: "1000", currency: "XYZ" })],
        ["a balance that is no amount", json(200, { availableBalance: "1,000", currency: "EUR" })],
        ["a balance in an exponent", json(200, { availableBalance: 1e21, currency: "EUR" })],
        ["a balance of another type", json(200, { availableBalance: true, currency: "EUR" })],
      ],
    }),
  };
}

/** The five cases of asking whether a phone number has an active wallet. */
export function activeCases(product: Product): FiveCases {
  const path = `/${product}/v1_0/accountholder/msisdn/46700000001/active`;
  const route = `GET ${path}`;

  return {
    exactRequest() {
      test("the number in the path, in digits", async () => {
        const { client, host } = setUpMtnMomo();
        host.answer(route, json(200, { result: true }));
        await client[product].isAccountHolderActive("+46 70-000 00 01");
        expect(host.requests).toStrictEqual([
          tokenRequest(product),
          { method: "GET", url: `${mtnMomoHost}${path}`, headers: productHeaders(product), body: undefined },
        ]);
      });
    },

    accepted() {
      test.each([true, false])("%s", async (result) => {
        const { client, host } = setUpMtnMomo();
        host.answer(route, json(200, { result }));
        await expect(client[product].isAccountHolderActive("46700000001")).resolves.toBe(result);
      });
    },

    ...readCases({
      setUp() {
        const { client, host, clock } = setUpMtnMomo();
        return {
          host,
          clock,
          call: (options) => client[product].isAccountHolderActive("46700000001", options),
        };
      },
      route,
      refused: mtnMomoReadRefusals,
      malformed: [
        ...unreadable,
        ["no result", json(200, {})],
        ["a result that is a text", json(200, { result: "true" })],
        ["a result that is a number", json(200, { result: 1 })],
      ],
    }),
  };
}
