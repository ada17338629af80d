/**
 * The simulated MTN MoMo API: which call goes where.
 */
import type { Network, PaymentFate, Route, World } from "../network.js";
import { emptyAnswer, jsonAnswer, type WireAnswer, type WireRequest } from "../wire.js";
import { badRequest, pathUnknown, refusal, throttled } from "./answers.js";
import { ApiUsers, type Product } from "./api-users.js";
import { isOnHost } from "./callback-host.js";
import { statusBody } from "./callbacks.js";
import type { MtnMomoCredentials, MtnMomoProductCredentials, MtnMomoSimulator } from "./credentials.js";
import { environmentOf } from "./environments.js";
import { Gate } from "./gate.js";
import { accountHolderRefusal } from "./magic-numbers.js";
import { defaultMtnMomoQuirks, type MtnMomoQuirks, type MtnMomoSimulatorOptions } from "./options.js";
import { isUuidV4, readTerms } from "./request-body.js";
import { type Token, Tokens } from "./tokens.js";
import type { Transaction } from "./transaction.js";
import { Transactions } from "./transactions.js";

/** A method, a path pattern, and the route for the pattern's groups. */
type Entry = readonly [method: "GET" | "POST", pattern: RegExp, route: (...parts: string[]) => Route];

/** MTN MoMo as one of the simulator's networks. */
export class MtnMomoNetwork implements Network, MtnMomoSimulator {
  readonly provider = "mtn_momo";
  readonly credentials: MtnMomoCredentials;
  readonly throttled: () => WireAnswer = throttled;
  readonly #world: World;
  readonly #quirks: MtnMomoQuirks;
  readonly #users: ApiUsers;
  readonly #tokens: Tokens;
  readonly #gate: Gate;
  readonly #transactions: Transactions;
  readonly #entries: readonly Entry[];

  constructor(world: World, options: MtnMomoSimulatorOptions) {
    const { environment = "sandbox", callbackHost = "localhost", tokenLifetimeMs = 3_600_000 } = options;
    const { clock, random } = world;
    this.#world = world;
    this.#quirks = { ...defaultMtnMomoQuirks, ...options.quirks };
    this.#users = new ApiUsers(random);
    const credentialsOf = (product: Product): MtnMomoProductCredentials => {
      const user = this.#users.add(product, callbackHost);
      return { subscriptionKey: random.hex(32), apiUser: user.id, apiKey: user.apiKey };
    };
    this.credentials = {
      environment,
      collection: credentialsOf("collection"),
      disbursement: credentialsOf("disbursement"),
    };
    this.#tokens = new Tokens(clock, random, this.#users, { lifetimeMs: tokenLifetimeMs, ...this.#quirks });
    this.#gate = new Gate(this.credentials, this.#tokens, this.#quirks.isScopeStrict);
    this.#transactions = new Transactions(world, environment, this.#quirks);
    this.#entries = [
      ...this.#productEntries("collection", "request_to_pay", "requesttopay"),
      ...this.#productEntries("disbursement", "transfer", "transfer"),
      ...(environment === "sandbox" ? this.#provisioningEntries() : []),
    ];
  }

  revokeTokens(): void {
    this.#tokens.revoke();
  }

  owns(path: string): boolean {
    return /^\/(collection|disbursement|remittance|v1_0\/apiuser)(\/|$)/.test(path);
  }

  route(method: string, path: string): Route {
    for (const [wanted, pattern, route] of this.#entries) {
      const matched = method === wanted ? pattern.exec(path) : null;
      if (matched) return route(...matched.slice(1));
    }
    return { answer: (request) => this.#gate.refuseUnknownKey(request) ?? pathUnknown() };
  }

  #productEntries(product: Product, kind: Transaction["kind"], resource: string): Entry[] {
    const path = (rest: string): RegExp => new RegExp(`^/${product}${rest}$`);
    const operation = <Name extends string>(name: Name): `${Product}.${Name}` => `${product}.${name}`;
    const reads = (answer: () => WireAnswer): Route["answer"] => {
      return (request) => {
        const admitted = this.#gate.admit(request, product);
        return "status" in admitted ? admitted : answer();
      };
    };
    return [
      [
        "POST",
        path("/token/"),
        () => ({
          operation: "token",
          answer: (request) => this.#gate.refuse(request, product) ?? this.#tokens.issue(request, product),
        }),
      ],
      [
        "POST",
        path(`/v1_0/${resource}`),
        () => ({
          operation: kind === "transfer" ? "disbursement.transfer" : "collection.request_to_pay",
          creates: true,
          answer: (request, fate) => {
            const admitted = this.#gate.admit(request, product);
            return "status" in admitted ? admitted : this.#create(request, admitted, kind, fate);
          },
        }),
      ],
      [
        "GET",
        path(`/v1_0/${resource}/([^/]+)`),
        (reference = "") => ({
          operation: kind === "transfer" ? "disbursement.get_transfer" : "collection.get_request_to_pay",
          answer: reads(() => this.#status(kind, reference)),
        }),
      ],
      [
        "GET",
        path("/v1_0/account/balance(?:/([^/]+))?"),
        (currency?: string) => ({
          operation: operation("get_balance"),
          answer: reads(() => this.#balance(currency)),
        }),
      ],
      [
        "GET",
        path("/v1_0/accountholder/(?:msisdn|email|party_code)/([^/]+)/active"),
        (id = "") => ({
          operation: operation("is_account_holder_active"),
          answer: reads(() => this.#isActive(id.replace(/%40/gi, "@"))),
        }),
      ],
    ];
  }

  #provisioningEntries(): Entry[] {
    const behindKey = (answer: (request: WireRequest, product: Product) => WireAnswer): Route["answer"] => {
      return (request) => {
        const product = this.#gate.productOf(request);
        if (product === undefined) return this.#gate.refuseUnknownKey(request) ?? pathUnknown();
        return this.#gate.refuse(request, product) ?? answer(request, product);
      };
    };
    return [
      [
        "POST",
        /^\/v1_0\/apiuser$/,
        () => ({
          operation: "sandbox_user.create",
          answer: behindKey((request, product) => this.#users.create(request, product)),
        }),
      ],
      [
        "GET",
        /^\/v1_0\/apiuser\/([^/]+)$/,
        (id = "") => ({ operation: "sandbox_user.get", answer: behindKey(() => this.#users.describe(id)) }),
      ],
      [
        "POST",
        /^\/v1_0\/apiuser\/([^/]+)\/apikey$/,
        (id = "") => ({
          operation: "sandbox_user.create_key",
          answer: behindKey(() => this.#users.createKey(id)),
        }),
      ],
    ];
  }

  // The order of these checks after the first is a choice; MTN publishes none.
  #create(request: WireRequest, token: Token, kind: Transaction["kind"], fate: PaymentFate): WireAnswer {
    const reference = request.headers.get("x-reference-id") ?? "";
    if (!isUuidV4(reference)) return badRequest();
    const terms = readTerms(request.body, kind === "transfer" ? "payee" : "payer");
    if ("status" in terms) return terms;
    const callbackUrl = request.headers.get("x-callback-url") ?? undefined;
    if (callbackUrl === "") return badRequest();
    if (callbackUrl !== undefined && !isOnHost(callbackUrl, token.user.callbackHost)) {
      return refusal("INVALID_CALLBACK_URL_HOST");
    }
    const { currencies } = environmentOf(this.credentials.environment);
    const currency = currencies.find((known) => known === terms.currency);
    if (currency === undefined) return refusal("INVALID_CURRENCY");
    if (this.#transactions.has(reference)) return refusal("RESOURCE_ALREADY_EXIST");
    this.#transactions.open({
      kind,
      reference,
      terms,
      currency,
      fate,
      ...(callbackUrl !== undefined && { callbackUrl }),
    });
    return { ...emptyAnswer(202), statusText: "Accepted" };
  }

  #status(kind: Transaction["kind"], reference: string): WireAnswer {
    if (!isUuidV4(reference)) return badRequest();
    const transaction = this.#transactions.find(kind, reference);
    return transaction === undefined
      ? refusal("RESOURCE_NOT_FOUND")
      : jsonAnswer(200, statusBody(transaction, this.#quirks));
  }

  #balance(wanted: string | undefined): WireAnswer {
    const { currencies } = environmentOf(this.credentials.environment);
    const currency = wanted === undefined ? currencies[0] : currencies.find((known) => known === wanted);
    if (currency === undefined) return refusal("INVALID_CURRENCY");
    return jsonAnswer(200, { availableBalance: this.#world.ledger.merchantBalance("mtn_momo"), currency });
  }

  // Observed in 2026-09: the sandbox says true to any ordinary number, production says false to an unknown one.
  #isActive(id: string): WireAnswer {
    const { environment } = this.credentials;
    const { callingCode = "" } = environmentOf(environment);
    const result = !/^\d+$/.test(id) || id.startsWith(callingCode);
    return (environment === "sandbox" ? accountHolderRefusal(id) : undefined) ?? jsonAnswer(200, { result });
  }
}
