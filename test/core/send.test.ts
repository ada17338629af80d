import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { isMobileMoneyError } from "../../src/core/errors.js";
import type { Repeatable } from "../../src/core/retry-policy.js";
import { read, send } from "../../src/core/send.js";
import type { SendOutcome } from "../../src/core/send-outcome.js";
import type { TokenCache } from "../../src/core/token-cache.js";
import { type Ending, exchangeOf, type Step, scriptChannel, scriptedOperation } from "../support/channel.js";
import { rejection } from "../support/failure.js";
import { settled } from "../support/manual-clock.js";

/** Hands out `token-1`, `token-2`, …: a new one after each refusal. */
function numberedTokens(): TokenCache & { refused: string[] } {
  const refused: string[] = [];
  return {
    refused,
    get: async () => `token-${refused.length + 1}`,
    refuse: async (token) => void refused.push(token),
  };
}

const isInDoubt = (ending: Ending) => ending === "no_answer" || ending === "unclear";

describe("send", () => {
  const run = async (repeatable: Repeatable, steps: readonly Step[]) => {
    const { channel, clock, sent } = scriptChannel(steps, { tokens: numberedTokens() });
    const outcome = await clock.run(send(channel, scriptedOperation({ repeatable })));
    return { outcome, sent, alarmCount: clock.alarmCount };
  };

  test.each<[Repeatable, Ending[], SendOutcome<string>["outcome"], number]>([
    ["never", ["accepted"], "accepted", 1],
    ["never", ["rejected"], "rejected", 1],
    ["never", ["throttled"], "rejected", 1],
    ["never", ["no_answer"], "unknown", 1],
    ["never", ["unclear"], "unknown", 1],
    ["never", ["not_sent", "accepted"], "accepted", 2],
    ["never", ["not_sent", "not_sent", "accepted"], "accepted", 3],
    ["never", ["not_sent"], "not-sent", 3],
    ["never", ["not_sent", "no_answer"], "unknown", 2],
    ["never", ["token_refused", "accepted"], "accepted", 2],
    ["never", ["token_refused"], "rejected", 2],
    ["never", ["token_refused", "no_answer"], "unknown", 2],
    ["never", ["not_sent", "not_sent", "token_refused", "accepted"], "accepted", 4],
    ["never", ["not_sent", "not_sent", "token_refused", "not_sent"], "not-sent", 4],
    ["same_reference", ["no_answer", "accepted"], "accepted", 2],
    ["same_reference", ["unclear", "no_answer", "accepted"], "accepted", 3],
    ["same_reference", ["no_answer"], "unknown", 3],
    ["same_reference", ["throttled"], "rejected", 3],
    ["same_reference", ["no_answer", "rejected"], "unknown", 2],
    ["same_reference", ["no_answer", "token_refused"], "unknown", 3],
    ["same_reference", ["unclear", "not_sent"], "unknown", 3],
    ["same_reference", ["unclear", "throttled"], "unknown", 3],
    ["read", ["no_answer", "unclear", "accepted"], "accepted", 3],
  ])("%s with %j is %s after %i requests", async (repeatable, steps, outcome, requests) => {
    const result = await run(repeatable, steps);
    expect(result.outcome.outcome).toBe(outcome);
    expect(result.sent).toHaveLength(requests);
    expect(result.alarmCount).toBe(0);
  });

  const endings = fc.constantFrom<Ending>(
    "accepted",
    "not_sent",
    "no_answer",
    "unclear",
    "throttled",
    "token_refused",
    "rejected",
  );
  const script = fc.array(endings, { minLength: 5, maxLength: 5 });
  const money = fc.constantFrom<Repeatable>("same_reference", "never");
  const runs = { numRuns: 1_000 };

  test("never lets an operation without a provider's key be executed twice", async () => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const { sent } = await run("never", steps);
        const executedPerhaps = steps
          .slice(0, sent.length)
          .filter((end) => end === "accepted" || isInDoubt(end));
        expect(executedPerhaps.length).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  test("says accepted, rejected and not-sent only when that is sure", async () => {
    await fc.assert(
      fc.asyncProperty(money, script, async (repeatable, steps) => {
        const { outcome, sent } = await run(repeatable, steps);
        const seen = steps.slice(0, sent.length);
        const last = seen.at(-1);
        const expected =
          last === "accepted"
            ? "accepted"
            : seen.some(isInDoubt)
              ? "unknown"
              : last === "not_sent"
                ? "not-sent"
                : "rejected";
        expect(outcome.outcome).toBe(expected);
      }),
      runs,
    );
  });

  test("never becomes safer by a doubt", async () => {
    await fc.assert(
      fc.asyncProperty(money, script, fc.nat(4), async (repeatable, steps, place) => {
        const before = await run(repeatable, steps);
        const doubted = await run(
          repeatable,
          steps.map((step, index) => (index === place ? "no_answer" : step)),
        );
        if (place >= before.sent.length) expect(doubted.outcome).toEqual(before.outcome);
        else expect(["accepted", "unknown"]).toContain(doubted.outcome.outcome);
        if (before.outcome.outcome === "unknown")
          expect(["accepted", "unknown"]).toContain(doubted.outcome.outcome);
      }),
      runs,
    );
  });

  test("sends the same request each time, but for the token", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Repeatable>("read", "same_reference", "never"),
        script,
        async (...input) => {
          const { sent } = await run(...input);
          const bare = sent.map(({ headers: { Authorization, ...headers } = {}, ...request }) => ({
            ...request,
            headers,
          }));
          for (const request of bare) expect(request).toStrictEqual(bare[0]);
        },
      ),
      runs,
    );
  });

  test("gives the first doubt as the reason, not what came later", async () => {
    const { outcome } = await run("same_reference", ["no_answer", "unclear", "rejected"]);
    expect(outcome).toMatchObject({
      error: { code: "connection_failed", timedOut: false, cause: { message: "scripted: no_answer" } },
    });
  });

  test("waits as the policy says: back-off, or what the provider asked for", async () => {
    const steps = [exchangeOf("throttled", 5_000), "no_answer", "accepted"] as const;
    const { channel, clock } = scriptChannel(steps);
    await clock.run(send(channel, scriptedOperation({ repeatable: "same_reference" })));
    expect(clock.monotonic()).toBe(5_000 + 500);
  });

  test("hands back what the provider asked to wait when it is too long", async () => {
    const { channel, clock, sent } = scriptChannel([exchangeOf("throttled", 61_000)]);
    const outcome = await clock.run(send(channel, scriptedOperation({ repeatable: "same_reference" })));
    expect(outcome.outcome).toBe("rejected");
    expect(sent).toHaveLength(1);
  });

  test("gives the channel's time-out to each request, or the caller's", async () => {
    const { channel, clock, sent } = scriptChannel(["not_sent", "accepted"]);
    await clock.run(send(channel, scriptedOperation()));
    await clock.run(send(channel, scriptedOperation(), { timeoutMs: 5 }));
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000, 30_000, 5]);
  });

  test.each([0, -1, Number.NaN])("refuses a time-out of %s before anything is sent", async (timeoutMs) => {
    const { channel, clock, sent } = scriptChannel(["accepted"]);
    const outcome = await clock.run(send(channel, scriptedOperation(), { timeoutMs }));
    expect(outcome).toMatchObject({
      outcome: "not-sent",
      error: { code: "request_invalid", issues: [{ field: "timeoutMs" }] },
    });
    expect(sent).toEqual([]);
  });

  describe("headers", () => {
    test("come from the channel for each request, then the token, then the operation", async () => {
      let calls = 0;
      const headers = async () => {
        calls += 1;
        return { "X-Key": `key-${calls}`, "X-Reference-Id": "the channel's", Authorization: "the channel's" };
      };
      const { channel, clock, sent } = scriptChannel(["not_sent", "accepted"], {
        headers,
        tokens: numberedTokens(),
      });
      const { request } = scriptedOperation();
      const operation = scriptedOperation({ request: { ...request, headers: { "X-Reference-Id": "1" } } });
      await clock.run(send(channel, operation));
      const common = { Authorization: "Bearer token-1", "X-Reference-Id": "1" };
      expect(sent.map(({ headers }) => headers)).toEqual([
        { ...common, "X-Key": "key-1" },
        { ...common, "X-Key": "key-2" },
      ]);
    });

    test("that cannot be had end the send before anything leaves", async () => {
      const error = new Error("the key service is down");
      const { channel, sent } = scriptChannel(["accepted"], { headers: () => Promise.reject(error) });
      expect(await send(channel, scriptedOperation())).toStrictEqual({ outcome: "not-sent", error });
      expect(sent).toEqual([]);
    });

    test("that cannot be had after a doubt leave the doubt", async () => {
      let calls = 0;
      const headers = async () => {
        calls += 1;
        if (calls > 1) throw new Error("the key service is down");
        return {};
      };
      const { channel, clock } = scriptChannel(["no_answer"], { headers });
      const outcome = await clock.run(send(channel, scriptedOperation({ repeatable: "same_reference" })));
      expect(outcome.outcome).toBe("unknown");
    });
  });

  describe("tokens", () => {
    test("are not asked for by a channel without them", async () => {
      const { channel, sent } = scriptChannel(["accepted"]);
      await send(channel, scriptedOperation());
      expect(sent[0]?.headers).toStrictEqual({});
    });

    test("are replaced once after a refusal, and the refused one is named", async () => {
      const tokens = numberedTokens();
      const { channel, clock, sent } = scriptChannel(["token_refused"], { tokens });
      const outcome = await clock.run(send(channel, scriptedOperation()));
      expect(outcome).toMatchObject({ outcome: "rejected", error: { message: "scripted: token_refused" } });
      expect(sent.map(({ headers }) => headers?.["Authorization"])).toEqual([
        "Bearer token-1",
        "Bearer token-2",
      ]);
      expect(tokens.refused).toEqual(["token-1", "token-2"]);
      expect(clock.monotonic()).toBe(0);
    });

    test("that cannot be had end the send, with the token's own error and no repetition", async () => {
      const error = new Error("no token");
      const get = vi.fn(() => Promise.reject(error));
      const { channel, sent } = scriptChannel(["accepted"], { tokens: { get, refuse: async () => {} } });
      expect(await send(channel, scriptedOperation())).toStrictEqual({ outcome: "not-sent", error });
      expect(get).toHaveBeenCalledTimes(1);
      expect(sent).toEqual([]);
    });
  });

  describe("abort", () => {
    const reason = new DOMException("the shop closed", "AbortError");
    const hangs = ({ signal }: { signal?: AbortSignal | undefined }) =>
      new Promise<ReturnType<typeof exchangeOf>>((resolve) => {
        signal?.addEventListener("abort", () =>
          resolve({ failure: { kind: "aborted", mayHaveLeft: true, cause: signal.reason } }),
        );
      });

    test("before the send: the reason itself, nothing sent, no token asked for", async () => {
      const get = vi.fn(async () => "token");
      const { channel, sent } = scriptChannel(["accepted"], { tokens: { get, refuse: async () => {} } });
      const outcome = await send(channel, scriptedOperation(), { signal: AbortSignal.abort(reason) });
      expect(outcome).toStrictEqual({ outcome: "not-sent", error: reason });
      expect(get).not.toHaveBeenCalled();
      expect(sent).toEqual([]);
    });

    test("while the token is fetched: nothing sent", async () => {
      const controller = new AbortController();
      const get = async () => {
        controller.abort(reason);
        return "token";
      };
      const { channel, sent } = scriptChannel(["accepted"], { tokens: { get, refuse: async () => {} } });
      const outcome = await send(channel, scriptedOperation(), { signal: controller.signal });
      expect(outcome).toStrictEqual({ outcome: "not-sent", error: reason });
      expect(sent).toEqual([]);
    });

    test.each(["never", "same_reference"] as const)(
      "in flight of %s: unknown, for that reason",
      async (repeatable) => {
        const controller = new AbortController();
        const { channel, sent } = scriptChannel([hangs]);
        const outcome = send(channel, scriptedOperation({ repeatable }), { signal: controller.signal });
        await settled();
        controller.abort(reason);
        expect(await outcome).toStrictEqual({ outcome: "unknown", error: reason });
        expect(sent).toHaveLength(1);
      },
    );

    test("in flight of a read: the reason itself", async () => {
      const controller = new AbortController();
      const { channel, sent } = scriptChannel([hangs]);
      const thrown = rejection(read(channel, scriptedOperation(), { signal: controller.signal }));
      await settled();
      controller.abort(reason);
      expect(await thrown).toBe(reason);
      expect(sent).toHaveLength(1);
    });

    test("in a pause after what was proved unsent: the reason itself", async () => {
      const controller = new AbortController();
      const { channel, clock, sent } = scriptChannel(["not_sent"]);
      const outcome = send(channel, scriptedOperation(), { signal: controller.signal });
      await settled();
      controller.abort(reason);
      expect(await outcome).toStrictEqual({ outcome: "not-sent", error: reason });
      expect(sent).toHaveLength(1);
      expect(clock.alarmCount).toBe(0);
    });

    test("in a pause after a doubt: unknown, for that reason", async () => {
      const controller = new AbortController();
      const { channel, sent } = scriptChannel(["no_answer"]);
      const operation = scriptedOperation({ repeatable: "same_reference" });
      const outcome = send(channel, operation, { signal: controller.signal });
      await settled();
      controller.abort(reason);
      expect(await outcome).toStrictEqual({ outcome: "unknown", error: reason });
      expect(sent).toHaveLength(1);
    });

    test("leaves no listener on a signal that many sends share", async () => {
      const { signal } = new AbortController();
      const added = vi.spyOn(signal, "addEventListener");
      const removed = vi.spyOn(signal, "removeEventListener");
      for (let count = 0; count < 100; count++) {
        const { channel, clock } = scriptChannel(["not_sent", "accepted"], { tokens: numberedTokens() });
        await clock.run(send(channel, scriptedOperation(), { signal }));
      }
      expect(added).toHaveBeenCalledTimes(100);
      expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
        added.mock.calls.map(([, listener]) => listener),
      );
    });
  });

  describe("a failure of the network", () => {
    test.each([
      ["timed_out", true, "a deadline passed"],
      ["broken", false, "the connection failed"],
    ] as const)("%s is a ConnectionError", async (kind, timedOut, said) => {
      const cause = new TypeError("fetch failed");
      const { channel, clock } = scriptChannel([{ failure: { kind, mayHaveLeft: true, cause } }]);
      const error = await clock.run(rejection(read(channel, scriptedOperation())));
      expect(isMobileMoneyError(error)).toBe(true);
      expect(error).toMatchObject({ code: "connection_failed", provider: "mpesa", timedOut, cause });
      expect((error as Error).message).toContain(said);
    });
  });

  test("leaves it open what became of a payment whose answer is too long to be read", async () => {
    const cause = new RangeError("too long");
    const tooLong = { failure: { kind: "too_large", mayHaveLeft: true, cause } } as const;
    const error = { code: "response_invalid", provider: "mpesa", issues: [{ field: "body" }], cause };
    const payment = scriptChannel([tooLong]);
    const outcome = await payment.clock.run(send(payment.channel, scriptedOperation()));
    expect(outcome).toMatchObject({ outcome: "unknown", error });
    const question = scriptChannel([tooLong]);
    const thrown = await question.clock.run(rejection(read(question.channel, scriptedOperation())));
    expect(thrown).toMatchObject(error);
  });

  test("tells of every request, answer and repetition", async () => {
    const told: unknown[] = [];
    const { channel, clock } = scriptChannel(["not_sent", "accepted"], {
      hooks: {
        request: (event) => told.push(["request", event]),
        response: (event) => told.push(["response", event]),
        retry: (event) => told.push(["retry", event]),
      },
    });
    await clock.run(send(channel, scriptedOperation()));
    const event = {
      provider: "mpesa",
      account: "main",
      operation: "stk.push",
      reference: scriptedOperation().reference,
      attempt: 1,
      method: "POST",
      path: "/pay/{id}",
    };
    expect(told).toStrictEqual([
      ["request", event],
      ["response", { ...event, durationMs: 0, verdict: "not_sent" }],
      ["retry", { ...event, delayMs: 250, because: "not_sent" }],
      ["request", { ...event, attempt: 2 }],
      ["response", { ...event, attempt: 2, durationMs: 0, status: 200, verdict: "accepted" }],
    ]);
  });
});

describe("read", () => {
  test("returns what was found", async () => {
    const { channel, clock } = scriptChannel(["unclear", "accepted"]);
    expect(await clock.run(read(channel, scriptedOperation()))).toBe("taken");
  });

  test.each<[Ending[], string]>([
    [["rejected"], "scripted: rejected"],
    [["unclear"], "scripted: unclear"],
    [["no_answer", "no_answer", "rejected"], "scripted: rejected"],
    [["no_answer", "unclear", "throttled"], "scripted: throttled"],
  ])("throws the last failure of %j", async (steps, message) => {
    const { channel, clock } = scriptChannel(steps);
    expect(await clock.run(rejection(read(channel, scriptedOperation())))).toMatchObject({ message });
  });
});
