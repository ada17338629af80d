import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  AuthenticationError,
  ConnectionError,
  type MobileMoneyError,
  ProviderUnavailableError,
  RateLimitedError,
  RequestRejectedError,
  ResponseInvalidError,
  type StillPendingError,
} from "../../src/core/errors.js";
import { waitUntilSettled } from "../../src/core/poll.js";
import type {
  FailedPayment,
  ProviderPayment,
  SucceededPayment,
  WaitOptions,
} from "../../src/core/provider.js";
import { rejection } from "../support/failure.js";
import { createManualClock, settled } from "../support/manual-clock.js";

const facts = {
  provider: "mpesa",
  operation: "stk.push",
  reference: "8c4f2d57-0f5e-4a53-8a7e-6b8f6d7d0c21",
  party: "254708374149",
} as const;
const pending: ProviderPayment = { ...facts, status: "pending" };
const unknown: ProviderPayment = { ...facts, status: "unknown", detail: "a new status" };
const succeeded: SucceededPayment = { ...facts, status: "succeeded" };
const failed: FailedPayment = { ...facts, status: "failed", reason: "expired" };

const said = { message: "said", remedy: "None." };
const outage = new ConnectionError({ ...said, timedOut: false });

type Answer = ProviderPayment | Error | ((signal: AbortSignal) => Promise<ProviderPayment>);

/** A wait whose questions are answered by the script, one after the other; the last answer repeats. */
function setUp(answers: readonly Answer[], fraction = 0.5) {
  const clock = createManualClock();
  const askedAt: number[] = [];
  const ask = async ({ signal }: { signal: AbortSignal }) => {
    const answer = answers[Math.min(askedAt.length, answers.length - 1)] as Answer;
    askedAt.push(clock.monotonic());
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer(signal) : answer;
  };
  const random = { uuid: () => "", fraction: () => fraction };
  const wait = (options?: WaitOptions) =>
    waitUntilSettled<SucceededPayment | FailedPayment, ProviderPayment>(
      { initial: pending, ask, clock, random },
      options,
    );
  return { clock, askedAt, wait };
}

describe("waitUntilSettled", () => {
  test.each([succeeded, failed])("gives a payment that has $status, at once", async (payment) => {
    const { wait, clock, askedAt } = setUp([payment]);
    expect(await wait()).toBe(payment);
    expect(askedAt).toEqual([0]);
    expect(clock.alarmCount).toBe(0);
  });

  test("asks again after 2, 3, 5, 10, 20 and every 30 seconds", async () => {
    const { wait, clock, askedAt } = setUp([...Array.from({ length: 8 }, () => pending), succeeded]);
    expect(await clock.run(wait({ timeoutMs: 600_000 }))).toBe(succeeded);
    const pauses = askedAt.slice(1).map((time, index) => time - (askedAt[index] as number));
    expect(pauses).toEqual([2_000, 3_000, 5_000, 10_000, 20_000, 30_000, 30_000, 30_000]);
  });

  test("shifts each pause by up to a fifth", async () => {
    const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fraction, async (fraction) => {
        const { wait, clock, askedAt } = setUp([pending, pending, succeeded], fraction);
        await clock.run(wait());
        const [first, second, third] = askedAt as [number, number, number];
        expect(second - first).toBe(Math.round(2_000 * (0.8 + 0.4 * fraction)));
        expect(third - second).toBeGreaterThanOrEqual(2_400);
        expect(third - second).toBeLessThanOrEqual(3_600);
      }),
    );
  });

  test("goes on through a status that nobody knows", async () => {
    const { wait, clock } = setUp([unknown, pending, failed]);
    expect(await clock.run(wait())).toBe(failed);
  });

  test.each<MobileMoneyError>([
    outage,
    new ProviderUnavailableError({ ...said, status: 503 }),
    new RateLimitedError(said),
    new ResponseInvalidError({ ...said, issues: [] }),
  ])("asks again after $name", async (error) => {
    const { wait, clock } = setUp([error, error, succeeded]);
    expect(await clock.run(wait())).toBe(succeeded);
  });

  test.each<Error>([
    new AuthenticationError({ ...said, status: 401 }),
    new RequestRejectedError({ ...said, status: 404 }),
    new TypeError("a bug"),
  ])("ends at $name", async (error) => {
    const { wait, clock, askedAt } = setUp([pending, error]);
    expect(await clock.run(rejection(wait()))).toBe(error);
    expect(askedAt).toHaveLength(2);
    expect(clock.alarmCount).toBe(0);
  });

  test("does not ask again before the provider wants to be asked", async () => {
    const { wait, clock, askedAt } = setUp([
      new RateLimitedError({ ...said, retryAfterMs: 70_000 }),
      succeeded,
    ]);
    await clock.run(wait({ timeoutMs: 600_000 }));
    expect(askedAt[1]).toBeGreaterThanOrEqual(70_000);
  });

  test("asks at the usual pace again once the provider answers", async () => {
    const throttled = new RateLimitedError({ ...said, retryAfterMs: 70_000 });
    const { wait, clock, askedAt } = setUp([throttled, pending, succeeded]);
    await clock.run(wait({ timeoutMs: 600_000 }));
    expect(askedAt).toEqual([0, 70_000, 73_000]);
  });

  describe("the deadline", () => {
    test.each([
      [undefined, 90_000],
      [{ timeoutMs: 10_000 }, 10_000],
    ])("with %j is %i ms", async (options, deadlineMs) => {
      const { wait, clock } = setUp([pending]);
      const error = (await clock.run(rejection(wait(options)))) as StillPendingError;
      expect(clock.monotonic()).toBe(deadlineMs);
      expect(error).toMatchObject({ code: "still_pending", provider: "mpesa", waitedMs: deadlineMs });
      expect(error.message).toContain(`is still pending after ${deadlineMs} ms`);
      expect(error.message).not.toContain(facts.party);
      expect(clock.alarmCount).toBe(0);
    });

    test("gives the payment as last seen", async () => {
      const { wait, clock } = setUp([pending, unknown]);
      const error = (await clock.run(rejection(wait()))) as StillPendingError;
      expect(error.payment).toBe(unknown);
      expect(error.cause).toBeUndefined();
    });

    test("gives what was known at first when no question was answered, and why not", async () => {
      const { wait, clock } = setUp([outage]);
      const error = (await clock.run(rejection(wait()))) as StillPendingError;
      expect(error.payment).toBe(pending);
      expect(error.cause).toBe(outage);
    });

    test("gives no cause when the last question was answered", async () => {
      const { wait, clock } = setUp([outage, pending]);
      const error = (await clock.run(rejection(wait()))) as StillPendingError;
      expect(error.cause).toBeUndefined();
    });

    test("aborts the question that is being asked", async () => {
      let asked: AbortSignal | undefined;
      const { wait, clock } = setUp([
        (signal) => {
          asked = signal;
          return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        },
      ]);
      expect(await clock.run(rejection(wait()))).toMatchObject({ code: "still_pending", waitedMs: 90_000 });
      expect(asked?.aborted).toBe(true);
    });

    test("ends the waiting for a question that takes no notice of its signal", async () => {
      const { wait, clock } = setUp([() => new Promise(() => {})]);
      expect(await clock.run(rejection(wait()))).toMatchObject({ code: "still_pending", waitedMs: 90_000 });
    });

    test("does not lose an answer that comes as it passes", async () => {
      const late = async (signal: AbortSignal) => {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        return succeeded;
      };
      const { wait, clock } = setUp([late]);
      const outcome = await clock.run(wait().catch((error: unknown) => error));
      expect([succeeded, expect.objectContaining({ code: "still_pending" })]).toContainEqual(outcome);
    });

    test.each([0, 1])("of %i ms still asks once", async (timeoutMs) => {
      const { wait, clock, askedAt } = setUp([pending]);
      expect(await clock.run(rejection(wait({ timeoutMs })))).toMatchObject({ code: "still_pending" });
      expect(askedAt).toEqual([0]);
    });
  });

  describe("the caller's signal", () => {
    const reason = new DOMException("the shop closed", "AbortError");

    test("ends a pause with its own reason", async () => {
      const { wait, clock } = setUp([pending]);
      const controller = new AbortController();
      const waiting = rejection(wait({ signal: controller.signal }));
      await settled();
      controller.abort(reason);
      expect(await waiting).toBe(reason);
      expect(clock.alarmCount).toBe(0);
    });

    test("ends a question with its own reason", async () => {
      const hangs = (signal: AbortSignal) =>
        new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      const { wait } = setUp([hangs]);
      const controller = new AbortController();
      const waiting = rejection(wait({ signal: controller.signal }));
      await settled();
      controller.abort(reason);
      expect(await waiting).toBe(reason);
    });

    test("that is aborted already is told to the question", async () => {
      const honest = async (signal: AbortSignal) => {
        signal.throwIfAborted();
        return pending;
      };
      const { wait } = setUp([honest]);
      expect(await rejection(wait({ signal: AbortSignal.abort(reason) }))).toBe(reason);
    });

    test("keeps no listener over a thousand waits", async () => {
      const { signal } = new AbortController();
      const added = vi.spyOn(signal, "addEventListener");
      const removed = vi.spyOn(signal, "removeEventListener");
      for (let count = 0; count < 1_000; count++) await setUp([succeeded]).wait({ signal });
      expect(added).toHaveBeenCalledTimes(1_000);
      expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
        added.mock.calls.map(([, listener]) => listener),
      );
    });
  });

  test("always ends: with the payment, or at the deadline", async () => {
    const answer = fc.constantFrom<Answer>(pending, unknown, outage, succeeded, failed);
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1 }),
        fc.integer({ min: 1, max: 300_000 }),
        async (answers, timeoutMs) => {
          const { wait, clock, askedAt } = setUp(answers);
          const end = await clock.run(wait({ timeoutMs }).catch((error: StillPendingError) => error));
          expect(clock.monotonic()).toBeLessThanOrEqual(timeoutMs);
          expect(askedAt.length).toBeLessThanOrEqual(16);
          const last = answers[Math.min(askedAt.length, answers.length) - 1];
          if (end instanceof Error) expect(end).toMatchObject({ code: "still_pending", waitedMs: timeoutMs });
          else expect(end).toBe(last);
          expect(clock.alarmCount).toBe(0);
        },
      ),
    );
  });
});
