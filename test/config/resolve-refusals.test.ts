import { ConfigurationError } from "mobile-money";
import { resolveConfig } from "mobile-money/config";
import { describe, expect, test } from "vitest";
import {
  momoProductionKeys,
  momoSandbox,
  mpesaProduction,
  production,
  sandbox,
  without,
} from "./environments.js";
import { faultsOf, problemsOf } from "./problems-of.js";

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
