import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMobileMoneyError, type OutcomeUnknownError } from "../../src/core/errors.js";
import type { PendingRef } from "../../src/core/provider.js";
import type { FailureKind } from "../../src/core/retry-policy.js";
import { concludeSend, type Failure, isDoubtful, valueOfSend } from "../../src/core/send-outcome.js";

const doubtfulKinds: readonly FailureKind[] = ["no_answer", "unclear"];
const provenKinds: readonly FailureKind[] = ["not_sent", "throttled", "token_refused", "rejected"];

function failed(kind: FailureKind): Failure {
  return { kind, error: new Error(kind) };
}

describe("isDoubtful", () => {
  test.each(doubtfulKinds)("%s leaves open what happened", (kind) => {
    expect(isDoubtful(failed(kind))).toBe(true);
  });
  test.each(provenKinds)("%s proves that nothing was executed", (kind) => {
    expect(isDoubtful(failed(kind))).toBe(false);
  });
});

describe("concludeSend", () => {
  test.each([
    ["not_sent", "not-sent"],
    ["rejected", "rejected"],
    ["throttled", "rejected"],
    ["token_refused", "rejected"],
  ] as const)("%s without a doubt is %s, with its own error", (kind, outcome) => {
    const last = failed(kind);
    expect(concludeSend(last, undefined)).toStrictEqual({ outcome, error: last.error });
  });

  test("stays unknown after a doubt, whatever came later, and names the doubt or the end of the trying", () => {
    const kind = fc.constantFrom(...doubtfulKinds, ...provenKinds);
    fc.assert(
      fc.property(kind, fc.boolean(), fc.constantFrom(...doubtfulKinds), (lastKind, isFinal, doubtKind) => {
        const last = { ...failed(lastKind), isFinal };
        const doubt = failed(doubtKind);
        const { error } = isFinal ? last : doubt;
        expect(concludeSend(last, doubt)).toStrictEqual({ outcome: "unknown", error });
      }),
    );
  });
});

describe("valueOfSend", () => {
  const pending: PendingRef = {
    provider: "mpesa",
    operation: "stk.push",
    reference: "8c4f2d57-0f5e-4a53-8a7e-6b8f6d7d0c21",
  };
  const thrownBy = (call: () => unknown): unknown => {
    try {
      call();
    } catch (error) {
      return error;
    }
    throw new Error("nothing was thrown");
  };

  test("gives the value of what was accepted", () => {
    expect(valueOfSend({ outcome: "accepted", value: 5 }, pending, "never")).toBe(5);
  });

  test.each(["rejected", "not-sent"] as const)("throws the very error of what was %s", (outcome) => {
    const error = new DOMException("the caller's own", "AbortError");
    expect(thrownBy(() => valueOfSend({ outcome, error }, pending, "never"))).toBe(error);
  });

  test.each([
    ["never", false, /Never send it again/],
    ["same_reference", true, /same reference/],
  ] as const)("throws OutcomeUnknownError for an unknown end of %s", (repeatable, isRetryable, remedy) => {
    const cause = new Error("reset");
    const error = thrownBy(() =>
      valueOfSend({ outcome: "unknown", error: cause }, pending, repeatable),
    ) as OutcomeUnknownError;
    expect(isMobileMoneyError(error)).toBe(true);
    expect(error).toMatchObject({
      code: "outcome_unknown",
      provider: "mpesa",
      reference: pending.reference,
      isRetryable,
      remedy: expect.stringMatching(remedy),
      message: expect.stringContaining(pending.reference),
    });
    expect(error.pending).toEqual(pending);
    expect(error.cause).toBe(cause);
  });
});
