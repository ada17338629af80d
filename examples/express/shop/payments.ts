/**
 * From a customer's click to a paid order.
 */
import {
  isMobileMoneyError,
  type MobileMoney,
  type PendingRef,
  type ProviderName,
  type ProviderPayment,
  type SentPayment,
  type SettledPayment,
} from "mobile-money";
import { type Attempt, type Claim, holdsOrder, isOpen } from "./attempt.js";
import type { CallbackAddresses } from "./callback-addresses.js";
import type { Listener } from "./events.js";
import { isSameMoney } from "./is-same-money.js";
import type { Order } from "./orders.js";

/** What payments need. */
export interface PaymentsOptions {
  readonly money: MobileMoney;
  readonly addresses: CallbackAddresses;
  readonly tell: Listener;
}

const leastBetweenQuestionsMs = 1_000;

/** All attempts, in memory like the orders. */
export class Payments {
  readonly #attempts = new Map<string, Attempt>();
  readonly #money: MobileMoney;
  readonly #addresses: CallbackAddresses;
  readonly #tell: Listener;

  constructor({ money, addresses, tell }: PaymentsOptions) {
    this.#money = money;
    this.#addresses = addresses;
    this.#tell = tell;
  }

  /** The attempt with this reference, if there is one. */
  find(reference: string): Attempt | undefined {
    return this.#attempts.get(reference);
  }

  /** The attempt that has paid an order, or may pay it yet. */
  current(order: Order): Attempt | undefined {
    return this.#of(order).find(holdsOrder);
  }

  /**
   * Asks a customer to pay. Ends as soon as the provider has taken the request, refused it, or left it open.
   *
   * @param phoneNumber - As the customer typed it.
   */
  async start(order: Order, phoneNumber: string, provider: ProviderName): Promise<Attempt> {
    // No await before this: of two clicks at the same moment, the second must find the first one's attempt.
    const attempt = this.#open(order);
    let sent: SentPayment;
    try {
      sent = await this.#money.collect({
        from: phoneNumber,
        amount: order.total,
        reference: attempt.reference,
        description: `Order ${order.id}`,
        provider,
        callbackUrl: (facts) => {
          attempt.pending = facts;
          return this.#addresses.mint(attempt);
        },
      });
    } catch (error) {
      // The library's errors say that nothing was sent. Of any other nobody knows, so the order stays held.
      this.#change(attempt, { status: isMobileMoneyError(error) ? "cancelled" : "unknown" });
      throw error;
    }
    const detail = detailOf(sent);
    this.#change(attempt, { status: sent.status, pending: sent, ...(detail && { detail }) });
    // A callback can be quicker than the answer. It had to wait, because the answer names the payment better.
    if (attempt.claim) await this.confirm(attempt);
    return attempt;
  }

  /** Takes a callback in: what it says may point to the payment, and never decides about it. */
  async receive(attempt: Attempt, claim: Claim | undefined): Promise<void> {
    if (!isOpen(attempt)) return;
    if (claim) {
      if (!this.#fits(attempt, claim)) return this.#tell({ kind: "callback.mismatch", attempt, claim });
      attempt.claim = claim;
    }
    await this.confirm(attempt);
  }

  /** Asks the provider, unless it was asked a moment ago: a browser may want to know more often than is good. */
  async refresh(attempt: Attempt): Promise<void> {
    if (Date.now() - (attempt.askedAt ?? 0) >= leastBetweenQuestionsMs) await this.confirm(attempt);
  }

  /** Asks the provider what became of an attempt. Its answer alone makes an order paid. */
  async confirm(attempt: Attempt): Promise<void> {
    const { pending, claim, status } = attempt;
    if (pending === undefined || !isOpen(attempt) || status === "sending") return;
    attempt.askedAt = Date.now();
    // M-Pesa knows a push by an id that it chose. If the answer that named it was lost, the callback names it.
    const providerReference = pending.providerReference ?? claim?.providerReference;
    try {
      const payment = await this.#money.lookUp({
        ...pending,
        ...(providerReference && { providerReference }),
      });
      // Several questions may be under way: the first final answer counts.
      if (isOpen(attempt)) this.#settle(attempt, payment);
    } catch (error) {
      this.#tell({ kind: "question.failed", attempt, error });
    }
  }

  /** Asks about everything that is open: for payments whose callback never came and whose customer left. */
  async reconcile(): Promise<void> {
    for (const attempt of this.#attempts.values()) await this.confirm(attempt);
  }

  #open(order: Order): Attempt {
    const reference = `${order.id}-${this.#of(order).length + 1}`;
    const attempt: Attempt = { reference, order, status: "sending" };
    this.#attempts.set(reference, attempt);
    return attempt;
  }

  #of(order: Order): Attempt[] {
    return [...this.#attempts.values()].filter((attempt) => attempt.order === order);
  }

  #change(attempt: Attempt, change: Partial<Attempt>): void {
    Object.assign(attempt, change);
    this.#tell({ kind: "payment.changed", attempt });
  }

  #settle(attempt: Attempt, payment: ProviderPayment | SettledPayment): void {
    const { order, claim, pending } = attempt;
    if (payment.status === "succeeded") {
      const { amount = pending?.amount, transactionId = receiptIn(claim, payment) } = payment;
      const status = isSameMoney(amount, order.total) ? "succeeded" : "review";
      this.#change(attempt, { status, pending: payment, ...(transactionId && { transactionId }) });
    } else if (payment.status === "failed") {
      this.#change(attempt, { status: "failed", pending: payment, reason: payment.reason });
    } else if (payment.status === "pending" && attempt.status === "unknown") {
      this.#change(attempt, { status: "pending" });
    }
  }

  /** Whether a claim can be about this attempt: the order's price, and no id that belongs to another payment. */
  #fits(attempt: Attempt, { amount, providerReference: id }: Claim): boolean {
    if (amount && !isSameMoney(amount, attempt.order.total)) return false;
    const known = attempt.pending?.providerReference;
    if (id === undefined || known !== undefined) return id === known;
    const others = [...this.#attempts.values()].filter((other) => other !== attempt);
    return others.every(
      ({ pending, claim }) => pending?.providerReference !== id && claim?.providerReference !== id,
    );
  }
}

function detailOf(sent: SentPayment): string | undefined {
  if (sent.status === "rejected") return `${sent.errorMessage} ${sent.remedy}`;
  return sent.status === "unknown" ? sent.detail : undefined;
}

/** M-Pesa tells the receipt number in the callback alone. */
function receiptIn(claim: Claim | undefined, { providerReference }: PendingRef): string | undefined {
  const isAboutIt = claim?.provider === "mpesa" && claim.providerReference === providerReference;
  return isAboutIt ? claim.transactionId : undefined;
}
