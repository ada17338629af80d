/**
 * Instants as text.
 */
import type { Clock } from "../core/clock.js";

/** The clock's present moment as an ISO instant. */
export function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
