import { createSandboxUser, type OperationOptions, type SandboxUserRequest, Secret } from "mobile-money";
import { describe, expect, test } from "vitest";
import { type Answer, broken, empty, json } from "../support/answers.js";
import { countedRandom, firstReference, mtnMomoHost } from "../support/clients.js";
import { createTestClock } from "../support/clock.js";
import { failure } from "../support/failure.js";
import { playHost } from "../support/host.js";
import { operation } from "../support/operation.js";
import { readCases } from "../support/read-cases.js";
import { mtnMomoReadRefusals, strangeStatuses, unreadableBodies, walletError } from "./answers.js";

const userRoute = "POST /v1_0/apiuser";
const keyRoute = `POST /v1_0/apiuser/${firstReference}/apikey`;
const apiKey = "0123456789abcdef0123456789abcdef";
const made = { apiUser: firstReference, apiKey };

function setUp(changes: Partial<SandboxUserRequest> = {}) {
  const clock = createTestClock();
  const host = playHost(changes.baseUrl ?? mtnMomoHost);
  host.answer(userRoute, empty(201));
  host.answer(keyRoute, json(201, { apiKey }));
  const request = {
    subscriptionKey: "collection-key",
    callbackHost: "shop.example",
    clock,
    random: countedRandom(),
  };
  const call = (options?: OperationOptions) => createSandboxUser({ ...request, ...changes }, options);
  return { host, clock, call };
}

/** The calls of one of the two routes, with the other one answering as it should. */
const casesOf = (route: string, malformed: readonly (readonly [string, Answer])[]) =>
  readCases({
    setUp,
    route,
    // Nothing carries a token here: a 401 without a body is tried once more, as everywhere.
    refused: mtnMomoReadRefusals,
    malformed: [...malformed, ...strangeStatuses],
  });

const userCases = casesOf(userRoute, [
  ["200", empty(200)],
  ["202", empty(202)],
  ["409 without a code", empty(409)],
]);
const keyCases = casesOf(keyRoute, [
  ...unreadableBodies.map(([title, answer]) => [title, answer(201)] as const),
  ["200", json(200, { apiKey })],
  ["no key", json(201, {})],
  ["an empty key", json(201, { apiKey: "" })],
  ["a key of another type", json(201, { apiKey: { value: apiKey } })],
]);

operation("createSandboxUser", {
  exactRequest() {
    test.each(["collection-key", new Secret("collection-key"), async () => "collection-key"])(
      "makes the user, then its key, with the subscription key alone (%s)",
      async (subscriptionKey) => {
        const { host, call } = setUp({ subscriptionKey });
        await call();
        const headers = { "ocp-apim-subscription-key": "collection-key" };
        expect(host.requests).toStrictEqual([
          {
            method: "POST",
            url: `${mtnMomoHost}/v1_0/apiuser`,
            headers: { ...headers, "content-type": "application/json", "x-reference-id": firstReference },
            body: { providerCallbackHost: "shop.example" },
          },
          {
            method: "POST",
            url: `${mtnMomoHost}/v1_0/apiuser/${firstReference}/apikey`,
            headers,
            body: undefined,
          },
        ]);
      },
    );

    test("under the caller's own UUID, at another host", async () => {
      const reference = "5a8a1f0c-2d8a-4c55-9c61-0f1a2b3c4d5e";
      const { host, call } = setUp({ baseUrl: "http://127.0.0.1:8080", reference });
      host.answer(`POST /v1_0/apiuser/${reference}/apikey`, json(201, { apiKey }));
      await expect(call()).resolves.toStrictEqual({ apiUser: reference, apiKey });
      expect(host.requests.map(({ url }) => url)).toEqual([
        "http://127.0.0.1:8080/v1_0/apiuser",
        `http://127.0.0.1:8080/v1_0/apiuser/${reference}/apikey`,
      ]);
    });
  },

  accepted() {
    test("gives user and key", async () => {
      await expect(setUp().call()).resolves.toStrictEqual(made);
    });

    test("a user that exists already is given a key", async () => {
      const { host, call } = setUp();
      host.answer(userRoute, walletError(409, "RESOURCE_ALREADY_EXIST", "Duplicated reference id."));
      await expect(call()).resolves.toStrictEqual(made);
    });
  },

  refused() {
    describe("the user", userCases.refused);
    describe("the key", keyCases.refused);
  },

  unanswered() {
    describe("the user", userCases.unanswered);
    describe("the key", keyCases.unanswered);

    test("a lost answer is asked for again under the same name", async () => {
      const { host, clock, call } = setUp();
      host.answer(userRoute, broken, walletError(409, "RESOURCE_ALREADY_EXIST"));
      host.answer(keyRoute, broken, json(201, { apiKey }));
      await expect(clock.run(call())).resolves.toStrictEqual(made);
      const names = host.to(userRoute).map(({ headers }) => headers["x-reference-id"]);
      expect(names).toEqual([firstReference, firstReference]);
      expect(host.to(keyRoute)).toHaveLength(2);
    });
  },

  malformed() {
    describe("the user", userCases.malformed);
    describe("the key", keyCases.malformed);
  },
});

describe("a wrong setting of createSandboxUser → ConfigurationError, and no request", () => {
  const missing = undefined as unknown as string;
  const wrong: readonly (readonly [string, Partial<SandboxUserRequest>, string])[] = [
    ["a scheme in the callback host", { callbackHost: "https://shop.example" }, "callbackHost"],
    ["a path in the callback host", { callbackHost: "shop.example/hooks" }, "callbackHost"],
    ["a port in the callback host", { callbackHost: "shop.example:443" }, "callbackHost"],
    ["an address for a callback host", { callbackHost: "192.0.2.1" }, "callbackHost"],
    ["an empty callback host", { callbackHost: "" }, "callbackHost"],
    ["no callback host", { callbackHost: missing }, "callbackHost"],
    ["no subscription key", { subscriptionKey: missing }, "subscriptionKey"],
    ["an empty subscription key", { subscriptionKey: " " }, "subscriptionKey"],
    ["http to a public host", { baseUrl: "http://mtn.example" }, "baseUrl"],
    ["a base URL that is none", { baseUrl: "mtn.example" }, "baseUrl"],
    ["no time", { timeoutMs: 0 }, "timeoutMs"],
  ];

  test.each(wrong)("%s", async (_, changes, field) => {
    const host = playHost(mtnMomoHost);
    const clock = createTestClock();
    const right = { subscriptionKey: "collection-key", callbackHost: "shop.example", clock };
    await expect(clock.run(failure(createSandboxUser({ ...right, ...changes })))).resolves.toMatchObject({
      code: "config_invalid",
      provider: "mtn_momo",
      problems: [{ field, message: expect.any(String), remedy: expect.any(String) }],
    });
    expect(host.requests).toEqual([]);
  });

  test("a reference that is no version 4 UUID → RequestInvalidError", async () => {
    const { host, call } = setUp({ reference: "5a8a1f0c-2d8a-1c55-9c61-0f1a2b3c4d5e" });
    await expect(failure(call())).resolves.toMatchObject({
      code: "request_invalid",
      issues: [{ field: "reference" }],
    });
    expect(host.requests).toEqual([]);
  });
});
