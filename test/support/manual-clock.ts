import type { Clock } from "mobile-money";

/** A clock that stands still until a test moves it, wall time and running time apart. */
export interface ManualClock extends Clock {
  /** Moves both times forward. Whatever falls due rings at its own instant, and promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Lets time pass, alarm by alarm, until the promise has settled. Fails when no alarm is left that could settle it. */
  run<Value>(work: Promise<Value>): Promise<Value>;
  /** Moves wall time alone, as a time server or an administrator does. */
  setBack(ms: number): void;
  /** How many alarms are set, neither rung nor cancelled. */
  readonly alarmCount: number;
}

interface Alarm {
  readonly dueAt: number;
  readonly ring: () => void;
}

/** Makes such a clock. It starts at 2026-11-23T09:00:00Z. */
export function createManualClock(): ManualClock {
  const alarms = new Set<Alarm>();
  let startMs = Date.UTC(2026, 10, 23, 9);
  let elapsedMs = 0;

  const ringNext = (untilMs: number): boolean => {
    let next: Alarm | undefined;
    for (const alarm of alarms) {
      if (alarm.dueAt <= untilMs && (next === undefined || alarm.dueAt < next.dueAt)) next = alarm;
    }
    if (next === undefined) return false;
    alarms.delete(next);
    elapsedMs = next.dueAt;
    next.ring();
    return true;
  };

  return {
    now: () => startMs + elapsedMs,
    monotonic: () => elapsedMs,
    after(delayMs, callback) {
      const alarm: Alarm = { dueAt: elapsedMs + Math.max(0, delayMs), ring: callback };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await settled();
      while (ringNext(untilMs)) await settled();
      elapsedMs = untilMs;
    },
    async run(work) {
      let isOver = false;
      const end = () => {
        isOver = true;
      };
      work.then(end, end);
      for (await settled(); !isOver; await settled()) {
        if (!ringNext(Number.POSITIVE_INFINITY))
          throw new Error("Nothing is left that the work could wait for.");
      }
      return work;
    },
    setBack(ms) {
      startMs -= ms;
    },
    get alarmCount() {
      return alarms.size;
    },
  };
}

/** Lets every promise settle that waits for no clock and no network. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
