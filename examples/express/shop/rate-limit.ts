/**
 * How often something may be done.
 */
import { Refusal } from "./problems.js";

/** Counts a use under this key; throws once there were too many. */
export type RateLimit = (key: string) => void;

/** At most `most` uses of one key in each stretch of `perMs`. In memory: several processes would need a shared store. */
export function createRateLimit(most: number, perMs: number, now: () => number = Date.now): RateLimit {
  let uses = new Map<string, number>();
  let endsAt = 0;
  return (key) => {
    if (now() >= endsAt) {
      uses = new Map();
      endsAt = now() + perMs;
    }
    const count = (uses.get(key) ?? 0) + 1;
    uses.set(key, count);
    if (count > most) {
      const message = "Too many payments were asked for. Wait a little, then try again.";
      throw new Refusal(429, "too_many_requests", message, [], endsAt - now());
    }
  };
}
