import { MtnMomoClient, type StoredToken } from "mobile-money";
import { createSimulator } from "mobile-money/simulator";
import { afterEach, expect, test, vi } from "vitest";
import { createMpesa } from "../../examples/snippets/node-transport.js";
import { createByHand, createClients } from "../../examples/snippets/start.js";
import { createKvTokenStore, type KvNamespace } from "../../examples/snippets/workers.js";
import { open } from "../support/snippet-shop.js";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("fees: the numbers in the comments are the numbers", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  await import("../../examples/snippets/fees.js");
  expect(log.mock.calls).toEqual([
    [{ amount: "540", currency: "UGX" }],
    [{ amount: "45000", currency: "UGX" }],
    [{ amount: "44460", currency: "UGX" }],
    ["shop.collection.2026-11-01"],
    ["900", "540", "360"],
    [{ amount: "100", currency: "UGX" }],
  ]);
});

test("clients without settings say what is missing", () => {
  expect(() => createClients({ PAYMENT_TEST_MODE: "true" })).toThrow(/options: are missing/);
  expect(() => createClients({})).toThrow(/PAYMENT_TEST_MODE: is missing/);
});

test("clients whose keys are fetched", async () => {
  const { simulator } = open();
  vi.stubGlobal("fetch", simulator.fetch);
  const fetched: string[] = [];
  const client = createByHand(async (name) => {
    fetched.push(name);
    return "wrong";
  });
  await expect(client.collection.getBalance()).rejects.toMatchObject({ code: "authentication_failed" });
  expect(fetched.sort()).toEqual(["momo-api-key", "momo-subscription-key"]);
});

test("a client with Node's transport", () => {
  const { simulator } = open();
  const client = createMpesa({ ...simulator.mpesa.credentials, callbackUrl: "https://shop.example/paid" });
  expect(client.provider).toBe("mpesa");
});

/** Runs a program that waits by the machine's clock, and lets its timers ring at once. */
async function run(program: () => Promise<unknown>) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let done = false;
  const end = program().finally(() => {
    done = true;
  });
  end.catch(() => {});
  for (const startedAt = performance.now(); !done && performance.now() - startedAt < 4_000; ) {
    await vi.advanceTimersByTimeAsync(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await end;
}

test("a payment by environment variables", async () => {
  const simulator = createSimulator({
    seed: 1,
    mtnMomo: { environment: "mtnuganda", callbackHost: "shop.example" },
    mpesa: { environment: "production" },
    deliver: async () => new Response(),
  });
  const { environment, collection } = simulator.mtnMomo.credentials;
  const { consumerKey, consumerSecret, shortcode, passkey } = simulator.mpesa.credentials;
  const variables = {
    PAYMENT_TEST_MODE: "false",
    CALLBACK_BASE_URL: "https://shop.example/paid",
    MOMO_PRODUCTION_TARGET_ENVIRONMENT: environment,
    MOMO_PRODUCTION_SUBSCRIPTION_KEY: collection.subscriptionKey,
    MOMO_PRODUCTION_API_USER: collection.apiUser,
    MOMO_PRODUCTION_API_KEY: collection.apiKey,
    MPESA_CONSUMER_KEY: consumerKey,
    MPESA_CONSUMER_SECRET: consumerSecret,
    MPESA_SHORTCODE: shortcode,
    MPESA_PASSKEY: passkey,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.stubGlobal("fetch", simulator.fetch);
  const log = vi.spyOn(console, "log").mockReturnValue();
  await run(() => import("../../examples/snippets/pay.js"));
  expect(log.mock.calls).toEqual([["succeeded"]]);
  expect(simulator.ledger.executions("order-1042")).toHaveLength(1);
});

test("a payment without an account", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  await run(() => import("../../examples/snippets/simulator.js"));
  expect(log.mock.calls).toEqual([["pending"], ["succeeded"]]);
});

test("two clients share their tokens in Workers KV, as long as these live", async () => {
  const entries = new Map<string, string>();
  const expirations: number[] = [];
  const kv: KvNamespace = {
    get: async <Value>(key: string) => JSON.parse(entries.get(key) ?? "null") as Value | null,
    put: async (key, value, { expiration }) => {
      entries.set(key, value);
      expirations.push(expiration);
    },
    delete: async (key) => void entries.delete(key),
  };
  const { clock, simulator } = open();
  const { credentials } = simulator.mtnMomo;
  for (const _ of ["first", "second"]) {
    const tokenStore = createKvTokenStore(kv);
    const client = new MtnMomoClient({ ...credentials, fetch: simulator.fetch, clock, tokenStore });
    await client.collection.getBalance();
  }
  expect(simulator.requests.map(({ operation }) => operation)).toEqual([
    "token",
    "collection.get_balance",
    "collection.get_balance",
  ]);
  const [token] = [...entries.values()].map((value) => JSON.parse(value) as StoredToken);
  expect(expirations).toEqual([Math.floor((token?.expiresAtMs ?? 0) / 1_000)]);
});
