/**
 * Daraja's identifiers, in the formats of its published samples.
 */
import type { Clock } from "../../core/clock.js";
import type { SeededRandom } from "../random.js";

const upperAlphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** A moment as Kenya's clocks show it: `YYYYMMDDHHmmss` in East Africa Time, which is UTC+3 all year. */
export function eatTimestamp(epochMs: number): string {
  return new Date(epochMs + 3 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** Makes ids. Formats derived from samples in Daraja docs, "M-Pesa Express", read 2025-11. */
export class DarajaIds {
  readonly #node: string;
  #count: number;

  constructor(
    private readonly clock: Clock,
    private readonly random: SeededRandom,
  ) {
    const uuid = random.uuid();
    this.#node = uuid.slice(uuid.indexOf("-") + 1);
    this.#count = 100_000 + random.integer(800_000);
  }

  /** MerchantRequestID and requestId: one part stays, the gateway node's; the counter grows. */
  request(): string {
    this.#count += 1;
    return `${this.#node}${this.#count}`;
  }

  /** CheckoutRequestID: holds the time and the payer's number. */
  checkout(msisdn: string): string {
    const now = this.clock.now();
    const stamp = eatTimestamp(now);
    const dayFirst = stamp.slice(6, 8) + stamp.slice(4, 6) + stamp.slice(0, 4) + stamp.slice(8);
    return `ws_CO_${dayFirst}${now % 1000}${msisdn.slice(-9)}`;
  }

  /** Receipt number: letters for year, month and day, then seven characters. */
  receipt(): string {
    const stamp = eatTimestamp(this.clock.now());
    const [year, month, day] = [stamp.slice(0, 4), stamp.slice(4, 6), stamp.slice(6, 8)].map(Number) as [
      number,
      number,
      number,
    ];
    const letter = (index: number): string => upperAlphanumerics[index] ?? "";
    const dayMark = day < 10 ? String(day) : letter(day - 10);
    return letter(year - 2006) + letter(month - 1) + dayMark + this.random.text(7, upperAlphanumerics);
  }
}
