/**
 * An STK push and its result.
 */
import type { PaymentFate } from "../network.js";

/** How a push ended. */
export interface PushResult {
  readonly code: number;
  readonly description: string;
  /** Of a payment that was made. */
  readonly receipt?: string;
  /** `YYYYMMDDHHmmss` in East Africa Time. */
  readonly completedAt: string;
}

/** An STK push as Safaricom keeps it. */
export interface Push {
  readonly merchantRequestId: string;
  readonly checkoutRequestId: string;
  /** Whole shillings. */
  readonly amount: string;
  /** Who pays. */
  readonly payer: string;
  /** Whose screen shows the prompt. */
  readonly phoneNumber: string;
  /** Whether the receiver fits the kind of payment. */
  readonly isReceiverRight: boolean;
  readonly accountReference: string;
  readonly callbackUrl: string;
  readonly fate: PaymentFate;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  result?: PushResult;
}
