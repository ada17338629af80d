import { ConfigurationError, MtnMomoClient, type MtnMomoOptions, Secret } from "mobile-money";
import { describe, expect, test } from "vitest";
import { empty, json } from "../support/answers.js";
import { mtnMomoKeys, setUpMtnMomo } from "../support/clients.js";
import { failure } from "../support/failure.js";
import { playHost } from "../support/host.js";
import { expectRefusedOptions } from "../support/options-cases.js";

const { collection } = mtnMomoKeys;
const make = (options: unknown) => () => new MtnMomoClient(options as MtnMomoOptions);

describe("wrong options of MtnMomoClient → ConfigurationError", () => {
  const wrong: readonly (readonly [title: string, options: object, fields: readonly string[]])[] = [
    ["no environment", { environment: undefined }, ["environment"]],
    ["an unknown environment", { environment: "mtnkenya" }, ["environment"]],
    ["an environment in capitals", { environment: "Sandbox" }, ["environment"]],
    ["an environment named like a member of every object", { environment: "toString" }, ["environment"]],
    [
      "an environment of one's own without a name",
      { environment: { country: "UG", currency: "UGX", baseUrl: "https://mtn.example" } },
      ["environment"],
    ],
    [
      "an environment of one's own in an unknown currency",
      {
        environment: {
          targetEnvironment: "mtnx",
          country: "UG",
          currency: "XYZ",
          baseUrl: "https://mtn.example",
        },
      },
      ["environment"],
    ],
    [
      "an environment of one's own in an unknown country",
      {
        environment: {
          targetEnvironment: "mtnx",
          country: "XX",
          currency: "UGX",
          baseUrl: "https://mtn.example",
        },
      },
      ["environment"],
    ],
    [
      "an environment of one's own without a host",
      { environment: { targetEnvironment: "mtnx", country: "UG", currency: "UGX" } },
      ["baseUrl"],
    ],
    [
      "no subscription key",
      { collection: { ...collection, subscriptionKey: undefined } },
      ["collection.subscriptionKey"],
    ],
    [
      "an empty subscription key",
      { collection: { ...collection, subscriptionKey: " " } },
      ["collection.subscriptionKey"],
    ],
    ["an empty API user", { disbursement: { ...collection, apiUser: "" } }, ["disbursement.apiUser"]],
    ["an empty secret", { collection: { ...collection, apiKey: new Secret("") } }, ["collection.apiKey"]],
    [
      "no keys at all",
      { collection: {} },
      ["collection.subscriptionKey", "collection.apiUser", "collection.apiKey"],
    ],
    ["a base URL that is none", { baseUrl: "mtn.example" }, ["baseUrl"]],
    ["http to a public host", { baseUrl: "http://mtn.example" }, ["baseUrl"]],
    ["a base URL with credentials", { baseUrl: "https://me:secret@mtn.example" }, ["baseUrl"]],
    ["a base URL with a query", { baseUrl: "https://mtn.example?key=1" }, ["baseUrl"]],
    ["another scheme", { baseUrl: "file:///etc/passwd" }, ["baseUrl"]],
    ["a host that only looks like this machine", { baseUrl: "http://127.0.0.1.example" }, ["baseUrl"]],
    ["no time", { timeoutMs: 0 }, ["timeoutMs"]],
    ["negative time", { timeoutMs: -1 }, ["timeoutMs"]],
    ["NaN time", { timeoutMs: Number.NaN }, ["timeoutMs"]],
    ["endless time", { timeoutMs: Number.POSITIVE_INFINITY }, ["timeoutMs"]],
    ["a callback address that is none", { callbackUrl: "shop.example" }, ["callbackUrl"]],
    ["an empty callback address", { callbackUrl: "" }, ["callbackUrl"]],
    ["a callback address that is a number", { callbackUrl: 42 }, ["callbackUrl"]],
    [
      "an http callback in production",
      { environment: "mtnuganda", callbackUrl: "http://shop.example/hooks" },
      ["callbackUrl"],
    ],
    ["a callback address on this machine", { callbackUrl: "http://127.0.0.1/hooks" }, ["callbackUrl"]],
    [
      "everything at once",
      { environment: "x", collection: {}, baseUrl: "x", timeoutMs: 0, callbackUrl: "x" },
      [
        "environment",
        "collection.subscriptionKey",
        "collection.apiUser",
        "collection.apiKey",
        "baseUrl",
        "timeoutMs",
        "callbackUrl",
      ],
    ],
  ];

  test.each(wrong)("%s", (_, options, fields) => {
    const error = expectRefusedOptions(make({ environment: "sandbox", collection, ...options }), fields);
    expect(error.provider).toBe("mtn_momo");
  });

  test.each([undefined, null])("no options at all: %s", (options) => {
    expectRefusedOptions(make(options), ["options"]);
  });
});

describe("a product that is not configured", () => {
  const calls: readonly (readonly [string, (client: MtnMomoClient) => Promise<unknown>])[] = [
    [
      "transfer",
      (client) =>
        client.disbursement.transfer({ payee: "46700000001", amount: { amount: "1", currency: "EUR" } }),
    ],
    ["getTransfer", (client) => client.disbursement.getTransfer("5a8a1f0c-2d8a-4c55-9c61-0f1a2b3c4d5e")],
    ["getBalance", (client) => client.disbursement.getBalance()],
    ["isAccountHolderActive", (client) => client.disbursement.isAccountHolderActive("46700000001")],
    [
      "lookUp",
      (client) =>
        client.lookUp({
          provider: "mtn_momo",
          operation: "disbursement.transfer",
          reference: "5a8a1f0c-2d8a-4c55-9c61-0f1a2b3c4d5e",
        }),
    ],
    [
      "waitForOutcome",
      (client) =>
        client.waitForOutcome({
          provider: "mtn_momo",
          operation: "disbursement.transfer",
          reference: "5a8a1f0c-2d8a-4c55-9c61-0f1a2b3c4d5e",
        }),
    ],
  ];

  test.each(calls)(
    "%s → ConfigurationError that names the missing option, and no request",
    async (_, call) => {
      const host = playHost("https://sandbox.momodeveloper.mtn.com");
      const client = new MtnMomoClient({ environment: "sandbox", collection });
      const error = await failure(call(client));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ code: "config_invalid", problems: [{ field: "disbursement" }] });
      expect(host.requests).toEqual([]);
    },
  );
});

describe("environments", () => {
  const proxy = "https://proxy.momoapi.mtn.com";
  // Names and currencies: MTN portal, "Common Error Codes", captured 2026-09-03, and ISO 4217.
  const markets = [
    ["mtnuganda", proxy, "UGX", "+256772123456"],
    ["mtnghana", proxy, "GHS", "+233244123456"],
    ["mtnivorycoast", proxy, "XOF", "+2250505123456"],
    ["mtnzambia", proxy, "ZMW", "+260961234567"],
    ["mtncameroon", proxy, "XAF", "+237677123456"],
    ["mtnbenin", proxy, "XOF", "+2290190123456"],
    ["mtncongo", proxy, "XAF", "+242061234567"],
    ["mtnswaziland", proxy, "SZL", "+26876123456"],
    ["mtnguineaconakry", proxy, "GNF", "+224660123456"],
    ["mtnsouthafrica", proxy, "ZAR", "+27831234567"],
    ["mtnliberia", proxy, "LRD", "+231881234567"],
    ["mtnliberia", proxy, "USD", "+231881234567"],
    ["mtnsouthsudan", proxy, "SSP", "+211921234567"],
    ["mtnnigeria", proxy, "NGN", "+2348031234567"],
    ["mtnrwanda", "https://proxy.momoapi.mtn.co.rw", "RWF", "+250781234567"],
    ["sandbox", "https://sandbox.momodeveloper.mtn.com", "EUR", "+46733123450"],
  ] as const;

  test.each(markets)("%s at %s in %s", async (environment, host, currency, payer) => {
    const network = playHost(host);
    network.answer("POST /collection/token/", json(200, { access_token: "t", expires_in: 3600 }));
    network.answer("POST /collection/v1_0/requesttopay", empty(202));
    const client = new MtnMomoClient({ environment, collection });
    await client.collection.requestToPay({ payer, amount: { amount: "100", currency } });
    expect(network.requests).toHaveLength(2);
    for (const { headers } of network.requests) expect(headers["x-target-environment"]).toBe(environment);
    expect(network.requests[1]?.body).toMatchObject({ currency, payer: { partyId: payer.slice(1) } });
  });

  test("one that this version has no name for", async () => {
    const network = playHost("https://mtn.example");
    network.answer("POST /collection/token/", json(200, { access_token: "t", expires_in: 3600 }));
    network.answer("POST /collection/v1_0/requesttopay", empty(202));
    const environment = {
      targetEnvironment: "mtnelsewhere",
      country: "UG",
      currency: "UGX",
      baseUrl: "https://mtn.example",
    } as const;
    const client = new MtnMomoClient({ environment, collection });
    await client.collection.requestToPay({ payer: "0772123456", amount: { amount: "100", currency: "UGX" } });
    expect(network.requests[1]?.headers["x-target-environment"]).toBe("mtnelsewhere");
  });

  test("a base URL with a path keeps it", async () => {
    const { client, host } = setUpMtnMomo({ baseUrl: "https://proxy.example/mtn" });
    host.answer("POST /mtn/collection/token/", json(200, { access_token: "t", expires_in: 3600 }));
    host.answer(
      "GET /mtn/collection/v1_0/account/balance",
      json(200, { availableBalance: "1", currency: "EUR" }),
    );
    await client.collection.getBalance();
    expect(host.requests.map(({ url }) => url)).toEqual([
      "https://proxy.example/mtn/collection/token/",
      "https://proxy.example/mtn/collection/v1_0/account/balance",
    ]);
  });
});

test("secrets may be text, Secret or a function, which is asked for each request", async () => {
  let asked = 0;
  const { client, host } = setUpMtnMomo({
    collection: {
      subscriptionKey: async () => {
        asked += 1;
        return `key-${asked}`;
      },
      apiUser: "user",
      apiKey: new Secret("secret"),
    },
  });
  host.answer("GET /collection/v1_0/account/balance", json(200, { availableBalance: "1", currency: "EUR" }));
  await client.collection.getBalance();
  await client.collection.getBalance();
  const seen = host.requests.map(({ headers }) => headers["ocp-apim-subscription-key"]);
  expect(seen).toEqual(["key-1", "key-2", "key-3"]);
  expect(host.requests[0]?.headers["authorization"]).toBe(`Basic ${btoa("user:secret")}`);
});

test("a secret that can't be fetched stops the payment with its own error, and nothing is sent", async () => {
  const reason = new Error("key service down");
  const { client, host } = setUpMtnMomo({
    collection: { ...collection, apiKey: () => Promise.reject(reason) },
  });
  const request = { payer: "46700000001", amount: { amount: "1", currency: "EUR" } } as const;
  await expect(client.collection.requestToPay(request)).rejects.toBe(reason);
  expect(host.requests).toEqual([]);
});
