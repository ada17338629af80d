/**
 * Requests to pay and transfers: from the accepted call to the money, or to the reason why not.
 */
import { isoNow } from "../instant.js";
import type { World } from "../network.js";
import type { PhoneDecision } from "../phones.js";
import { callbackOf } from "./callbacks.js";
import { environmentOf, type MtnMomoTargetEnvironment } from "./environments.js";
import { type FixedEnding, magicEnding } from "./magic-numbers.js";
import type { MtnMomoQuirks } from "./options.js";
import type { Party } from "./request-body.js";
import type { Transaction } from "./transaction.js";

/** What a creating POST asks for. */
export type Opening = Pick<Transaction, "kind" | "reference" | "terms" | "currency" | "callbackUrl" | "fate">;

// MTN portal, "Common Error Codes", read 2026-09.
const approvalWindowMs = 5 * 60_000;

// For a wrong PIN the portal names only the general error ("Common Error Codes", read 2026-09).
const refusedBy: Readonly<Record<Exclude<PhoneDecision, "approved">, string>> = {
  declined: "APPROVAL_REJECTED",
  wrong_pin: "INTERNAL_PROCESSING_ERROR",
  no_answer: "EXPIRED",
  unreachable: "EXPIRED",
};

/** All payments, by reference. */
export class Transactions {
  readonly #all = new Map<string, Transaction>();

  constructor(
    private readonly world: World,
    private readonly environment: MtnMomoTargetEnvironment,
    private readonly quirks: MtnMomoQuirks,
  ) {}

  /** Whether the reference was used before, for anything. */
  has(reference: string): boolean {
    return this.#all.has(reference.toLowerCase());
  }

  /** The payment, unless it is unknown, of another kind, or not visible yet. */
  find(kind: Transaction["kind"], reference: string): Transaction | undefined {
    const found = this.#all.get(reference.toLowerCase());
    return found?.kind === kind && found.visibleFrom <= this.world.clock.now() ? found : undefined;
  }

  /** Takes a payment in and sets it on its way. */
  open(opening: Opening): void {
    const transaction: Transaction = {
      ...opening,
      visibleFrom: this.world.clock.now() + opening.fate.hiddenForMs,
      status: this.quirks.firstStatus,
    };
    this.#all.set(opening.reference.toLowerCase(), transaction);
    this.#run(transaction);
  }

  #run(transaction: Transaction): void {
    const ending = this.#fixedEnding(transaction);
    if (ending === undefined) {
      this.#askPayer(transaction);
      return;
    }
    transaction.status = ending.firstStatus ?? transaction.status;
    const end = (): void => this.#settle(transaction, ending.reason);
    if (ending.afterMs > 0) this.world.clock.after(ending.afterMs, end);
    else end();
  }

  // How the payment ends when no phone has a say in it.
  #fixedEnding({ kind, terms: { party } }: Transaction): FixedEnding | undefined {
    const isAsked = kind === "request_to_pay" && party.partyIdType === "MSISDN";
    if (this.environment === "sandbox") {
      const isHeld = isAsked && this.world.phones.get(party.partyId).isHeld;
      return magicEnding(kind, party.partyId) ?? (isHeld ? undefined : { afterMs: 0 });
    }
    const afterMs = this.quirks.processingMs;
    if (!this.#isCustomer(party)) {
      return { afterMs, reason: kind === "transfer" ? "PAYEE_NOT_FOUND" : "PAYER_NOT_FOUND" };
    }
    return isAsked ? undefined : { afterMs };
  }

  #askPayer(transaction: Transaction): void {
    const { merchantName, phones } = this.world;
    const { currency } = transaction;
    const { amount, party, payerMessage } = transaction.terms;
    const text = `${merchantName} asks you to pay ${currency} ${amount}.${payerMessage ? ` ${payerMessage}.` : ""} Enter your PIN to approve.`;
    phones.get(party.partyId).ask(
      {
        provider: "mtn_momo",
        from: merchantName,
        amount: { amount, currency },
        text,
        windowMs: approvalWindowMs,
      },
      (decision) => this.#settle(transaction, decision === "approved" ? undefined : refusedBy[decision]),
    );
  }

  // A number that does not begin with the market's calling code was seen to be accepted, and to fail later (2026-09).
  #isCustomer(party: Party): boolean {
    const { callingCode = "" } = environmentOf(this.environment);
    return party.partyIdType !== "MSISDN" || party.partyId.replace(/^\+/, "").startsWith(callingCode);
  }

  #settle(transaction: Transaction, refusedFor: string | undefined): void {
    const reason = refusedFor ?? this.#move(transaction);
    if (reason === undefined) {
      transaction.status = "SUCCESSFUL";
    } else {
      transaction.status = "FAILED";
      transaction.reason = reason;
    }
    const { callbackPlan } = transaction.fate;
    const callback = callbackOf(transaction, this.quirks);
    if (callback === undefined) callbackPlan.end();
    else this.world.deliveries.schedule(callback, callbackPlan);
  }

  // Moves the money; or says why it cannot be moved.
  #move(transaction: Transaction): string | undefined {
    const { clock, ledger, merchantName, phones, random } = this.world;
    const { kind, reference, currency, terms } = transaction;
    const { amount, externalId, party } = terms;
    const phone = party.partyIdType === "MSISDN" ? phones.get(party.partyId) : undefined;
    const isPayout = kind === "transfer";
    const isCovered = isPayout ? ledger.covers("mtn_momo", amount) : (phone?.pay(amount) ?? true);
    if (!isCovered) return "NOT_ENOUGH_FUNDS";

    if (isPayout) phone?.receive(amount);
    const transactionId = random.digits(10);
    transaction.financialTransactionId = transactionId;
    ledger.record({
      provider: "mtn_momo",
      operation: isPayout ? "disbursement.transfer" : "collection.request_to_pay",
      reference,
      merchantReference: externalId,
      ...(isPayout ? { payee: party.partyId } : { payer: party.partyId }),
      amount: { amount, currency },
      at: isoNow(clock),
      transactionId,
    });
    const what = isPayout ? "You have received" : "You have paid";
    const who = isPayout ? `from ${merchantName}` : `to ${merchantName}`;
    phone?.tell("mtn_momo", `${what} ${currency} ${amount} ${who}. Transaction ${transactionId}.`);
    return undefined;
  }
}
