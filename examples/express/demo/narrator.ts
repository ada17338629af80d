/**
 * Tells what happens between customer, shop, networks and phones, as it happens.
 */
import type { Hooks, ProviderName, RequestEvent } from "mobile-money";
import type { SimulatedPhone } from "mobile-money/simulator";
import type { ShopEvent } from "../shop/events.js";
import type { PlacedOrder } from "./customer.js";
import { type Page, wrap } from "./page.js";
import { describeAnswer, describeClaim, describeRequest, describeState, networkNames } from "./words.js";

interface Scene {
  readonly customer: string;
  readonly order: PlacedOrder;
  readonly phone: SimulatedPhone;
  readonly beganAt: number;
}

/** Tells of one payment at a time. */
export class Narrator {
  readonly #page: Page;
  readonly #answers = new Map<string, (answer: string) => void>();
  #current: Scene | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Begins the story of a payment. */
  begin(customer: string, order: PlacedOrder, phone: SimulatedPhone): void {
    this.#current = { customer, order, phone, beganAt: Date.now() };
    void phone.nextPrompt().then(({ text }) => this.#say(`${customer}'s phone`, `"${text}"`));
  }

  /** Tells what the customer's browser asks of the shop, and what it is answered. */
  browse<Answer>(request: string, answer: Promise<Answer>, describe: (answer: Answer) => string): void {
    const described = answer.then(describe, (error: unknown) => String(error));
    this.#say(`${this.#scene.customer} → shop`, this.#exchange(request, described));
  }

  /** Hears what the shop's client of a network sends. */
  hooks(provider: ProviderName): Hooks {
    const nameOf = ({ operation, attempt }: RequestEvent) => `${provider} ${operation} ${attempt}`;
    return {
      request: (event) => {
        const request = describeRequest(event, this.#scene.order);
        const answer = new Promise<string>((resolve) => this.#answers.set(nameOf(event), resolve));
        this.#say(`shop → ${networkNames[provider]}`, this.#exchange(request, answer));
      },
      response: (event) => this.#answers.get(nameOf(event))?.(describeAnswer(event)),
    };
  }

  /** Hears what happens in the shop. */
  hear(event: ShopEvent): void {
    if (event.kind === "payment.changed") {
      const [style, status, meaning] = describeState(event.attempt);
      this.#say("shop", `${this.#page.paint(style, status)}: ${meaning}`);
    }
    if (event.kind === "callback.received") {
      this.#tellDecision();
      const network = networkNames[event.attempt.pending?.provider ?? "mpesa"];
      const answer = `200. It claims ${describeClaim(event.claim, event.attempt)}`;
      this.#say(`${network} → shop`, this.#exchange(`${event.method} …/webhook/<secret>`, answer));
    }
  }

  /** Before the callback came, the phone's owner must have answered. */
  #tellDecision(): void {
    const { customer, phone } = this.#scene;
    const { answer, answeredAt } = phone.prompts.at(-1) ?? {};
    if (answer && answeredAt) this.#say(`${customer}'s phone`, answer, Date.parse(answeredAt));
  }

  async #exchange(request: string, answer: string | Promise<string>): Promise<string> {
    return `${request} ${this.#page.paint("faint", "→")} ${await answer}`;
  }

  #say(who: string, what: string | Promise<string>, at: number = Date.now()): void {
    const time = this.#page.paint("faint", `${at - this.#scene.beganAt} ms`.padStart(8));
    const begin = `${time}  ${who.padEnd(17)} `;
    const write = (text: string) => begin + wrap(text, 72).join(`\n${" ".repeat(28)}`);
    this.#page.add(Promise.resolve(what).then(write));
  }

  get #scene(): Scene {
    if (this.#current) return this.#current;
    throw new Error("No payment has begun yet.");
  }
}
