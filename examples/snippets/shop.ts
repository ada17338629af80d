/**
 * What the snippets take from your application.
 */
import type { Money, PendingRef } from "mobile-money";

/** Your orders, wherever you keep them. */
export interface Orders {
  /** Keeps what was sent, as JSON, with the order that it pays. */
  keep(order: string, sent: PendingRef): Promise<void>;
  /** What was kept. */
  sentFor(order: string): Promise<PendingRef>;
  /** The money is there. */
  paid(order: string, transactionId?: string): Promise<void>;
  /** The money will not come. */
  refused(order: string, reason: string): Promise<void>;
  /** Nobody knows yet: neither deliver nor ask again. */
  hold(order: string, sent: PendingRef): Promise<void>;
}

/** One attempt to be paid, as it is known before anything is sent. */
export interface Attempt {
  readonly pending: PendingRef;
  readonly amount: Money | undefined;
}

/** Attempts by the secret part of their callback address. */
export interface Attempts {
  keep(secret: string, attempt: Attempt): Promise<void>;
  find(secret: string): Promise<Attempt | undefined>;
}
