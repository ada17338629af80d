import type { MtnMomoClient } from "mobile-money";
import { describe, expect, test } from "vitest";
import { type Answer, empty, json } from "../support/answers.js";
import { mtnMomoKeys, setUpMtnMomo } from "../support/clients.js";
import { tokenCases } from "../support/token-cases.js";
import { createTokenStore } from "../support/token-store-cases.js";
import type { TokenUser } from "../support/token-target.js";
import { wrongKey } from "./answers.js";
import { askedReference, wireTransaction } from "./asked-payment.js";
import { requestToPay, sending, transfer } from "./products.js";

const balance = json(200, { availableBalance: "1000", currency: "EUR" });
const active = json(200, { result: true });

const users = [requestToPay, transfer].flatMap((kind) => {
  const { product, path } = kind;
  const user = (
    name: string,
    route: string,
    accepted: Answer,
    call: TokenUser<MtnMomoClient>["call"],
  ): TokenUser<MtnMomoClient> => ({
    name: `${product} ${name}`,
    route,
    tokenRoute: `POST /${product}/token/`,
    accepted,
    call,
  });
  return [
    user("sending", `POST ${path}`, empty(202), (client, options) => kind.send(client, sending, options)),
    user(
      "asking for a transaction",
      `GET ${path}/${askedReference}`,
      json(200, wireTransaction(kind)),
      (client) => kind.get(client, askedReference),
    ),
    user("balance", `GET /${product}/v1_0/account/balance`, balance, (client) =>
      client[product].getBalance(),
    ),
    user("account holder", `GET /${product}/v1_0/accountholder/msisdn/46700000001/active`, active, (client) =>
      client[product].isAccountHolderActive("46700000001"),
    ),
  ];
});

describe("the tokens of MTN MoMo", () => {
  tokenCases({
    setUp: setUpMtnMomo,
    users: users as [TokenUser<MtnMomoClient>, ...TokenUser<MtnMomoClient>[]],
    // A refused bearer has no body (recorded in MTN's sandbox, 2020).
    tokenRefusals: [["401 without a body", empty(401)]],
    credentialRefusals: [
      ["401 login_failed, as documented", json(401, { error: "login_failed" })],
      ["500 login_failed, as seen", json(500, { error: "login_failed" })],
      ["401 without a body", empty(401)],
      ["401 of the gateway", wrongKey],
    ],
    renewedBeforeSeconds: 600,
  });

  test("each product has a token of its own, asked for with its own keys", async () => {
    const { client, host } = setUpMtnMomo();
    host.answer("GET /collection/v1_0/account/balance", balance);
    host.answer("GET /disbursement/v1_0/account/balance", balance);
    await client.collection.getBalance();
    await client.disbursement.getBalance();
    const { collection, disbursement } = mtnMomoKeys;
    const basic = ({ apiUser, apiKey }: typeof collection) => `Basic ${btoa(`${apiUser}:${apiKey}`)}`;
    expect(host.requests.map(({ headers }) => headers["authorization"])).toEqual([
      basic(collection),
      "Bearer token-1",
      basic(disbursement),
      "Bearer token-1",
    ]);
  });

  test("each product has a token of its own also where one API user serves both, as in production", async () => {
    const tokenStore = createTokenStore();
    const { collection } = mtnMomoKeys;
    const { client, host } = setUpMtnMomo({ tokenStore, collection, disbursement: collection });
    host.answer("GET /collection/v1_0/account/balance", balance);
    host.answer("GET /disbursement/v1_0/account/balance", balance);
    await client.collection.getBalance();
    await client.disbursement.getBalance();
    expect(tokenStore.tokens.size).toBe(2);
    expect(host.to("POST /disbursement/token/")).toHaveLength(1);
  });

  test("two accounts never share a token, not even in one store", async () => {
    const tokenStore = createTokenStore();
    const other = { ...mtnMomoKeys.collection, apiUser: "another-user" };
    const setups = [
      setUpMtnMomo({ tokenStore }),
      setUpMtnMomo({ tokenStore, collection: other }),
      setUpMtnMomo({ tokenStore, baseUrl: "https://mtn.example" }),
      setUpMtnMomo({ tokenStore, environment: "mtnuganda", baseUrl: "https://mtn.example" }),
      setUpMtnMomo({ tokenStore, environment: "mtnghana", baseUrl: "https://mtn.example" }),
    ];
    for (const { host } of setups) host.answer("GET /collection/v1_0/account/balance", balance);
    for (const { client } of setups) await client.collection.getBalance();
    expect(tokenStore.tokens.size).toBe(setups.length);
  });
});
