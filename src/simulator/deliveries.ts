/**
 * Callbacks on their way to the merchant.
 */
import type { Clock } from "../core/clock.js";
import type { ProviderName } from "../core/provider.js";
import { isoNow } from "./instant.js";
import type { Faults } from "./scenario.js";

/** One callback that was sent, or lost on purpose. */
export interface Delivery {
  /** When, as an ISO instant. */
  readonly at: string;
  readonly provider: ProviderName;
  /** MTN's X-Reference-Id, M-Pesa's CheckoutRequestID. */
  readonly reference: string;
  readonly url: string;
  readonly method: "POST" | "PUT";
  readonly body: string;
  /** The HTTP status that the merchant answered; absent until then, and when none came. */
  readonly status?: number;
  /** Why it did not arrive. */
  readonly error?: string;
}

/** A callback to be sent. */
export interface Callback {
  readonly provider: ProviderName;
  readonly reference: string;
  readonly url: string;
  readonly method: "POST" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one payment's callback is to fare. */
export class CallbackPlan {
  /** Resolves when the callback has been delivered, or when it is certain that none will be. */
  readonly over: Promise<void>;
  readonly faults: Faults;
  #end: () => void = () => {};

  constructor(faults: Faults) {
    this.faults = faults;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  end(): void {
    this.#end();
  }
}

const longestDeliveryMs = 10_000;

/** Sends callbacks and keeps the record of them. */
export class Deliveries {
  readonly all: Delivery[] = [];
  readonly #clock: Clock;
  readonly #deliver: typeof fetch;
  readonly #afterMs: number;
  readonly #underWay = new Set<Promise<void>>();

  constructor(clock: Clock, deliver: typeof fetch, afterMs: number) {
    this.#clock = clock;
    this.#deliver = deliver;
    this.#afterMs = afterMs;
  }

  /** Sends the callback when its time comes, as often as the plan says. */
  schedule(callback: Callback, plan: CallbackPlan): void {
    const { faults } = plan;
    const planned = { ...callback, method: faults.callback_method?.method ?? callback.method };
    if (faults.callback_lost) {
      this.#open(planned).error = "lost on the way, as the scenario asked";
      plan.end();
      return;
    }
    const afterMs = faults.callback_before_answer ? 0 : this.#afterMs;
    this.#clock.after(afterMs + (faults.callback_late?.ms ?? 0), () => {
      void this.#send(planned).then(() => {
        plan.end();
        if (faults.callback_twice) {
          this.#clock.after(faults.callback_twice.ms ?? 0, () => void this.#send(planned));
        }
      });
    });
  }

  /** Resolves when no callback is on its way. Those whose time has not come are not waited for. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #send(callback: Callback): Promise<void> {
    const sending = this.#exchange(callback).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
    return sending;
  }

  async #exchange(callback: Callback): Promise<void> {
    const delivery = this.#open(callback);
    const { url, method, headers, body } = callback;
    const deadline = new AbortController();
    const cancel = this.#clock.after(longestDeliveryMs, () => deadline.abort(new Error("no answer in time")));
    try {
      const { signal } = deadline;
      const response = await this.#deliver(url, { method, headers, body, redirect: "manual", signal });
      delivery.status = response.status;
      await response.body?.cancel();
    } catch (error) {
      delivery.error = String(error);
    } finally {
      cancel();
    }
  }

  #open(callback: Callback): { -readonly [Key in keyof Delivery]: Delivery[Key] } {
    const { headers: _, ...facts } = callback;
    const delivery = { at: isoNow(this.#clock), ...facts };
    this.all.push(delivery);
    return delivery;
  }
}
