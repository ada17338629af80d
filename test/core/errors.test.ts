import { describe, expect, test } from "vitest";
import * as errors from "../../src/core/errors.js";
import {
  type AnyMobileMoneyError,
  AuthenticationError,
  CallbackInvalidError,
  ConfigurationError,
  ConnectionError,
  DecryptionError,
  IdempotencyConflictError,
  isMobileMoneyError,
  LimitExceededError,
  MobileMoneyError,
  NoTariffError,
  OperationUnsupportedError,
  OutcomeUnknownError,
  ProviderUnavailableError,
  RateLimitedError,
  RequestInvalidError,
  RequestRejectedError,
  ResponseInvalidError,
  refuse,
  SendingStoppedError,
  StillPendingError,
} from "../../src/core/errors.js";
import type { PendingRef, ProviderPayment } from "../../src/core/provider.js";

const reference = "8c4f2d57-0f5e-4a53-8a7e-6b8f6d7d0c21";
const party = "254708374149";
const pending: PendingRef = {
  provider: "mpesa",
  operation: "stk.push",
  reference,
  providerReference: `ws_CO_25112026_${party}`,
};
const payment: ProviderPayment = { ...pending, status: "pending", party };
const problem = { field: "amount", message: "is not above zero", remedy: "Give an amount above zero." };
const cause = new TypeError("fetch failed");
const facts = { provider: "mpesa", message: "It did not work.", remedy: "Try again.", cause } as const;

/** One of each, with the code and the repeatability that are promised. */
const samples: readonly (readonly [name: string, code: string, isRetryable: boolean, AnyMobileMoneyError])[] =
  [
    ["ConfigurationError", "config_invalid", false, new ConfigurationError([problem], "mpesa")],
    ["RequestInvalidError", "request_invalid", false, new RequestInvalidError([problem], "mpesa")],
    [
      "AuthenticationError",
      "authentication_failed",
      false,
      new AuthenticationError({ ...facts, status: 401 }),
    ],
    [
      "RequestRejectedError",
      "request_rejected",
      false,
      new RequestRejectedError({ ...facts, status: 400, providerCode: "400.002.02" }),
    ],
    ["RateLimitedError", "rate_limited", true, new RateLimitedError({ ...facts, retryAfterMs: 5_000 })],
    [
      "ProviderUnavailableError",
      "provider_unavailable",
      true,
      new ProviderUnavailableError({ ...facts, status: 503 }),
    ],
    ["ConnectionError", "connection_failed", true, new ConnectionError({ ...facts, timedOut: true })],
    [
      "ResponseInvalidError",
      "response_invalid",
      true,
      new ResponseInvalidError({ ...facts, issues: [problem] }),
    ],
    [
      "OutcomeUnknownError",
      "outcome_unknown",
      false,
      new OutcomeUnknownError({ ...facts, pending, isRetryable: false }),
    ],
    [
      "OutcomeUnknownError",
      "outcome_unknown",
      true,
      new OutcomeUnknownError({ ...facts, pending, isRetryable: true }),
    ],
    [
      "StillPendingError",
      "still_pending",
      true,
      new StillPendingError({ ...facts, payment, waitedMs: 90_000 }),
    ],
    [
      "CallbackInvalidError",
      "callback_invalid",
      false,
      new CallbackInvalidError({ ...facts, reason: "not_an_object" }),
    ],
    [
      "OperationUnsupportedError",
      "operation_unsupported",
      false,
      new OperationUnsupportedError({ ...facts, operation: "pay_out" }),
    ],
    ["SendingStoppedError", "sending_stopped", true, new SendingStoppedError({ ...facts, reason: "audit" })],
    [
      "IdempotencyConflictError",
      "idempotency_conflict",
      false,
      new IdempotencyConflictError({ ...facts, pending }),
    ],
    ["LimitExceededError", "limit_exceeded", false, new LimitExceededError({ ...facts, limit: "daily" })],
    ["DecryptionError", "decryption_failed", false, new DecryptionError({ ...facts, keyId: "k1" })],
    [
      "NoTariffError",
      "no_tariff",
      false,
      new NoTariffError({ ...facts, asked: { on: "2026-11-25" }, choices: [] }),
    ],
  ];

test("the samples are of every class there is", () => {
  const classes = Object.values(errors).filter(
    (value) => typeof value === "function" && value.prototype instanceof MobileMoneyError,
  );
  expect(new Set(samples.map(([, , , error]) => error.constructor))).toEqual(new Set(classes));
});

test("no two classes share a code", () => {
  const names = new Map<string, string>();
  for (const [name, code] of samples) {
    expect(names.get(code) ?? name).toBe(name);
    names.set(code, name);
  }
});

describe.each(samples)("%s", (name, code, isRetryable, error) => {
  test("has its literal name, code and repeatability, whatever a minifier does", () => {
    expect(error).toMatchObject({ name, code, isRetryable, provider: "mpesa" });
    expect(Object.keys(error)).toEqual(expect.arrayContaining(["name", "code", "isRetryable", "remedy"]));
  });

  test("is an Error of the library, recognised by its brand", () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(MobileMoneyError);
    expect(isMobileMoneyError(error)).toBe(true);
    expect(error.stack).toContain("errors.test");
  });

  test("says what to do, and where it is explained", () => {
    expect(error.message).not.toBe("");
    expect(error.remedy).not.toBe("");
    expect(error.docsUrl).toBe(
      `https://github.com/mobile-money/mobile-money/blob/main/docs/errors.md#${code}`,
    );
  });

  test("becomes plain JSON without cause, stack and phone number", () => {
    const json = JSON.parse(JSON.stringify(error));
    expect(json).toMatchObject({
      name,
      code,
      isRetryable,
      message: error.message,
      remedy: error.remedy,
      docsUrl: error.docsUrl,
    });
    expect(json).not.toHaveProperty("cause");
    expect(json).not.toHaveProperty("stack");
    expect(JSON.stringify(json)).not.toContain(party);
    expect(JSON.stringify(json)).not.toContain(cause.message);
  });
});

describe("facts", () => {
  test("that are undefined are absent", () => {
    const error = new RequestRejectedError({
      message: "refused",
      remedy: "None.",
      status: 400,
      provider: undefined,
      requestId: undefined,
      providerCode: undefined,
    });
    for (const name of ["provider", "requestId", "providerCode", "cause"])
      expect(Object.hasOwn(error, name)).toBe(false);
    expect(error.status).toBe(400);
  });

  test("that are given are there", () => {
    const error = new RequestRejectedError({ ...facts, status: 400, providerCode: "X", requestId: "7" });
    expect(error).toMatchObject({ status: 400, providerCode: "X", requestId: "7", provider: "mpesa" });
    expect(error.toJSON()).toStrictEqual({
      name: "RequestRejectedError",
      code: "request_rejected",
      message: "It did not work.",
      remedy: "Try again.",
      docsUrl: error.docsUrl,
      isRetryable: false,
      provider: "mpesa",
      status: 400,
      providerCode: "X",
      requestId: "7",
    });
  });

  test("the cause is kept, and is not enumerable", () => {
    const error = new ConnectionError({ ...facts, timedOut: false });
    expect(error.cause).toBe(cause);
    expect(Object.keys(error)).not.toContain("cause");
  });

  test.each([null, 0, "", false])("a cause of %j is kept too", (cause) => {
    expect(new ConnectionError({ ...facts, cause, timedOut: false }).cause).toBe(cause);
  });
});

describe("what a caller needs and a log must not have", () => {
  test("the pending payment of an unknown outcome", () => {
    const error = new OutcomeUnknownError({ ...facts, pending, isRetryable: true });
    expect(error.pending).toBe(pending);
    expect(error.reference).toBe(reference);
    expect(Object.keys(error)).not.toContain("pending");
    expect({ ...error }).not.toHaveProperty("pending");
    expect(Object.keys(error.toJSON())).not.toContain("pending");
  });

  test("the payment that is still pending", () => {
    const error = new StillPendingError({ ...facts, payment, waitedMs: 90_000 });
    expect(error.payment).toBe(payment);
    expect(error.waitedMs).toBe(90_000);
    expect(Object.keys(error)).not.toContain("payment");
    expect({ ...error }).not.toHaveProperty("payment");
    expect(Object.keys(error.toJSON())).not.toContain("payment");
  });
});

describe("problems", () => {
  const problems = [problem, { field: "payer", message: "is missing", remedy: "Give it." }];

  test.each([
    [new ConfigurationError(problems), "problems", "The configuration is wrong: "],
    [new RequestInvalidError(problems), "issues", "The request is wrong: "],
  ] as const)("of $0.name are all told", (error, list, lead) => {
    expect(error).toHaveProperty(list, problems);
    expect(error.message).toBe(`${lead}amount: is not above zero; payer: is missing.`);
    expect(error.remedy).toBe("Give an amount above zero. Give it.");
    expect(Object.hasOwn(error, "provider")).toBe(false);
  });

  test("refuse throws one of them", () => {
    expect(() => refuse("amount", "is wrong", "Fix it.")).toThrow(
      expect.objectContaining({
        code: "request_invalid",
        issues: [{ field: "amount", message: "is wrong", remedy: "Fix it." }],
      }),
    );
  });
});

describe("isMobileMoneyError", () => {
  test("recognises an error of another copy of the package, and the other copy recognises ours", async () => {
    const copy: typeof errors = await import("../../src/core/errors.js?copy" as string);
    const theirs = new copy.RateLimitedError({ ...facts, retryAfterMs: 1 });
    const ours = new RateLimitedError({ ...facts, retryAfterMs: 1 });
    expect(theirs).not.toBeInstanceOf(MobileMoneyError);
    expect(isMobileMoneyError(theirs)).toBe(true);
    expect(copy.isMobileMoneyError(ours)).toBe(true);
    expect(theirs.code).toBe(ours.code);
  });

  test.each([
    undefined,
    null,
    "request_invalid",
    5,
    {},
    new Error("other"),
    { code: "request_invalid", name: "RequestInvalidError" },
    { "mobile-money.error": true },
    { [Symbol("mobile-money.error")]: true },
    Object.create(null),
  ])("refuses %s", (value) => {
    expect(isMobileMoneyError(value)).toBe(false);
  });

  test("is not fooled by JSON", () => {
    const error = new RateLimitedError(facts);
    expect(isMobileMoneyError(JSON.parse(JSON.stringify(error)))).toBe(false);
  });
});
