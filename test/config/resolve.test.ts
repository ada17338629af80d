import { MpesaClient, MtnMomoClient, Secret } from "mobile-money";
import { resolveConfig } from "mobile-money/config";
import { describe, expect, test } from "vitest";
import { sandboxPasskey } from "../../src/mpesa/options.js";
import { mtnMomoMarkets } from "../../src/mtn-momo/markets.js";
import {
  momoProduction,
  momoSandbox,
  momoSandboxDisbursement,
  mpesaSandbox,
  production,
  sandbox,
} from "./environments.js";
import { faultsOf } from "./problems-of.js";

/** Plain text instead of secrets, so that whole results can be compared. */
function revealed(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]));
}

describe("what resolves", () => {
  test("everything, in the sandbox", () => {
    const config = resolveConfig(sandbox);
    expect(revealed(config)).toStrictEqual({
      environment: "sandbox",
      mtnMomo: {
        environment: "sandbox",
        collection: {
          subscriptionKey: sandbox["MOMO_SANDBOX_SUBSCRIPTION_KEY"],
          apiUser: sandbox["MOMO_SANDBOX_API_USER"],
          apiKey: sandbox["MOMO_SANDBOX_API_KEY"],
        },
        disbursement: {
          subscriptionKey: sandbox["MOMO_SANDBOX_DISBURSEMENT_SUBSCRIPTION_KEY"],
          apiUser: sandbox["MOMO_SANDBOX_DISBURSEMENT_API_USER"],
          apiKey: sandbox["MOMO_SANDBOX_DISBURSEMENT_API_KEY"],
        },
        callbackUrl: "https://shop.example/payments/webhook",
      },
      mpesa: {
        environment: "sandbox",
        consumerKey: "Sx4kQpWv81ZtLr0c",
        consumerSecret: "Yd7hNb2mGf95Jq3a",
        shortcode: "174379",
        passkey: sandboxPasskey,
        callbackUrl: "https://shop.example/payments/webhook",
      },
    });
  });

  test("everything, in production", () => {
    const config = resolveConfig(production);
    expect(revealed(config)).toStrictEqual({
      environment: "production",
      mtnMomo: {
        environment: "mtnuganda",
        collection: {
          subscriptionKey: production["MOMO_PRODUCTION_SUBSCRIPTION_KEY"],
          apiUser: production["MOMO_PRODUCTION_API_USER"],
          apiKey: production["MOMO_PRODUCTION_API_KEY"],
        },
        disbursement: {
          subscriptionKey: production["MOMO_PRODUCTION_DISBURSEMENT_SUBSCRIPTION_KEY"],
          apiUser: production["MOMO_PRODUCTION_DISBURSEMENT_API_USER"],
          apiKey: production["MOMO_PRODUCTION_DISBURSEMENT_API_KEY"],
        },
        callbackUrl: "https://shop.example/payments/webhook",
      },
      mpesa: {
        environment: "production",
        consumerKey: "Kw8vTz51RxLm2Hc6",
        consumerSecret: "Pf3jUe94DsBn7Vg0",
        shortcode: "5123456",
        passkey: "7e".repeat(32),
        till: "7654321",
        callbackUrl: "https://shop.example/payments/webhook",
      },
    });
  });

  test.each([
    ["sandbox", sandbox],
    ["production", production],
  ] as const)("the result goes straight into the clients: %s", (environment, env) => {
    const config = resolveConfig(env);
    expect(config.environment).toBe(environment);
    expect(new MtnMomoClient(config.mtnMomo)).toBeInstanceOf(MtnMomoClient);
    expect(new MpesaClient(config.mpesa)).toBeInstanceOf(MpesaClient);
  });

  test("credentials come out as Secret", () => {
    const { mtnMomo, mpesa } = resolveConfig(sandbox);
    const { collection, disbursement } = mtnMomo ?? {};
    for (const credential of [
      collection?.subscriptionKey,
      collection?.apiKey,
      disbursement?.subscriptionKey,
      disbursement?.apiKey,
      mpesa?.consumerKey,
      mpesa?.consumerSecret,
      mpesa?.passkey,
    ]) {
      expect(credential).toBeInstanceOf(Secret);
    }
  });

  test.each([
    ["nothing but the mode", {}, []],
    ["MTN MoMo alone", momoSandbox, ["mtnMomo"]],
    ["the Disbursement product alone", momoSandboxDisbursement, ["mtnMomo"]],
    ["M-Pesa alone", mpesaSandbox, ["mpesa"]],
    ["a callback address alone", { CALLBACK_BASE_URL: "https://shop.example/hooks" }, []],
  ])("a network without any variable is absent: %s", (_what, env, networks) => {
    expect(Object.keys(resolveConfig({ PAYMENT_TEST_MODE: "true", ...env }))).toEqual([
      "environment",
      ...networks,
    ]);
  });

  test("a product without keys is absent", () => {
    const env = { PAYMENT_TEST_MODE: "true", ...momoSandboxDisbursement };
    expect(Object.keys(resolveConfig(env).mtnMomo ?? {})).toEqual(["environment", "disbursement"]);
  });

  test("keys of the other environment may be there, and are not used, whatever is wrong with them", () => {
    const both = { ...momoSandbox, ...momoProduction };
    expect(revealed(resolveConfig({ ...both, PAYMENT_TEST_MODE: "true" }).mtnMomo)).toEqual(
      revealed(resolveConfig({ ...momoSandbox, PAYMENT_TEST_MODE: "true" }).mtnMomo),
    );
    expect(revealed(resolveConfig({ ...both, PAYMENT_TEST_MODE: "false" }).mtnMomo)).toEqual(
      revealed(resolveConfig({ ...momoProduction, PAYMENT_TEST_MODE: "false" }).mtnMomo),
    );
    const odd = {
      MOMO_PRODUCTION_SUBSCRIPTION_KEY: "changeme",
      MOMO_PRODUCTION_API_USER: 7,
      MOMO_PRODUCTION_TARGET_ENVIRONMENT: "sandbox",
    };
    expect(faultsOf({ ...sandbox, ...odd })).toEqual([]);
    expect(faultsOf({ ...production, MOMO_SANDBOX_SUBSCRIPTION_KEY: "changeme" })).toEqual([]);
  });

  test("values are trimmed, and an empty one counts as absent", () => {
    const blank = { MPESA_TILL: "", MPESA_BASE_URL: " ", MOMO_PRODUCTION_API_KEY: "\t\n" };
    const padded = Object.fromEntries(
      Object.entries(sandbox).map(([name, value]) => [name, ` ${value}\r\n`]),
    );
    expect(revealed(resolveConfig({ ...padded, ...blank }))).toStrictEqual(revealed(resolveConfig(sandbox)));
  });

  test("a Worker's bindings: other names hold anything, and a boolean is a mode", () => {
    const bindings = { ORDERS: { get: () => null }, QUEUE: Symbol("queue"), COUNT: 3, NOTHING: null };
    const env = {
      ...sandbox,
      ...bindings,
      PAYMENT_TEST_MODE: true,
      MPESA_TILL: undefined,
      MPESA_BASE_URL: null,
    };
    expect(revealed(resolveConfig(env))).toStrictEqual(revealed(resolveConfig(sandbox)));
    expect(resolveConfig({ ...production, PAYMENT_TEST_MODE: false }).environment).toBe("production");
  });

  test.each(["MOMO_BASE_URL", "MPESA_BASE_URL"])("a simulator on this machine: %s", (name) => {
    for (const address of [
      "http://127.0.0.1:4010",
      "http://localhost:4010/network",
      "http://[::1]:4010",
      "https://127.1.2.3",
    ]) {
      for (const env of [sandbox, production]) {
        const config = resolveConfig({ ...env, [name]: address });
        expect((name === "MOMO_BASE_URL" ? config.mtnMomo : config.mpesa)?.baseUrl).toBe(address);
      }
    }
  });

  test("a simulator on this machine may call back over http", () => {
    const local = {
      MOMO_BASE_URL: "http://127.0.0.1:4010",
      MPESA_BASE_URL: "http://127.0.0.1:4010",
      CALLBACK_BASE_URL: "http://127.0.0.1:3000/hooks",
    };
    for (const env of [sandbox, production]) {
      const config = resolveConfig({ ...env, ...local });
      expect(config.mtnMomo?.callbackUrl).toBe("http://127.0.0.1:3000/hooks");
      expect(new MtnMomoClient(config.mtnMomo)).toBeInstanceOf(MtnMomoClient);
      expect(new MpesaClient(config.mpesa)).toBeInstanceOf(MpesaClient);
    }
  });

  test.each(Object.values(mtnMomoMarkets).filter(({ targetEnvironment }) => targetEnvironment !== "sandbox"))(
    "the market $targetEnvironment, with its own host in so many words or none",
    ({ targetEnvironment, baseUrl }) => {
      const env = { ...production, MOMO_PRODUCTION_TARGET_ENVIRONMENT: targetEnvironment };
      expect(resolveConfig(env).mtnMomo?.environment).toBe(targetEnvironment);
      expect(resolveConfig({ ...env, MOMO_BASE_URL: baseUrl }).mtnMomo?.baseUrl).toBe(baseUrl);
    },
  );
});

describe("PAYMENT_TEST_MODE", () => {
  test.each(["true", "True", "TRUE", "1", "yes", "Yes", "on", " true ", true])(
    "%j is the sandbox",
    (mode) => {
      expect(resolveConfig({ PAYMENT_TEST_MODE: mode }).environment).toBe("sandbox");
    },
  );

  test.each(["false", "False", "FALSE", "0", "no", "No", "off", " false\n", false])(
    "%j is production",
    (mode) => {
      expect(resolveConfig({ PAYMENT_TEST_MODE: mode }).environment).toBe("production");
    },
  );

  test.each([undefined, null, "", "  "])("%j is missing, never production", (mode) => {
    expect(faultsOf({ PAYMENT_TEST_MODE: mode })).toEqual(["PAYMENT_TEST_MODE: is missing"]);
  });

  test.each([
    "production",
    "sandbox",
    "tru",
    "falsee",
    "2",
    "-1",
    "truefalse",
    '"true"',
    "t",
    "n",
    0,
    1,
    {},
    ["true"],
  ])("%j is odd, never production", (mode) => {
    expect(faultsOf({ PAYMENT_TEST_MODE: mode })).toEqual(["PAYMENT_TEST_MODE: is neither true nor false"]);
  });

  test("without it, what is wrong in either environment is told all the same", () => {
    const env = {
      MPESA_CONSUMER_KEY: "SomeConsumerKey",
      MPESA_TILL: "12",
      CALLBACK_BASE_URL: "https://shop.example/mpesa",
      ...momoSandbox,
      MOMO_PRODUCTION_API_KEY: momoSandbox["MOMO_SANDBOX_API_KEY"],
    };
    expect(faultsOf(env)).toEqual([
      'CALLBACK_BASE_URL: has the word "mpesa", which the provider refuses',
      "MOMO_SANDBOX_API_KEY: is the same as MOMO_PRODUCTION_API_KEY",
      "MPESA_CONSUMER_SECRET: is missing",
      "MPESA_PASSKEY: is missing",
      "MPESA_SHORTCODE: is missing",
      "MPESA_TILL: is not 5 to 9 digits",
      "PAYMENT_TEST_MODE: is missing",
    ]);
  });
});
