/**
 * What the two simulated networks share, and what each of them must offer.
 */
import type { Clock } from "../core/clock.js";
import type { ProviderName } from "../core/provider.js";
import type { CallbackPlan, Deliveries } from "./deliveries.js";
import type { LedgerBook } from "./ledger.js";
import type { PhoneBook } from "./phones.js";
import type { SeededRandom } from "./random.js";
import type { Operation } from "./scenario.js";
import type { WireAnswer, WireRequest } from "./wire.js";

/** The world that both networks live in. */
export interface World {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly phones: PhoneBook;
  readonly ledger: LedgerBook;
  readonly deliveries: Deliveries;
  /** The merchant's name, as phones show it. */
  readonly merchantName: string;
}

/** What a scenario has in store for a payment that is being made. */
export interface PaymentFate {
  /** For how long the payment cannot be found. */
  readonly hiddenForMs: number;
  readonly callbackPlan: CallbackPlan;
}

/** One operation of a network, found by method and path. */
export interface Route {
  readonly operation?: Operation;
  /** Whether it makes a payment. */
  readonly creates?: boolean;
  answer(request: WireRequest, fate: PaymentFate): WireAnswer;
}

/** A simulated network. */
export interface Network {
  readonly provider: ProviderName;
  /** Whether the path is one of this network's. */
  owns(path: string): boolean;
  /** Every request of this network has a route; an unknown path has one that refuses. */
  route(method: string, path: string): Route;
  /** What the gateway answers when there are too many requests. */
  throttled(): WireAnswer;
}
