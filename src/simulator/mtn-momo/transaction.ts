/**
 * A request to pay or a transfer.
 */
import type { Currency } from "../../core/currencies.js";
import type { PaymentFate } from "../network.js";
import type { Terms } from "./request-body.js";

/** A payment as MTN keeps it. */
export interface Transaction {
  readonly kind: "request_to_pay" | "transfer";
  readonly reference: string;
  readonly terms: Terms;
  readonly currency: Currency;
  readonly callbackUrl?: string;
  readonly fate: PaymentFate;
  /** Milliseconds since 1970 from which it can be found. */
  readonly visibleFrom: number;
  status: "CREATED" | "PENDING" | "SUCCESSFUL" | "FAILED";
  reason?: string;
  financialTransactionId?: string;
}
