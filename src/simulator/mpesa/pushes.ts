/**
 * STK pushes: from the accepted call to the money, or to the reason why not.
 */
import { isoNow } from "../instant.js";
import type { World } from "../network.js";
import { callbackOf } from "./callbacks.js";
import { type DarajaIds, eatTimestamp } from "./ids.js";
import type { MpesaQuirks } from "./options.js";
import type { Push } from "./push.js";

/** What an accepted call asks for. */
export type PushOpening = Omit<Push, "merchantRequestId" | "checkoutRequestId" | "madeAt" | "result">;

// Daraja docs, "M-Pesa Express", result codes, read 2025-11.
const results = {
  paid: [0, "The service request is processed successfully."],
  insufficient_balance: [1, "The balance is insufficient for the transaction."],
  repeated: [17, "Rule limited."],
  prompt_too_long: [1025, "An error occurred while sending a push request"],
  declined: [1032, "Request cancelled by user"],
  no_answer: [1037, "No response from user."],
  unreachable: [1037, "DS timeout user cannot be reached"],
  wrong_pin: [2001, "The initiator information is invalid."],
  wrong_receiver: [2028, "The request is not permitted according to product assignment"],
} as const satisfies Record<string, readonly [code: number, description: string]>;

// Reports of clients agree on about a minute.
const promptWindowMs = 60_000;

// Daraja docs, "M-Pesa Express", result code 1025, read 2025-11.
const longestPrompt = 182;

/** All pushes, by CheckoutRequestID. */
export class Pushes {
  readonly #all = new Map<string, Push>();

  constructor(
    private readonly world: World,
    private readonly ids: DarajaIds,
    private readonly quirks: MpesaQuirks,
  ) {}

  /** The push, unless it is unknown or not visible yet. */
  find(checkoutRequestId: string): Push | undefined {
    const push = this.#all.get(checkoutRequestId);
    return push && push.madeAt + push.fate.hiddenForMs <= this.world.clock.now() ? push : undefined;
  }

  /** Takes a push in and sets it on its way. */
  open(opening: PushOpening): Push {
    const push: Push = {
      ...opening,
      merchantRequestId: this.ids.request(),
      checkoutRequestId: this.ids.checkout(opening.phoneNumber),
      madeAt: this.world.clock.now(),
    };
    this.#all.set(push.checkoutRequestId, push);
    this.#run(push);
    return push;
  }

  #run(push: Push): void {
    const { clock, merchantName, phones } = this.world;
    const { amount, accountReference, phoneNumber } = push;
    const text = `Do you want to pay Ksh ${amount}.00 to ${merchantName} Account no. ${accountReference}? Enter M-PESA PIN`;
    const early = this.#endingBeforePrompt(push, text);
    if (early !== undefined) {
      clock.after(0, () => this.#settle(push, early));
      return;
    }
    phones.get(phoneNumber).ask(
      {
        provider: "mpesa",
        from: merchantName,
        amount: { amount, currency: "KES" },
        text,
        windowMs: promptWindowMs,
      },
      (decision) => {
        if (decision !== "approved") return this.#settle(push, decision);
        const isPaid = phones.get(push.payer).pay(amount);
        this.#settle(push, isPaid ? "paid" : "insufficient_balance");
      },
    );
  }

  #endingBeforePrompt(push: Push, text: string): keyof typeof results | undefined {
    if (!push.isReceiverRight) return "wrong_receiver";
    if (this.#isRepeated(push)) return "repeated";
    return text.length > longestPrompt ? "prompt_too_long" : undefined;
  }

  #settle(push: Push, ending: keyof typeof results): void {
    const [code, description] = results[ending];
    const receipt = code === 0 ? this.ids.receipt() : undefined;
    const completedAt = eatTimestamp(this.world.clock.now());
    push.result = { code, description, completedAt, ...(receipt !== undefined && { receipt }) };
    if (receipt !== undefined) this.#record(push, receipt);
    this.world.deliveries.schedule(callbackOf(push, push.result, this.quirks), push.fate.callbackPlan);
  }

  #record(push: Push, receipt: string): void {
    const { clock, ledger, merchantName, phones } = this.world;
    ledger.record({
      provider: "mpesa",
      operation: "stk.push",
      reference: push.checkoutRequestId,
      merchantReference: push.accountReference,
      payer: push.payer,
      amount: { amount: push.amount, currency: "KES" },
      at: isoNow(clock),
      transactionId: receipt,
    });
    phones
      .get(push.payer)
      .tell(
        "mpesa",
        `${receipt} Confirmed. Ksh${push.amount}.00 paid to ${merchantName} for account ${push.accountReference}.`,
      );
  }

  #isRepeated(push: Push): boolean {
    const since = push.madeAt - this.quirks.repeatWindowMs;
    return [...this.#all.values()].some(
      (other) =>
        other.result?.code === 0 &&
        other.payer === push.payer &&
        other.amount === push.amount &&
        other.madeAt > since,
    );
  }
}
