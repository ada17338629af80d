import { ConnectionError, type OperationOptions, ResponseInvalidError } from "mobile-money";
import { expect, test } from "vitest";
import { type Answer, broken, meanwhile, silence, stalled } from "./answers.js";
import type { TestClock } from "./clock.js";
import { failure, rejection } from "./failure.js";
import type { Host } from "./host.js";
import type { FiveCases } from "./operation.js";
import { type Failing, type Refusal, testRefusals } from "./refusals.js";

/** A read with its client and provider set up. */
export interface ReadSetup {
  readonly host: Host;
  readonly clock: TestClock;
  readonly call: (options?: OperationOptions) => Promise<unknown>;
}

/** What differs between reads. */
export interface ReadCases {
  readonly setUp: () => ReadSetup;
  readonly route: string;
  readonly refused: readonly Refusal[];
  /** Answers that can't be understood. */
  readonly malformed: readonly (readonly [title: string, answer: Answer])[];
}

/** The cases in which all reads are alike: nothing moves, so a lost or unclear answer is asked for three times. */
export function readCases({
  setUp,
  route,
  refused,
  malformed,
}: ReadCases): Pick<FiveCases, "refused" | "unanswered" | "malformed"> {
  const failing: Failing = (asked, answer) => {
    const { host, clock, call } = setUp();
    host.answer(asked, answer);
    return { host, error: clock.run(failure(call())) };
  };

  return {
    refused: () => testRefusals(route, refused, failing),

    unanswered() {
      test.each([
        ["the connection breaks", broken, false],
        ["nothing is answered", silence, true],
        ["the body begins and never ends", stalled(200, '{"status"'), true],
      ])("%s, three times → ConnectionError", async (_, answer, timedOut) => {
        const { host, error: ended } = failing(route, answer);
        const error = await ended;
        expect(error).toBeInstanceOf(ConnectionError);
        expect(error).toMatchObject({ code: "connection_failed", timedOut, isRetryable: true });
        expect(host.to(route)).toHaveLength(3);
      });

      test("the time-out of the call is kept", async () => {
        const { host, clock, call } = setUp();
        host.answer(route, silence);
        await clock.run(failure(call({ timeoutMs: 1_000 })));
        // Three waits of a second, and the pauses between them: halves of 0.5 and 1 s.
        expect(clock.monotonic()).toBe(3_000 + 250 + 500);
      });

      test("an abort before → the caller's own reason, and no request", async () => {
        const { host, clock, call } = setUp();
        const reason = new Error("changed my mind");
        await expect(clock.run(rejection(call({ signal: AbortSignal.abort(reason) })))).resolves.toBe(reason);
        expect(host.requests).toEqual([]);
      });

      test("an abort on the way → the caller's own reason, and no other request", async () => {
        const { host, clock, call } = setUp();
        const controller = new AbortController();
        const reason = new Error("changed my mind");
        host.answer(
          route,
          meanwhile(() => controller.abort(reason), silence),
        );
        await expect(clock.run(rejection(call({ signal: controller.signal })))).resolves.toBe(reason);
        expect(host.to(route)).toHaveLength(1);
      });
    },

    malformed() {
      test.each(malformed)("%s → ResponseInvalidError", async (_, answer) => {
        const { host, error: ended } = failing(route, answer);
        const error = await ended;
        expect(error).toBeInstanceOf(ResponseInvalidError);
        expect(error).toMatchObject({
          code: "response_invalid",
          isRetryable: true,
          remedy: expect.any(String),
        });
        expect(host.to(route)).toHaveLength(3);
        expect(host.requests.every(({ url }) => !url.includes("elsewhere"))).toBe(true);
      });
    },
  };
}
