import {
  type AnyMobileMoneyError,
  isMobileMoneyError,
  type MobileMoneyError,
  type PendingRef,
  type Problem,
} from "mobile-money";
import { describe, expectTypeOf, test } from "vitest";
import type * as errors from "../src/core/errors.js";
import type * as root from "../src/index.js";

/** The instances of every error class that a module exports, the abstract base apart. */
type InstancesIn<Module> = {
  [Name in Exclude<keyof Module, "MobileMoneyError">]: Module[Name] extends abstract new (
    ...args: never
  ) => infer Instance
    ? Extract<Instance, MobileMoneyError>
    : never;
}[Exclude<keyof Module, "MobileMoneyError">];

describe("AnyMobileMoneyError", () => {
  test("is every class there is", () => {
    expectTypeOf<InstancesIn<typeof errors>>().toEqualTypeOf<AnyMobileMoneyError>();
  });

  test("is every class that the root exports", () => {
    expectTypeOf<InstancesIn<typeof root>>().toEqualTypeOf<AnyMobileMoneyError>();
  });

  test("is told apart by its code", () => {
    const error: unknown = undefined;
    if (!isMobileMoneyError(error)) return;
    expectTypeOf(error).toEqualTypeOf<AnyMobileMoneyError>();
    switch (error.code) {
      case "config_invalid":
        return expectTypeOf(error.problems).toEqualTypeOf<readonly Problem[]>();
      case "request_invalid":
      case "response_invalid":
        return expectTypeOf(error.issues).toEqualTypeOf<readonly Problem[]>();
      case "authentication_failed":
      case "request_rejected":
        expectTypeOf(error.providerCode).toEqualTypeOf<string | undefined>();
        return expectTypeOf(error.status).toEqualTypeOf<number>();
      case "rate_limited":
        return expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
      case "provider_unavailable":
        return expectTypeOf(error.status).toEqualTypeOf<number>();
      case "connection_failed":
        return expectTypeOf(error.timedOut).toEqualTypeOf<boolean>();
      case "outcome_unknown":
        expectTypeOf(error.reference).toEqualTypeOf<string>();
        return expectTypeOf(error.pending).toEqualTypeOf<PendingRef>();
      case "still_pending":
        return expectTypeOf(error.waitedMs).toEqualTypeOf<number>();
      case "callback_invalid":
      case "sending_stopped":
        return expectTypeOf(error.reason).toExtend<string>();
      case "operation_unsupported":
        return expectTypeOf(error.operation).toEqualTypeOf<string>();
      case "idempotency_conflict":
        return expectTypeOf(error.reference).toEqualTypeOf<string>();
      case "limit_exceeded":
        return expectTypeOf(error.limit).toEqualTypeOf<string>();
      case "decryption_failed":
        return expectTypeOf(error.keyId).toEqualTypeOf<string | undefined>();
      case "no_tariff":
        return expectTypeOf(error.choices).toEqualTypeOf<readonly string[]>();
      default:
        return expectTypeOf(error).toBeNever();
    }
  });

  test("has what every error has", () => {
    expectTypeOf<AnyMobileMoneyError["remedy"]>().toEqualTypeOf<string>();
    expectTypeOf<AnyMobileMoneyError["docsUrl"]>().toEqualTypeOf<string>();
    expectTypeOf<AnyMobileMoneyError["isRetryable"]>().toEqualTypeOf<boolean>();
  });
});
