import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sleep, systemClock } from "../../src/core/clock.js";
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
