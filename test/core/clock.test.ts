import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sleep, systemClock, unlessAborted, within } from "../../src/core/clock.js";
import { rejection } from "../support/failure.js";
import { createManualClock, settled } from "../support/manual-clock.js";

describe("systemClock", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
  afterEach(() => void vi.useRealTimers());

  test("tells the machine's time", () => {
    expect(systemClock.now()).toBe(Date.now());
    expect(systemClock.monotonic()).toBe(performance.now());
  });

  test("rings once, when it is due", () => {
    const ring = vi.fn();
    systemClock.after(1_000, ring);
    vi.advanceTimersByTime(999);
    expect(ring).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  test("does not ring when it is cancelled", () => {
    const ring = vi.fn();
    systemClock.after(1_000, ring)();
    vi.advanceTimersByTime(10_000);
    expect(ring).not.toHaveBeenCalled();
  });

  test("rings in time after more than setTimeout can count", () => {
    const ring = vi.fn();
    systemClock.after(2 ** 31 + 1_000, ring);
    vi.advanceTimersByTime(2 ** 31 + 999);
    expect(ring).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  // setTimeout turns what does not fit 31 bits into 1 ms: the longest wait would be the shortest.
  test.each([2 ** 31 - 1, 2 ** 31, 2 ** 40, Number.POSITIVE_INFINITY])(
    "does not ring early for %s ms",
    (delayMs) => {
      const ring = vi.fn();
      const cancel = systemClock.after(delayMs, ring);
      vi.advanceTimersByTime(86_400_000);
      expect(ring).not.toHaveBeenCalled();
      cancel();
      expect(vi.getTimerCount()).toBe(0);
    },
  );
});

describe("sleep", () => {
  const reason = new DOMException("gone", "AbortError");

  test("ends when the time has passed", async () => {
    const clock = createManualClock();
    const ended = vi.fn();
    const sleeping = sleep(clock, 500).then(ended);
    await clock.advance(499);
    expect(ended).not.toHaveBeenCalled();
    await clock.advance(1);
    await sleeping;
    expect(ended).toHaveBeenCalledTimes(1);
  });

  test("rejects with the signal's reason, and leaves no alarm", async () => {
    const clock = createManualClock();
    const controller = new AbortController();
    const sleeping = rejection(sleep(clock, 500, controller.signal));
    await settled();
    controller.abort(reason);
    expect(await sleeping).toBe(reason);
    expect(clock.alarmCount).toBe(0);
  });

  test("does not begin on a signal that is aborted already", async () => {
    const clock = createManualClock();
    expect(await rejection(sleep(clock, 500, AbortSignal.abort(reason)))).toBe(reason);
    expect(clock.alarmCount).toBe(0);
  });

  test("keeps no listener on the signal", async () => {
    const clock = createManualClock();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await clock.run(sleep(clock, 500, signal));
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1]);
  });
});

describe("unlessAborted", () => {
  const reason = new DOMException("gone", "AbortError");

  test("gives what the promise gives, with a signal and without", async () => {
    const { signal } = new AbortController();
    const error = new Error("x");
    expect(await unlessAborted(Promise.resolve(5), undefined)).toBe(5);
    expect(await unlessAborted(Promise.resolve(5), signal)).toBe(5);
    expect(await rejection(unlessAborted(Promise.reject(error), undefined))).toBe(error);
    expect(await rejection(unlessAborted(Promise.reject(error), signal))).toBe(error);
  });

  test("rejects with the signal's reason as soon as it is aborted, before or during", async () => {
    const never = new Promise(() => {});
    expect(await rejection(unlessAborted(never, AbortSignal.abort(reason)))).toBe(reason);
    const controller = new AbortController();
    const waiting = rejection(unlessAborted(never, controller.signal));
    controller.abort(reason);
    expect(await waiting).toBe(reason);
  });

  test("leaves no rejection that nobody handles, and no listener", async () => {
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, "removeEventListener");
    await rejection(unlessAborted(Promise.reject(new Error("x")), signal));
    await settled();
    expect(removed).toHaveBeenCalledTimes(1);
    const late = Promise.reject(new Error("a rejection without a handler would fail the whole run"));
    expect(await rejection(unlessAborted(late, AbortSignal.abort(reason)))).toBe(reason);
    await settled();
  });
});

describe("within", () => {
  test("gives what the promise gives in time, and leaves no alarm", async () => {
    const clock = createManualClock();
    const error = new Error("x");
    expect(await within(clock, 500, Promise.resolve(5))).toBe(5);
    expect(await rejection(within(clock, 500, Promise.reject(error)))).toBe(error);
    await settled();
    expect(clock.alarmCount).toBe(0);
  });

  test("rejects when the time is over, and handles what comes later", async () => {
    const clock = createManualClock();
    let fail: (error: Error) => void = () => {};
    const work = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const waiting = rejection(within(clock, 500, work));
    await clock.advance(499);
    expect(clock.alarmCount).toBe(1);
    await clock.advance(1);
    expect(await waiting).toMatchObject({ message: expect.stringContaining("500 ms") });
    fail(new Error("a rejection without a handler would fail the whole run"));
    await settled();
  });
});
