/**
 * The example's shop on a port of its own, and somebody to ask it things.
 */
import { MobileMoney, MpesaClient, MtnMomoClient, type ProviderName } from "mobile-money";
import { createSimulator, type Simulator } from "mobile-money/simulator";
import { listenSimulator } from "mobile-money/simulator/node";
import { afterEach } from "vitest";
import { listen } from "../../examples/express/listen.js";
import { callbacksPath, createShop, paymentsPath, type Shop } from "../../examples/express/shop/app.js";
import type { ShopEvent } from "../../examples/express/shop/events.js";
import type { PaymentView } from "../../examples/express/shop/payment-view.js";

/** An HTTP answer; the body as JSON, or as text when it is none. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The body of a refusal. */
export interface Refused {
  readonly error: { code: string; message: string; problems: { field: string; remedy: string }[] };
}

/** An order and the token of whoever placed it. */
export interface Placed {
  readonly order_id: string;
  readonly token: string;
}

export const phones = { mtn_momo: "256772123456", mpesa: "254712345678" } as const;
export const c2bSecret = "0".repeat(32);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A shop between two simulated networks, closed after the test. */
export class OpenShop {
  static async open(): Promise<OpenShop> {
    const simulator = createSimulator({
      seed: 1,
      phones: { afterMs: 0 },
      callbacks: { afterMs: 0 },
      mtnMomo: { environment: "mtnuganda", balance: "0" },
      mpesa: { environment: "production" },
    });
    const networks = await listenSimulator(simulator);
    const port = await listen(0);
    const events: ShopEvent[] = [];
    // No jitter, so that what is sent again is sent at once.
    const shared = {
      baseUrl: networks.url,
      random: { uuid: () => crypto.randomUUID(), fraction: () => 0 },
    };
    const mtn = new MtnMomoClient({ ...simulator.mtnMomo.credentials, ...shared });
    const mpesa = new MpesaClient({ ...simulator.mpesa.credentials, ...shared });
    const shop = createShop({
      money: new MobileMoney({ providers: [mtn, mpesa] }),
      callbackBaseUrl: port.url + callbacksPath,
      c2bSecret,
      on: (event) => events.push(event),
    });
    port.serve(shop.app);
    closing.push(async () => {
      simulator.stop();
      await Promise.all([port.close(), networks.close()]);
    });
    return new OpenShop(port.url, simulator, shop, events);
  }

  private constructor(
    readonly url: string,
    readonly simulator: Simulator,
    readonly shop: Shop,
    readonly events: readonly ShopEvent[],
  ) {}

  async ask<Body>(path: string, init: RequestInit = {}): Promise<Answer<Body>> {
    const { status, headers, ...response } = await fetch(this.url + path, init).then(async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      text: await answer.text(),
    }));
    const isJson = headers.get("content-type")?.startsWith("application/json");
    return { status, headers, body: isJson ? JSON.parse(response.text) : response.text };
  }

  post<Body>(path: string, json: unknown, token?: string): Promise<Answer<Body>> {
    const headers = {
      "content-type": "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
    };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify(json) });
  }

  /** Orders a basket: UGX 42,000 or KES 1,500. */
  async order(currency: "UGX" | "KES"): Promise<Placed> {
    return (await this.post<Placed>("/api/orders", { items: ["basket"], currency })).body;
  }

  /** Asks for a payment; `changes` are made to what the browser sends. */
  pay<Body = PaymentView>(
    provider: ProviderName,
    { order_id, token }: Placed,
    changes: Record<string, unknown> = {},
  ): Promise<Answer<Body>> {
    const json = { order_id, provider, phone_number: phones[provider], ...changes };
    return this.post(`${paymentsPath}/initialize`, json, token);
  }

  /** Orders and asks for a payment in one go. */
  async orderAndPay(provider: ProviderName): Promise<{ order: Placed; view: PaymentView }> {
    const order = await this.order(provider === "mpesa" ? "KES" : "UGX");
    return { order, view: (await this.pay(provider, order)).body };
  }

  async status({ token }: Placed, reference: string): Promise<PaymentView> {
    const headers = { authorization: `Bearer ${token}` };
    return (await this.ask<PaymentView>(`${paymentsPath}/status/${reference}`, { headers })).body;
  }

  /** Calls the shop back at the address of its newest payment. */
  callBack(body: unknown, method: "POST" | "PUT" | "GET" = "POST"): Promise<Answer> {
    const payload = method === "GET" ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    return this.ask(new URL(this.callbackUrl).pathname, { method, ...payload });
  }

  /** The address that the newest payment's callback was asked to. */
  get callbackUrl(): string {
    const { headers, body } = this.asked.at(-1) ?? {};
    return headers?.["x-callback-url"] ?? JSON.parse(body ?? "{}").CallBackURL;
  }

  /** Every request for money that the networks saw. */
  get asked() {
    return this.requests("collection.request_to_pay", "stk.push");
  }

  /** Every question that the networks saw about a payment. */
  get questions() {
    return this.requests("collection.get_request_to_pay", "stk.query");
  }

  /** The statuses that attempts went through. */
  told(kind: ShopEvent["kind"]): number {
    return this.events.filter((event) => event.kind === kind).length;
  }

  requests(...operations: string[]) {
    return this.simulator.requests.filter(({ operation }) => operations.includes(operation ?? ""));
  }

  /** Waits until something is so; the test's own deadline ends the waiting. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise(setImmediate);
  }

  /** Waits until an attempt has this status. */
  async untilStatus(reference: string, status: string): Promise<void> {
    await this.until(() => this.#statuses.get(reference) === status);
  }

  get #statuses(): Map<string, string> {
    // Attempts are live objects: what an event held then is what it is now.
    return new Map(
      this.events.flatMap((event) =>
        "attempt" in event ? [[event.attempt.reference, event.attempt.status]] : [],
      ),
    );
  }
}
