/**
 * One interface for both networks: a request goes to the provider that fits the phone number and the currency.
 */
import type { CallbackUrl } from "./core/callback-url.js";
import { isCurrency } from "./core/currencies.js";
import { defined } from "./core/defined.js";
import {
  ConfigurationError,
  type IdempotencyConflictError,
  isMobileMoneyError,
  type OutcomeUnknownError,
  type RequestRejectedError,
  refuse,
} from "./core/errors.js";
import { anything, type FieldReader, filled, optional, readFields } from "./core/fields.js";
import { type Money, parseTypedAmount } from "./core/money.js";
import type {
  FailedPayment,
  MobileMoneyProvider,
  OperationOptions,
  Payment,
  PaymentFacts,
  PendingPayment,
  PendingRef,
  ProviderName,
  ProviderPayment,
  RejectedPayment,
  SettledPayment,
  SucceededPayment,
  UnknownPayment,
  WaitOptions,
} from "./core/provider.js";
import { type Random, systemRandom } from "./core/uuid.js";

/** Options of `MobileMoney`. */
export interface MobileMoneyOptions {
  /** The clients to choose from, each for one network, account and market. */
  readonly providers: readonly MobileMoneyProvider[];
  /** @defaultValue the platform's randomness */
  readonly random?: Random;
}

/** An amount as people type it: `"15,000"`, `"1 500"`, `15000`. Ambiguous forms such as `"1.500"` are refused. */
export interface TypedAmount {
  readonly amount: string | number;
  /** ISO 4217 code. */
  readonly currency: string;
}

interface PaymentRequest {
  readonly amount: TypedAmount;
  /**
   * Your own reference, such as an order number, at most 64 plain characters at MTN and 12 at M-Pesa. Make it unique for
   * each attempt where you can. It is not a key against paying twice: every call is a new payment.
   */
  readonly reference: string;
  /** What the customer reads: at most 160 characters at MTN, 13 at M-Pesa. @defaultValue the reference, at M-Pesa */
  readonly description?: string;
  /** Chooses the network; needed only where several fit. @defaultValue the one that fits number and currency */
  readonly provider?: ProviderName;
  /** Chooses among several accounts of one network. */
  readonly account?: string;
  /** Where the result is sent. @defaultValue the client's */
  readonly callbackUrl?: CallbackUrl;
}

/** A request for money. */
export interface CollectInput extends PaymentRequest {
  /** Phone number of the payer, as typed. */
  readonly from: string;
}

/** A payout. */
export interface PayOutInput extends PaymentRequest {
  /** Phone number of the payee, as typed. */
  readonly to: string;
}

/** How a request ended: taken, refused, or nobody knows. */
export type SentPayment = PendingPayment | RejectedPayment | UnknownPayment;

type Direction = "collect" | "pay_out";

type Checked<Input extends PaymentRequest> = Omit<Input, "amount"> & { readonly amount: Money };

const typedAmount: FieldReader<Money> = (value, field) => {
  const { amount, currency } = Object(value) as Partial<TypedAmount>;
  if (!isCurrency(currency))
    refuse(field, "has no known currency", "Give an ISO 4217 code such as UGX or KES.");
  return parseTypedAmount(amount as string, currency, field);
};

const paymentFields = {
  amount: typedAmount,
  reference: filled,
  description: optional(filled),
  provider: optional(filled) as FieldReader<ProviderName | undefined>,
  account: optional(filled),
  callbackUrl: anything<CallbackUrl | undefined>,
};

/**
 * Takes and sends money over whichever of the given providers fits.
 */
export class MobileMoney {
  readonly #providers: readonly MobileMoneyProvider[];
  readonly #random: Random;

  /** @throws {@link ConfigurationError} when there is no provider, or two for the same network and account. */
  constructor({ providers = [], random = systemRandom }: MobileMoneyOptions) {
    const names = providers.map(({ provider, account }) => `${provider}/${account ?? ""}`);
    const repeated = names.find((name, index) => names.indexOf(name) !== index);
    if (providers.length === 0) throw misconfigured("is empty", "Give at least one client.");
    if (repeated !== undefined) {
      throw misconfigured(`has ${repeated} twice`, "Give each client of a network an account name.");
    }
    this.#providers = [...providers];
    this.#random = random;
  }

  /**
   * Asks a customer for money.
   *
   * Returns as soon as the network has taken the request (`pending`), refused it (`rejected`), or left it open
   * (`unknown`: it may have moved money, so look it up or wait, never ask again). Keep what is returned with the order.
   *
   * @throws {@link RequestInvalidError} when a field is wrong or no provider fits; nothing was sent.
   * @throws other errors of the provider when nothing was sent: no connection, throttled, wrong credentials.
   */
  async collect(input: CollectInput, options?: OperationOptions): Promise<SentPayment> {
    const fields = readFields<Checked<CollectInput>>(input, { from: anything, ...paymentFields });
    const provider = this.#route("collect", "from", fields.from, fields);
    const request = { from: fields.from, ...this.#common(fields) };
    return settle("collect", provider, request, () => provider.collect(request, options));
  }

  /**
   * Sends money to a customer.
   *
   * Returns as `collect` does. A payout whose outcome is `unknown` may have been paid: look it up, never pay again.
   *
   * @throws {@link OperationUnsupportedError} when the chosen provider sends no money.
   * @throws {@link RequestInvalidError} when a field is wrong or no provider fits; nothing was sent.
   */
  async payOut(input: PayOutInput, options?: OperationOptions): Promise<SentPayment> {
    const fields = readFields<Checked<PayOutInput>>(input, { to: anything, ...paymentFields });
    const provider = this.#route("pay_out", "to", fields.to, fields);
    const request = { to: fields.to, ...this.#common(fields) };
    return settle("pay_out", provider, request, () => provider.payOut(request, options));
  }

  /**
   * Asks the network what became of a payment. What the network does not know is `unknown`, never failed. One that
   * succeeded or was rejected is returned as it is.
   *
   * @param pending - What `collect` or `payOut` returned.
   */
  async lookUp(
    pending: PendingRef | Payment,
    options?: OperationOptions,
  ): Promise<ProviderPayment | SettledPayment> {
    const settled = asSettled(pending);
    if (settled && settled.status !== "failed") return settled;
    return this.#providerOf(pending).lookUp(pending, options);
  }

  /**
   * Waits until a payment is settled. One that was rejected is returned at once.
   *
   * @param pending - What `collect` or `payOut` returned.
   * @throws {@link StillPendingError} when `timeoutMs` is over; the payment goes on.
   */
  async waitForOutcome(pending: PendingRef | Payment, options?: WaitOptions): Promise<SettledPayment> {
    return asSettled(pending) ?? this.#providerOf(pending).waitForOutcome(pending, options);
  }

  #common({ amount, reference: merchantReference, description, callbackUrl }: Checked<PaymentRequest>) {
    return defined({ amount, reference: this.#random.uuid(), merchantReference, description, callbackUrl });
  }

  #route(
    direction: Direction,
    field: "from" | "to",
    phoneNumber: string,
    { amount, provider: name, account: accountName }: Checked<PaymentRequest>,
  ): MobileMoneyProvider {
    const candidates = this.#providers.filter(
      ({ provider, account }) => (name ?? provider) === provider && (accountName ?? account) === account,
    );
    const [first, ...others] = candidates;
    if (first === undefined) {
      refuse("provider", "is none of the configured ones", `Give one of ${describeAll(this.#providers)}.`);
    }
    // One candidate alone: it says itself, and better, what does not fit.
    if (others.length === 0) return first;

    const fitting = candidates.filter((provider) => provider.supports({ direction, phoneNumber, amount }));
    const [chosen, ...rivals] = fitting;
    if (chosen === undefined) {
      const message = `fits no provider together with ${amount.currency}`;
      refuse(field, message, `Check number and currency; configured are ${describeAll(candidates)}.`);
    }
    if (rivals.length > 0) {
      refuse("provider", "is needed: several fit", `Give provider or account: ${describeAll(fitting)} fit.`);
    }
    return chosen;
  }

  #providerOf(pending: PendingRef): MobileMoneyProvider {
    if (typeof pending === "string") {
      throw misconfigured(
        "need a store to look up a bare reference",
        "Give the object that collect returned.",
      );
    }
    if (!pending) refuse("pending", "is missing", "Give the object that collect returned.");
    const found = this.#providers.find(
      ({ provider, account }) => provider === pending.provider && account === pending.account,
    );
    if (found) return found;
    refuse(
      "pending",
      "is of a provider that is not configured",
      `Configured are ${describeAll(this.#providers)}.`,
    );
  }
}

function asSettled(payment: PendingRef | Payment): SettledPayment | undefined {
  if (typeof payment !== "object" || payment === null || !("status" in payment)) return undefined;
  const { status } = payment;
  const isFinal = status === "succeeded" || status === "failed" || status === "rejected";
  return isFinal ? (payment as SucceededPayment | FailedPayment | RejectedPayment) : undefined;
}

/** A refusal and an unclear end are outcomes here; whatever else went wrong means that there is no payment. */
async function settle(
  operation: Direction,
  { provider, account }: MobileMoneyProvider,
  request: { amount: Money; reference: string; merchantReference: string },
  send: () => Promise<PendingPayment>,
): Promise<SentPayment> {
  try {
    return await send();
  } catch (error) {
    if (!isMobileMoneyError(error)) throw error;
    const { amount, reference, merchantReference } = request;
    const facts: PaymentFacts = {
      provider,
      ...(account !== undefined && { account }),
      operation,
      reference,
      amount,
      merchantReference,
    };
    if (error.code === "request_rejected") return toRejected(facts, error);
    // The reference was made here: a conflict means that MTN shows this very payment in another way.
    if (error.code === "outcome_unknown" || error.code === "idempotency_conflict")
      return toUnknown(facts, error);
    throw error;
  }
}

function toRejected(facts: PaymentFacts, error: RequestRejectedError): RejectedPayment {
  const { code: errorCode, message: errorMessage, remedy, providerCode } = error;
  return {
    ...facts,
    status: "rejected",
    errorCode,
    errorMessage,
    remedy,
    ...(providerCode !== undefined && { providerCode }),
  };
}

function toUnknown(
  facts: PaymentFacts,
  error: OutcomeUnknownError | IdempotencyConflictError,
): UnknownPayment {
  return { ...facts, ...error.pending, status: "unknown", detail: error.message };
}

function describeAll(providers: readonly MobileMoneyProvider[]): string {
  return providers
    .map(({ provider, account }) => (account === undefined ? provider : `${provider} (${account})`))
    .join(", ");
}

function misconfigured(message: string, remedy: string): ConfigurationError {
  return new ConfigurationError([{ field: "providers", message, remedy }]);
}
