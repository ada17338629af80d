/**
 * What every provider promises: the values that stand for a payment and the contract that the facade builds on.
 */
import type { CallbackUrl } from "./callback-url.js";
import type { Money } from "./money.js";

/** The name of a network, in every value, tariff and route. */
export type ProviderName = "mtn_momo" | "mpesa";

/**
 * What must be kept to ask about a payment later. Plain JSON: store it with the order.
 *
 * Every accepted send returns a superset of it.
 */
export type PendingRef = Readonly<{
  provider: ProviderName;
  /** Which of several accounts of the application sent it; absent when the client has no `account`. */
  account?: string;
  /** The operation that sent it, such as `"collection.request_to_pay"` or `"stk.push"`. */
  operation: string;
  /** A UUID chosen before sending. At MTN it is the resource's own id; at M-Pesa it is known to us alone. */
  reference: string;
  /** The id that the provider chose: M-Pesa's CheckoutRequestID. MTN chooses none. */
  providerReference?: string;
}>;

/**
 * Why a payment failed, in one vocabulary for both networks. The provider's own code stands beside it, in `reasonCode`.
 *
 * `"unrecognised"` means that the provider gave a code that this version does not know, or none.
 */
export type FailureReason =
  | "insufficient_funds"
  | "declined_by_payer"
  | "wrong_pin"
  | "pin_locked"
  | "expired"
  | "cancelled"
  | "payer_unreachable"
  | "payer_busy"
  | "payer_not_found"
  | "payer_limit_reached"
  | "payee_not_found"
  | "payee_not_allowed"
  | "payee_limit_reached"
  | "below_minimum"
  | "above_maximum"
  | "not_permitted"
  | "repeated_too_soon"
  | "provider_error"
  | "unrecognised";

/** Every status that a payment can have. The facade without a store uses `pending`, `succeeded`, `failed`, `rejected` and `unknown`. */
export type PaymentStatus = Payment["status"];

/** What every payment carries, whatever its status. */
export interface PaymentFacts extends PendingRef {
  /** The amount that was asked for, or that the provider named. Absent where the provider names none. */
  readonly amount?: Money;
  /** The other side's phone number: the payer of a collection, the payee of a payout. Digits with country code. */
  readonly party?: string;
  /** The application's own reference, such as an order number, where one was given. */
  readonly merchantReference?: string;
}

/** The provider has taken the request; whether money moves is not decided yet. */
export interface PendingPayment extends PaymentFacts {
  readonly status: "pending";
}

/** The provider says that money moved. Final. */
export interface SucceededPayment extends PaymentFacts {
  readonly status: "succeeded";
  /** The provider's own number of the transaction, as on the customer's receipt; absent where the provider's answer has none. */
  readonly transactionId?: string;
}

/** The provider says that no money moved. Final. */
export interface FailedPayment extends PaymentFacts {
  readonly status: "failed";
  /** Why, in one vocabulary for both networks. */
  readonly reason: FailureReason;
  /** The provider's code as it came, such as `"APPROVAL_REJECTED"` or `"1032"`. */
  readonly reasonCode?: string;
  /** The provider's sentence as it came. */
  readonly reasonMessage?: string;
}

/** The provider refused the request itself: nothing was executed. Final. */
export interface RejectedPayment extends PaymentFacts {
  readonly status: "rejected";
  /** Code of the error that says why, such as `"request_rejected"`. */
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly remedy: string;
  /** The provider's code as it came. */
  readonly providerCode?: string;
}

/**
 * Nobody can say yet whether money moved: an answer was lost, or the provider gave a status that this version does not
 * know. Never final: ask again, or wait for the callback. Never send again under a new reference.
 */
export interface UnknownPayment extends PaymentFacts {
  readonly status: "unknown";
  /** The status as the provider wrote it, when it wrote one. */
  readonly providerStatus?: string;
  /** What is known about why, in a sentence. */
  readonly detail: string;
}

/** A status that only a store of payments can give. */
export interface StoredPayment extends PaymentFacts {
  readonly status: "created" | "sending" | "expired" | "cancelled" | "review";
}

/** What a provider can say about a payment when asked. */
export type ProviderPayment = PendingPayment | SucceededPayment | FailedPayment | UnknownPayment;

/** A payment that will not change any more. */
export type SettledPayment = SucceededPayment | FailedPayment | RejectedPayment;

/** A payment, discriminated by `status`. */
export type Payment = ProviderPayment | RejectedPayment | StoredPayment;

/** Options that every operation takes last. */
export interface OperationOptions {
  /**
   * Aborts the operation. An abort before anything was sent rejects with the signal's own reason; an abort after a
   * request that may move money was sent rejects with `OutcomeUnknownError`, whose `cause` is that reason.
   */
  readonly signal?: AbortSignal;
  /** Longest wait for one HTTP answer, body included, in milliseconds. @defaultValue the client's `timeoutMs` */
  readonly timeoutMs?: number;
}

/** Options of waiting for an outcome. */
export interface WaitOptions {
  /** Aborts the waiting; the payment goes on at the provider. Rejects with the signal's own reason. */
  readonly signal?: AbortSignal;
  /** Longest wait in all, in milliseconds; then `StillPendingError`. @defaultValue 90_000 */
  readonly timeoutMs?: number;
}

/** A request for money, as the facade hands it to a provider: already parsed. */
export interface CollectRequest {
  /** Who pays: a phone number in any usual form. */
  readonly from: string;
  readonly amount: Money;
  /** A version 4 UUID for this attempt, made before anything is sent. */
  readonly reference: string;
  /** The application's own reference, such as an order number. */
  readonly merchantReference: string;
  /** What the customer reads, where the network shows it. */
  readonly description?: string;
  readonly callbackUrl?: CallbackUrl;
}

/** A payout, as the facade hands it to a provider. */
export interface PayOutRequest {
  /** Who is paid: a phone number in any usual form. */
  readonly to: string;
  readonly amount: Money;
  /** A version 4 UUID for this attempt, made before anything is sent. */
  readonly reference: string;
  /** The application's own reference, such as a payroll line. */
  readonly merchantReference: string;
  /** What the payee reads, where the network shows it. */
  readonly description?: string;
  readonly callbackUrl?: CallbackUrl;
}

/** A question to a provider: could it carry this payment? Answered without a request to the network. */
export interface SupportRequest {
  readonly direction: "collect" | "pay_out";
  /** The payer's or payee's phone number, as typed. */
  readonly phoneNumber: string;
  readonly amount: Money;
}

/** What a callback says. A claim, not a fact: nothing is paid until the provider's own API says so. */
export interface CallbackClaim {
  readonly provider: ProviderName;
  /** Which callback it is, such as `"stk.result"`. */
  readonly kind: string;
  /** What the sender says became of the payment. */
  readonly claimedStatus: "pending" | "succeeded" | "failed" | "unknown";
  /** The provider's id of the payment, where the body has one. */
  readonly providerReference?: string;
  /** The application's own reference, where the body has one. */
  readonly merchantReference?: string;
}

/** What a network must do for the facade. Both clients implement it. */
export interface MobileMoneyProvider {
  readonly provider: ProviderName;
  /** Tells one of several accounts of the same network from another. */
  readonly account?: string;
  /** Whether this network and country carry such a payment. Reads the number and the currency; asks nobody. */
  supports(request: SupportRequest): boolean;
  collect(request: CollectRequest, options?: OperationOptions): Promise<PendingPayment>;
  /** Throws `OperationUnsupportedError` where the provider has no payout. */
  payOut(request: PayOutRequest, options?: OperationOptions): Promise<PendingPayment>;
  /** Asks the network. A payment that the network does not know (yet) is `unknown`, never failed. */
  lookUp(pending: PendingRef, options?: OperationOptions): Promise<ProviderPayment>;
  waitForOutcome(pending: PendingRef, options?: WaitOptions): Promise<SucceededPayment | FailedPayment>;
  /** Reads a callback's parsed body. Throws `CallbackInvalidError`. */
  parseCallback(input: unknown, context?: { readonly expected?: string }): CallbackClaim;
}
