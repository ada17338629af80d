/**
 * A clock that stands still until a test moves it.
 */
import type { Clock } from "../core/clock.js";

/** A {@link Clock} that only moves when told to. */
export interface ManualClock extends Clock {
  /**
   * Moves time forward by `ms`. Whatever falls due on the way runs in order, each at its own instant, and promises
   * settle before time moves on, so that what they schedule is still in time.
   */
  advance(ms: number): Promise<void>;
}

interface Alarm {
  readonly dueAt: number;
  readonly ring: () => void;
}

/** Makes a clock that starts at `startMs`, milliseconds since 1970 UTC. @defaultValue 2026-11-23T09:00:00Z */
export function createManualClock(startMs: number = Date.UTC(2026, 10, 23, 9)): ManualClock {
  const alarms = new Set<Alarm>();
  let elapsed = 0;

  const nextAlarm = (until: number): Alarm | undefined => {
    let next: Alarm | undefined;
    for (const alarm of alarms) {
      if (alarm.dueAt <= until && (next === undefined || alarm.dueAt < next.dueAt)) next = alarm;
    }
    return next;
  };

  return {
    now: () => startMs + elapsed,
    monotonic: () => elapsed,
    after(delayMs, callback) {
      const alarm: Alarm = { dueAt: elapsed + Math.max(0, delayMs), ring: callback };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    async advance(ms) {
      const until = elapsed + ms;
      await settle();
      for (let alarm = nextAlarm(until); alarm !== undefined; alarm = nextAlarm(until)) {
        alarms.delete(alarm);
        elapsed = alarm.dueAt;
        alarm.ring();
        await settle();
      }
      elapsed = until;
    },
  };
}

/** Enough turns of the event loop for a request answered in process, body read and all. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await new Promise<void>((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        resolve();
      };
      channel.port2.postMessage(undefined);
    });
  }
}
