import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decideRetry,
  type FailureKind,
  type Repeatable,
  type RetryQuestion,
} from "../../src/core/retry-policy.js";

const failures: readonly FailureKind[] = [
  "not_sent",
  "no_answer",
  "unclear",
  "throttled",
  "token_refused",
  "rejected",
];
const repeatables: readonly Repeatable[] = ["read", "same_reference", "never"];

const failure = fc.constantFrom(...failures);
const repeatable = fc.constantFrom(...repeatables);
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const retryAfterMs = fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: undefined });

/** Any question that a send can come to ask. */
const question: fc.Arbitrary<RetryQuestion> = fc
  .record({
    repeatable,
    failure,
    attempt: fc.integer({ min: 1, max: 6 }),
    earlier: fc.nat(5),
    retryAfterMs,
    fraction,
  })
  .map(({ earlier, ...rest }) => {
    const isRefusal = rest.failure === "token_refused";
    return { ...rest, tokenRefusals: Math.min(earlier, rest.attempt - 1) + (isRefusal ? 1 : 0) };
  });

const runs = { numRuns: 5_000 };

describe("decideRetry", () => {
  const ask = (changes: Partial<RetryQuestion>) =>
    decideRetry({
      repeatable: "read",
      failure: "no_answer",
      attempt: 1,
      tokenRefusals: 0,
      fraction: 0.5,
      ...changes,
    });

  /** Which failures may be followed by another request at the first attempt. */
  const again: Readonly<Record<Repeatable, readonly FailureKind[]>> = {
    read: ["not_sent", "no_answer", "unclear", "throttled", "token_refused"],
    same_reference: ["not_sent", "no_answer", "unclear", "throttled", "token_refused"],
    never: ["not_sent", "token_refused"],
  };
  test.each(repeatables.flatMap((repeatable) => failures.map((failure) => ({ repeatable, failure }))))(
    "$repeatable after $failure",
    ({ repeatable, failure }) => {
      const tokenRefusals = failure === "token_refused" ? 1 : 0;
      const isAllowed = again[repeatable].includes(failure);
      expect(ask({ repeatable, failure, tokenRefusals }).again).toBe(isAllowed);
    },
  );

  test("backs off longer each time, by a random part of it", () => {
    const delays = (fraction: number) =>
      [1, 2]
        .map((attempt) => ask({ attempt, fraction }))
        .map((decision) => decision.again && decision.delayMs);
    expect(delays(0)).toEqual([0, 0]);
    expect(delays(0.5)).toEqual([250, 500]);
    expect(delays(0.999999)).toEqual([500, 1_000]);
  });

  test.each([
    [0, 250],
    [100, 250],
    [60_000, 60_000],
  ])("waits at least the %i ms that the provider asked for", (retryAfterMs, delayMs) => {
    expect(ask({ failure: "throttled", retryAfterMs })).toEqual({ again: true, delayMs });
  });

  test("does not wait for a provider that asks for more than a minute", () => {
    expect(ask({ failure: "throttled", retryAfterMs: 60_001 })).toEqual({ again: false });
  });

  test("replaces a refused token once, at once, even at the last attempt", () => {
    const refused = { failure: "token_refused", repeatable: "never" } as const;
    expect(ask({ ...refused, attempt: 3, tokenRefusals: 1 })).toEqual({ again: true, delayMs: 0 });
    expect(ask({ ...refused, attempt: 2, tokenRefusals: 2 })).toEqual({ again: false });
  });

  test("is total, and depends on nothing but the question", () => {
    fc.assert(
      fc.property(question, (question) => {
        const decision = decideRetry(question);
        expect(decideRetry(structuredClone(question))).toEqual(decision);
        if (decision.again) expect(Number.isSafeInteger(decision.delayMs)).toBe(true);
        else expect(decision).toEqual({ again: false });
      }),
      runs,
    );
  });

  test("never repeats what may have moved money without a provider's key", () => {
    const doubtful = fc.constantFrom<FailureKind>("no_answer", "unclear", "throttled", "rejected");
    fc.assert(
      fc.property(question, doubtful, (question, failure) => {
        expect(decideRetry({ ...question, failure, repeatable: "never" })).toEqual({ again: false });
      }),
      runs,
    );
  });

  test("never repeats what the provider refused", () => {
    fc.assert(
      fc.property(question, (question) => {
        expect(decideRetry({ ...question, failure: "rejected" })).toEqual({ again: false });
      }),
      runs,
    );
  });

  test("gives an operation that is less repeatable no more requests", () => {
    fc.assert(
      fc.property(question, (question) => {
        const allowed = repeatables.map((repeatable) => decideRetry({ ...question, repeatable }).again);
        // read, then same_reference, then never: once false, false for good
        expect(allowed).toEqual([...allowed].sort((a, b) => Number(b) - Number(a)));
      }),
      runs,
    );
  });

  test("gives a failure in doubt no more requests than one that was proved unsent", () => {
    fc.assert(
      fc.property(question, fc.constantFrom<FailureKind>("no_answer", "unclear"), (question, failure) => {
        const proved = decideRetry({ ...question, failure: "not_sent" });
        const doubtful = decideRetry({ ...question, failure });
        expect(doubtful.again && !proved.again).toBe(false);
      }),
      runs,
    );
  });

  test("gives a later attempt no more requests, and never a shorter wait", () => {
    fc.assert(
      fc.property(question, (question) => {
        const now = decideRetry(question);
        const later = decideRetry({ ...question, attempt: question.attempt + 1 });
        if (later.again) {
          expect(now.again).toBe(true);
          if (now.again) expect(later.delayMs).toBeGreaterThanOrEqual(now.delayMs);
        }
      }),
      runs,
    );
  });

  test("waits no less than was asked, no more than a minute, and of itself no more than 8 s", () => {
    fc.assert(
      fc.property(question, (question) => {
        const decision = decideRetry(question);
        if (!decision.again || question.failure === "token_refused") return;
        const asked = question.retryAfterMs ?? 0;
        expect(decision.delayMs).toBeGreaterThanOrEqual(asked);
        expect(decision.delayMs).toBeLessThanOrEqual(60_000);
        if (decision.delayMs > 8_000) expect(decision.delayMs).toBe(asked);
      }),
      runs,
    );
  });

  test("ends within three requests, and one more for a token", () => {
    fc.assert(
      fc.property(
        repeatable,
        fc.array(fc.record({ failure, retryAfterMs, fraction }), { minLength: 10, maxLength: 10 }),
        (repeatable, steps) => {
          let tokenRefusals = 0;
          let sent = 0;
          for (const step of steps) {
            sent += 1;
            if (step.failure === "token_refused") tokenRefusals += 1;
            if (!decideRetry({ ...step, repeatable, attempt: sent, tokenRefusals }).again) break;
          }
          expect(sent).toBeLessThanOrEqual(tokenRefusals === 0 ? 3 : 4);
        },
      ),
      runs,
    );
  });
});
