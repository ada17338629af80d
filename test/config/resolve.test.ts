import { ConfigurationError, MpesaClient, MtnMomoClient, Secret } from "mobile-money";
import { resolveConfig } from "mobile-money/config";
import { describe, expect, test } from "vitest";
import { sandboxPasskey } from "../../src/mpesa/options.js";
import { mtnMomoMarkets } from "../../src/mtn-momo/markets.js";
import {
  momoProduction,
  momoProductionKeys,
  momoSandbox,
  momoSandboxDisbursement,
  mpesaProduction,
  mpesaSandbox,
  production,
  sandbox,
  without,
} from "./environments.js";
import { faultsOf, problemsOf } from "./problems-of.js";

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

const unknownHost = "is neither a loopback address nor the network's host for this environment";

describe("what is refused", () => {
  test.each<[what: string, env: Record<string, unknown>, faults: string[]]>([
    [
      "an API user alone, in the sandbox",
      { PAYMENT_TEST_MODE: "true", MOMO_SANDBOX_API_USER: momoSandbox["MOMO_SANDBOX_API_USER"] },
      ["MOMO_SANDBOX_API_KEY: is missing", "MOMO_SANDBOX_SUBSCRIPTION_KEY: is missing"],
    ],
    [
      "half a product beside a whole one",
      { ...without(production, "MOMO_PRODUCTION_DISBURSEMENT_API_KEY") },
      ["MOMO_PRODUCTION_DISBURSEMENT_API_KEY: is missing"],
    ],
    [
      "a base URL of MTN MoMo alone",
      { PAYMENT_TEST_MODE: "true", MOMO_BASE_URL: "http://127.0.0.1:4010" },
      [
        "MOMO_SANDBOX_API_KEY: is missing",
        "MOMO_SANDBOX_API_USER: is missing",
        "MOMO_SANDBOX_SUBSCRIPTION_KEY: is missing",
      ],
    ],
    [
      "a market alone, in production",
      { PAYMENT_TEST_MODE: "false", MOMO_PRODUCTION_TARGET_ENVIRONMENT: "mtnuganda" },
      [
        "MOMO_PRODUCTION_API_KEY: is missing",
        "MOMO_PRODUCTION_API_USER: is missing",
        "MOMO_PRODUCTION_SUBSCRIPTION_KEY: is missing",
      ],
    ],
    [
      "no market, in production",
      without(production, "MOMO_PRODUCTION_TARGET_ENVIRONMENT"),
      ["MOMO_PRODUCTION_TARGET_ENVIRONMENT: is missing"],
    ],
    [
      "a consumer key alone",
      { PAYMENT_TEST_MODE: "true", MPESA_CONSUMER_KEY: "SomeConsumerKey" },
      ["MPESA_CONSUMER_SECRET: is missing", "MPESA_PASSKEY: is missing", "MPESA_SHORTCODE: is missing"],
    ],
    [
      "a base URL of M-Pesa alone",
      { PAYMENT_TEST_MODE: "true", MPESA_BASE_URL: "http://127.0.0.1:4010" },
      [
        "MPESA_CONSUMER_KEY: is missing",
        "MPESA_CONSUMER_SECRET: is missing",
        "MPESA_PASSKEY: is missing",
        "MPESA_SHORTCODE: is missing",
      ],
    ],
    [
      "an API user that is no UUID",
      { ...sandbox, MOMO_SANDBOX_API_USER: "shop-user" },
      ["MOMO_SANDBOX_API_USER: is not a UUID"],
    ],
    [
      "a shortcode of letters",
      { ...production, MPESA_SHORTCODE: "51234S6" },
      ["MPESA_SHORTCODE: is not 5 to 7 digits"],
    ],
    [
      "a long shortcode",
      { ...production, MPESA_SHORTCODE: "51234567" },
      ["MPESA_SHORTCODE: is not 5 to 7 digits"],
    ],
    ["a till of letters", { ...production, MPESA_TILL: "till" }, ["MPESA_TILL: is not 5 to 9 digits"]],
    [
      "a till that is its own store",
      { ...production, MPESA_TILL: "5123456" },
      ["MPESA_TILL: equals the shortcode"],
    ],
    [
      "a till in the sandbox",
      { ...sandbox, MPESA_TILL: "7654321" },
      ["MPESA_TILL: does not work with the sandbox's paybill 174379"],
    ],
    [
      "the password in place of the passkey",
      { ...production, MPESA_PASSKEY: btoa(`5123456${"7e".repeat(32)}20261123120000`) },
      ["MPESA_PASSKEY: is the password of a request, not the passkey it was made of"],
    ],
    [
      "a number in place of text",
      { ...production, MPESA_SHORTCODE: 5123456 },
      ["MPESA_SHORTCODE: is not text"],
    ],
    [
      "a binding in place of text",
      { ...production, MPESA_PASSKEY: { get: () => "" } },
      ["MPESA_PASSKEY: is not text"],
    ],
    [
      "a boolean in place of a key",
      { ...production, MOMO_PRODUCTION_API_KEY: true },
      ["MOMO_PRODUCTION_API_KEY: is not text"],
    ],
    [
      "a market in capitals",
      { ...production, MOMO_PRODUCTION_TARGET_ENVIRONMENT: "MTNUganda" },
      ["MOMO_PRODUCTION_TARGET_ENVIRONMENT: is not a production market of MTN's"],
    ],
    [
      "a property of every object as market",
      { ...production, MOMO_PRODUCTION_TARGET_ENVIRONMENT: "constructor" },
      ["MOMO_PRODUCTION_TARGET_ENVIRONMENT: is not a production market of MTN's"],
    ],
    [
      "http callbacks in production",
      { ...production, CALLBACK_BASE_URL: "http://shop.example/hooks" },
      ["CALLBACK_BASE_URL: is not https"],
    ],
    [
      "a callback address with a query",
      { ...sandbox, CALLBACK_BASE_URL: "https://shop.example/hooks?a=1" },
      ["CALLBACK_BASE_URL: has a query, a fragment or a blank"],
    ],
    [
      "a callback address that is none",
      { ...sandbox, CALLBACK_BASE_URL: "shop.example/hooks" },
      ["CALLBACK_BASE_URL: is not an http or https address"],
    ],
    [
      "a callback address of another kind",
      { ...sandbox, CALLBACK_BASE_URL: "ftp://shop.example/hooks" },
      ["CALLBACK_BASE_URL: is not an http or https address"],
    ],
    [
      "a callback address with credentials",
      { ...sandbox, CALLBACK_BASE_URL: "https://me:word@shop.example/hooks" },
      ["CALLBACK_BASE_URL: has credentials or a fragment"],
    ],
    [
      "a callback address on this machine",
      { ...sandbox, CALLBACK_BASE_URL: "http://localhost:3000/hooks" },
      ["CALLBACK_BASE_URL: names no public host"],
    ],
    [
      "two faults of one callback address, one for each network",
      { ...production, CALLBACK_BASE_URL: "http://shop.example/mpesa" },
      [
        'CALLBACK_BASE_URL: has the word "mpesa", which the provider refuses',
        "CALLBACK_BASE_URL: is not https",
      ],
    ],
    [
      "a simulator of one network does not make the other's callback local",
      {
        ...production,
        MOMO_BASE_URL: "http://127.0.0.1:4010",
        CALLBACK_BASE_URL: "http://127.0.0.1:3000/hooks",
      },
      ["CALLBACK_BASE_URL: is not https"],
    ],
    [
      "a base URL over http on another machine",
      { ...sandbox, MPESA_BASE_URL: "http://simulator:4010" },
      [`MPESA_BASE_URL: ${unknownHost}`],
    ],
    [
      "the sandbox's host for a market that is none",
      {
        ...production,
        MOMO_PRODUCTION_TARGET_ENVIRONMENT: "sandbox",
        MOMO_BASE_URL: "https://sandbox.momodeveloper.mtn.com",
      },
      [
        `MOMO_BASE_URL: ${unknownHost}`,
        "MOMO_PRODUCTION_TARGET_ENVIRONMENT: is not a production market of MTN's",
      ],
    ],
    [
      "a market's host for another market",
      { ...production, MOMO_BASE_URL: "https://proxy.momoapi.mtn.co.rw" },
      [`MOMO_BASE_URL: ${unknownHost}`],
    ],
  ])("%s", (_what, env, faults) => {
    expect(faultsOf(env)).toEqual(faults);
  });

  test.each(["mpesa", "M-Pesa", "safaricom", "exe", "exec", "cmd", "sql", "query"])(
    "the word %s in M-Pesa's callback address; MTN takes it",
    (word) => {
      const CALLBACK_BASE_URL = `https://shop.example/${word}/hooks`;
      expect(faultsOf({ ...sandbox, CALLBACK_BASE_URL })).toEqual([
        `CALLBACK_BASE_URL: has the word "${word}", which the provider refuses`,
      ]);
      expect(faultsOf({ PAYMENT_TEST_MODE: "true", ...momoSandbox, CALLBACK_BASE_URL })).toEqual([]);
    },
  );

  test.each([
    "https://127.0.0.1@evil.example",
    "http://localhost.evil.example",
    "http://2130706433",
    "http://0x7f.1",
    "http://0177.0.0.1",
    "http://[::ffff:127.0.0.1]",
    "http://127.0.0.999",
    "https://169.254.169.254",
    "https://metadata.internal",
    "https://api.safaricom.co.ke.",
    "https://api.safaricom.co.ke.evil.example",
    "https://api.safaricom.co.ke@evil.example",
    "https://api.safaricom.co.ke:8443",
    "http://api.safaricom.co.ke",
    "https://user@api.safaricom.co.ke",
    "https://ａｐｉ.safaricom.co.ke.evil.example",
    "http://127.0.0.1:4010?host=evil.example",
    "http://user:word@127.0.0.1:4010",
    "file:///etc/passwd",
    "127.0.0.1:4010",
  ])("the base URL %s", (MPESA_BASE_URL) => {
    expect(problemsOf({ ...production, MPESA_BASE_URL }).map(({ field }) => field)).toEqual([
      "MPESA_BASE_URL",
    ]);
  });

  test("every problem at once, each with its name and its remedy", () => {
    const env = {
      PAYMENT_TEST_MODE: "maybe",
      MOMO_BASE_URL: "https://evil.example",
      MPESA_CONSUMER_KEY: "your-key-here",
      MPESA_CONSUMER_SECRET: "two words",
      MPESA_SHORTCODE: "abc",
      CALLBACK_BASE_URL: "nowhere",
    };
    expect(faultsOf({ ...env, ...momoProductionKeys, PAYMENT_TEST_MODE: "false" })).toEqual([
      "CALLBACK_BASE_URL: is not an http or https address",
      "MOMO_PRODUCTION_TARGET_ENVIRONMENT: is missing",
      "MPESA_CONSUMER_KEY: is a placeholder",
      "MPESA_CONSUMER_SECRET: has a blank, a line break or a character outside ASCII",
      "MPESA_PASSKEY: is missing",
      "MPESA_SHORTCODE: is not 5 to 7 digits",
    ]);
    for (const { field, message, remedy } of problemsOf(env)) {
      expect(field).toMatch(/^[A-Z_]+$/);
      expect(message).not.toBe("");
      expect(remedy).toMatch(/\.$/);
    }
    expect(() => resolveConfig(env)).toThrow(ConfigurationError);
    expect(() => resolveConfig(env)).toThrow(
      /PAYMENT_TEST_MODE: is neither true nor false; .*MPESA_PASSKEY: is missing/,
    );
  });

  test("a problem with a missing variable says what to set it to", () => {
    const env = without({ PAYMENT_TEST_MODE: "false", ...mpesaProduction }, "MPESA_PASSKEY");
    expect(problemsOf(env)).toEqual([
      {
        field: "MPESA_PASSKEY",
        message: "is missing",
        remedy:
          "Set MPESA_PASSKEY: key of STK push: in production from the go-live letter, in the sandbox the one that Safaricom publishes among the test credentials.",
      },
    ]);
  });
});
