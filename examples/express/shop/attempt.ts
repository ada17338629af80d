/**
 * One attempt to get an order paid.
 */
import type {
  FailureReason,
  MpesaCallback,
  MtnMomoCallback,
  PaymentFacts,
  PaymentStatus,
} from "mobile-money";
import type { Order } from "./orders.js";

/** What a callback claims. */
export type Claim = MtnMomoCallback | MpesaCallback;

/** One attempt. An order has as many as it takes, and never two that are open. */
export interface Attempt {
  /** The order's id and a number, such as `"A1001-1"`: the provider and the customer's browser know it by this. */
  readonly reference: string;
  readonly order: Order;
  /**
   * `sending` until the provider has answered the request, then `pending`, `unknown` or `rejected`; at last `succeeded`
   * or `failed`. `cancelled`: nothing was sent. `review`: money moved, but not as much as the order costs.
   */
  status: PaymentStatus;
  /** What the provider is asked with. Set before anything is sent, so that an answer may get lost. */
  pending?: PaymentFacts;
  /** The newest claim that could be true. */
  claim?: Claim;
  /** When the provider was last asked, in milliseconds since 1970. */
  askedAt?: number;
  /** Why it failed. */
  reason?: FailureReason;
  /** What went wrong while asking, for the shop's own people. */
  detail?: string;
  /** The number on the customer's receipt. */
  transactionId?: string;
}

/** Whether the provider may still change it. */
export function isOpen({ status }: Attempt): boolean {
  return status === "sending" || status === "pending" || status === "unknown";
}

/** Whether its order takes no other attempt: money has moved, or may move yet. */
export function holdsOrder(attempt: Attempt): boolean {
  return isOpen(attempt) || attempt.status === "succeeded" || attempt.status === "review";
}
