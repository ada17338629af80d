import type { Clock } from "mobile-money";

/** A clock that moves by itself, as fast as the machine goes, while a test waits for something. */
export interface TestClock extends Clock {
  /** Lets time pass until the promise has settled, and gives back what it settled to. Fails when it never will. */
  run<Value>(work: Promise<Value>): Promise<Value>;
  /** Moves time forward, ringing whatever falls due on the way. */
  advance(ms: number): Promise<void>;
}

interface Alarm {
  readonly dueAt: number;
  readonly ring: () => void;
}

/** Rounds without an alarm after which nothing will happen any more; a digest takes one or two. */
const mostIdleRounds = 300;

/** Makes such a clock. It starts at 2026-11-23T09:00:00Z, noon in East Africa. */
export function createTestClock(): TestClock {
  const startMs = Date.UTC(2026, 10, 23, 9);
  const alarms = new Set<Alarm>();
  let elapsedMs = 0;

  /** Moves to the next instant with alarms, if it is due by `untilMs`, and rings them; false when there is none. */
  const ringNext = (untilMs: number): boolean => {
    const nextMs = Math.min(...[...alarms].map(({ dueAt }) => dueAt));
    if (nextMs > untilMs || nextMs === Number.POSITIVE_INFINITY) return false;
    elapsedMs = nextMs;
    for (const alarm of [...alarms]) {
      if (alarm.dueAt === nextMs && alarms.delete(alarm)) alarm.ring();
    }
    return true;
  };

  return {
    now: () => startMs + elapsedMs,
    monotonic: () => elapsedMs,
    after(delayMs, callback) {
      const alarm = { dueAt: elapsedMs + Math.max(0, delayMs), ring: callback };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    async run(work) {
      let isSettled = false;
      const settle = () => {
        isSettled = true;
      };
      work.then(settle, settle);
      let idleRounds = 0;
      for (await quiet(); !isSettled; await quiet()) {
        idleRounds = ringNext(Number.POSITIVE_INFINITY) ? 0 : idleRounds + 1;
        if (idleRounds > mostIdleRounds) throw new Error("It waits for something that never happens.");
      }
      return work;
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await quiet();
      while (ringNext(untilMs)) await quiet();
      elapsedMs = untilMs;
    },
  };
}

/**
 * Enough turns of the event loop for a request to be answered, body read and all, and for a digest, which is made on
 * another thread: time must not overtake them.
 */
async function quiet(): Promise<void> {
  await crypto.subtle.digest("SHA-256", new Uint8Array());
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve));
}
