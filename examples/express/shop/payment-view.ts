/**
 * An attempt as the customer's browser sees it.
 */
import type { FailureReason } from "mobile-money";
import type { Attempt } from "./attempt.js";

/** Plain JSON, in the style of the routes. */
export interface PaymentView {
  readonly reference: string;
  readonly order_id: string;
  readonly status: Attempt["status"];
  readonly provider: string | undefined;
  readonly amount: Attempt["order"]["total"];
  /** A sentence for the customer. */
  readonly message: string;
  readonly reason: string | undefined;
  readonly transaction_id: string | undefined;
}

/** Shows an attempt to its customer. */
export function viewOf(attempt: Attempt): PaymentView {
  const { reference, order, status, reason, transactionId } = attempt;
  return {
    reference,
    order_id: order.id,
    status,
    provider: attempt.pending?.provider,
    amount: order.total,
    message: messageFor(attempt),
    reason,
    transaction_id: transactionId,
  };
}

function messageFor({ status, reason }: Attempt): string {
  switch (status) {
    case "succeeded":
      return "Paid. Thank you!";
    case "failed":
      return `${(reason && causes[reason]) ?? "The payment did not go through."} Nothing was charged.`;
    case "rejected":
    case "cancelled":
      return "The payment could not be started. Nothing was charged: please try again.";
    case "pending":
    case "sending":
      return "Please approve the payment on your phone.";
    default:
      return "We are finding out what became of your payment. Please do not pay again.";
  }
}

const causes: Partial<Record<FailureReason, string>> = {
  declined_by_payer: "You declined the payment.",
  insufficient_funds: "There is not enough money in your wallet.",
  wrong_pin: "The PIN was wrong.",
  pin_locked: "Your PIN is locked.",
  expired: "The payment was not approved in time.",
  payer_unreachable: "Your phone did not answer.",
};
