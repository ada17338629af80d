/**
 * Phones and the wallets in them: what they are shown, and what their owners do about it.
 */
import type { Clock } from "../core/clock.js";
import type { Money } from "../core/money.js";
import type { ProviderName } from "../core/provider.js";
import { fromUnits, toUnits } from "./decimal.js";
import { isoNow } from "./instant.js";

/** What a phone showed, and how its owner answered. */
export interface PhonePrompt {
  readonly provider: ProviderName;
  /** Who asks. */
  readonly from: string;
  readonly amount: Money;
  /** The text on the screen. */
  readonly text: string;
  /** When it appeared, as an ISO instant. */
  readonly at: string;
  /** Absent while the prompt is open. */
  readonly answer?: "approved" | "declined" | "wrong_pin" | "no_answer";
  /** When it was answered or went away, as an ISO instant. */
  readonly answeredAt?: string;
}

/** A text message that a phone received. */
export interface PhoneMessage {
  readonly provider: ProviderName;
  readonly text: string;
  readonly at: string;
}

/** How long the owner takes. */
export interface PhoneTiming {
  /** Milliseconds from the prompt to the answer. @defaultValue the simulator's `phones.afterMs` */
  readonly afterMs?: number;
}

/**
 * A customer's phone. What it is told to do holds from then on, for prompts that open later; the calls can be chained.
 */
export interface SimulatedPhone {
  /** Digits with country code. */
  readonly msisdn: string;
  /** Every prompt shown so far, oldest first. */
  readonly prompts: readonly PhonePrompt[];
  /** Every message received so far, oldest first. */
  readonly messages: readonly PhoneMessage[];
  /** What is left in the wallet, as a decimal; `undefined` while it is simply plenty. */
  readonly balance: string | undefined;
  /** Approves every prompt. This is what a phone does that was told nothing. */
  approves(timing?: PhoneTiming): this;
  declines(timing?: PhoneTiming): this;
  /** Shows the prompt, and nobody answers until it goes away. */
  ignores(): this;
  entersWrongPin(timing?: PhoneTiming): this;
  /** Is off or out of reach: no prompt appears. */
  isUnreachable(): this;
  /** Sets the balance: `"500"`, or a Money, whose currency is not looked at. */
  hasBalance(amount: string | Money): this;
  /** Resolves with the next prompt that opens. */
  nextPrompt(): Promise<PhonePrompt>;
}

/** All phones, by number. */
export interface SimulatedPhones {
  /** The phone with this number: digits with country code, any `+` and spaces ignored. */
  get(msisdn: string): SimulatedPhone;
}

/** What a phone's owner decided about a prompt, or why nobody could. */
export type PhoneDecision = "approved" | "declined" | "wrong_pin" | "no_answer" | "unreachable";

/** A prompt to be shown for at most `windowMs`. */
export interface Question {
  readonly provider: ProviderName;
  readonly from: string;
  readonly amount: Money;
  readonly text: string;
  readonly windowMs: number;
}

interface Behaviour {
  readonly decision: PhoneDecision;
  readonly afterMs: number | undefined;
}

/** The phone as the networks see it. */
export class Phone implements SimulatedPhone {
  readonly prompts: PhonePrompt[] = [];
  readonly messages: PhoneMessage[] = [];
  readonly #clock: Clock;
  readonly #defaultAfterMs: number;
  readonly #waiting: ((prompt: PhonePrompt) => void)[] = [];
  #behaviour: Behaviour = { decision: "approved", afterMs: undefined };
  #units: bigint | undefined;
  #isHeld = false;

  constructor(
    readonly msisdn: string,
    clock: Clock,
    defaultAfterMs: number,
  ) {
    this.#clock = clock;
    this.#defaultAfterMs = defaultAfterMs;
  }

  /** Whether a test or a person has told this phone what to do. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  get balance(): string | undefined {
    return this.#units === undefined ? undefined : fromUnits(this.#units);
  }

  approves(timing?: PhoneTiming): this {
    return this.#behave("approved", timing);
  }

  declines(timing?: PhoneTiming): this {
    return this.#behave("declined", timing);
  }

  ignores(): this {
    return this.#behave("no_answer");
  }

  entersWrongPin(timing?: PhoneTiming): this {
    return this.#behave("wrong_pin", timing);
  }

  isUnreachable(): this {
    return this.#behave("unreachable");
  }

  hasBalance(amount: string | Money): this {
    this.#units = toUnits(typeof amount === "string" ? amount : amount.amount);
    this.#isHeld = true;
    return this;
  }

  nextPrompt(): Promise<PhonePrompt> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Whether a prompt of this network is on the screen. */
  hasOpenPrompt(provider: ProviderName): boolean {
    return this.prompts.some((prompt) => prompt.provider === provider && prompt.answer === undefined);
  }

  /** Shows a prompt; `onDecision` is called once, when it is answered or its time is over. */
  ask(question: Question, onDecision: (decision: PhoneDecision) => void): void {
    const { decision, afterMs = this.#defaultAfterMs } = this.#behaviour;
    if (decision === "unreachable") {
      this.#clock.after(question.windowMs, () => onDecision(decision));
      return;
    }
    const { windowMs, ...shown } = question;
    const prompt: { -readonly [Key in keyof PhonePrompt]: PhonePrompt[Key] } = {
      ...shown,
      at: isoNow(this.#clock),
    };
    this.prompts.push(prompt);
    for (const resolve of this.#waiting.splice(0)) resolve(prompt);

    const isInTime = decision !== "no_answer" && afterMs < windowMs;
    const answer = isInTime ? decision : "no_answer";
    this.#clock.after(isInTime ? afterMs : windowMs, () => {
      prompt.answer = answer;
      prompt.answeredAt = isoNow(this.#clock);
      onDecision(answer);
    });
  }

  /** Takes the amount out of the wallet; false, and nothing taken, when there is not enough in it. */
  pay(amount: string): boolean {
    if (this.#units === undefined) return true;
    const left = this.#units - toUnits(amount);
    if (left < 0n) return false;
    this.#units = left;
    return true;
  }

  /** Puts the amount into the wallet. */
  receive(amount: string): void {
    if (this.#units !== undefined) this.#units += toUnits(amount);
  }

  /** Delivers a text message. */
  tell(provider: ProviderName, text: string): void {
    this.messages.push({ provider, text, at: isoNow(this.#clock) });
  }

  #behave(decision: PhoneDecision, timing?: PhoneTiming): this {
    this.#behaviour = { decision, afterMs: timing?.afterMs };
    this.#isHeld = true;
    return this;
  }
}

/** All phones, made when first named. */
export class PhoneBook implements SimulatedPhones {
  readonly #phones = new Map<string, Phone>();
  readonly #clock: Clock;
  readonly #defaultAfterMs: number;

  constructor(clock: Clock, defaultAfterMs: number) {
    this.#clock = clock;
    this.#defaultAfterMs = defaultAfterMs;
  }

  get(msisdn: string): Phone {
    const digits = msisdn.replace(/\D/g, "");
    const phone = this.#phones.get(digits) ?? new Phone(digits, this.#clock, this.#defaultAfterMs);
    this.#phones.set(digits, phone);
    return phone;
  }
}
