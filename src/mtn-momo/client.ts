/**
 * The client of the MTN MoMo Open API.
 */
import { fixedUrlProblems } from "../core/callback-url.js";
import { settleClientOptions } from "../core/client-options.js";
import { defined } from "../core/defined.js";
import { ConfigurationError, refuse } from "../core/errors.js";
import { reference as readReference, withFieldNames } from "../core/fields.js";
import { parseMsisdn } from "../core/msisdn.js";
import { waitUntilSettled } from "../core/poll.js";
import type {
  CollectRequest,
  MobileMoneyProvider,
  OperationOptions,
  PaymentFacts,
  PayOutRequest,
  PendingRef,
  SupportRequest,
  WaitOptions,
} from "../core/provider.js";
import { type MtnMomoCallback, parseMtnMomoCallback } from "./callback.js";
import { Collection, requestToPayKind } from "./collection.js";
import { createProductContext, type ProductContext } from "./context.js";
import { Disbursement, transferKind } from "./disbursement.js";
import { type MtnMomoMarket, mtnMomoMarkets, productionOrigins } from "./markets.js";
import { checkMtnMomoOptions, type MtnMomoOptions } from "./options.js";
import {
  type FailedMtnMomoPayment,
  type MtnMomoPayment,
  type MtnMomoRef,
  type PendingMtnMomoPayment,
  type SucceededMtnMomoPayment,
  unknownToMtn,
} from "./payment.js";
import { getTransaction, isNotFound, refOf, type TransactionKind } from "./transaction.js";

/**
 * A client of the MTN MoMo Open API, for one account in one environment. Make one and keep it: it holds the access
 * tokens.
 */
export class MtnMomoClient implements MobileMoneyProvider {
  readonly provider = "mtn_momo";
  readonly account?: string;
  /** Asking customers for money. */
  readonly collection: Collection;
  /** Sending money. */
  readonly disbursement: Disbursement;
  readonly #market: MtnMomoMarket;
  readonly #contexts: Readonly<Record<string, ProductContext>>;
  readonly #allowUnusualMsisdn: boolean;

  /**
   * Checks the options and sends nothing. `undefined`, as `resolveConfig` gives it for a provider that has no settings,
   * is refused like any other missing option.
   *
   * @throws {@link ConfigurationError} with everything that is wrong.
   */
  constructor(options: MtnMomoOptions | undefined) {
    if (!options) {
      const remedy = "Give them, or set the MOMO_… variables of resolveConfig.";
      throw new ConfigurationError([{ field: "options", message: "are missing", remedy }], "mtn_momo");
    }
    const { market, problems } = checkMtnMomoOptions(options);
    const { settings, problems: shared } = settleClientOptions(
      options,
      market.baseUrl,
      market === mtnMomoMarkets.sandbox ? productionOrigins : [mtnMomoMarkets.sandbox.baseUrl],
    );
    problems.push(...shared);
    const httpsOnly = market.targetEnvironment !== "sandbox";
    problems.push(...fixedUrlProblems(options.callbackUrl, { httpsOnly, isLocal: settings.isLocal }));
    if (problems.length > 0) throw new ConfigurationError(problems, "mtn_momo");

    const collection = createProductContext("collection", options.collection, market, settings);
    const disbursement = createProductContext("disbursement", options.disbursement, market, settings);
    if (options.account !== undefined) this.account = options.account;
    this.collection = new Collection(collection);
    this.disbursement = new Disbursement(disbursement);
    this.#market = market;
    this.#allowUnusualMsisdn = settings.allowUnusualMsisdn;
    this.#contexts = { collection, disbursement };
  }

  /**
   * Asks MTN what became of a payment. A reference that MTN does not know, or does not show yet, gives status
   * `unknown`: it proves nothing.
   *
   * @param pending - What the sending operation returned, or the same fields kept elsewhere.
   * @throws {@link RequestInvalidError} when it belongs to another provider or account.
   */
  async lookUp(pending: PendingRef, options?: OperationOptions): Promise<MtnMomoPayment> {
    const { context, kind, ref } = this.#find(pending);
    const { amount, party, merchantReference } = pending as PaymentFacts;
    try {
      return await getTransaction(context, kind, ref.reference, options);
    } catch (error) {
      if (isNotFound(error))
        return unknownToMtn({ ...ref, ...defined({ amount, party, merchantReference }) });
      throw error;
    }
  }

  /**
   * Waits until a payment has succeeded or failed, by asking MTN at once, then after 2, 3, 5, 10, 20 and every 30
   * seconds. A customer has five minutes to approve (MTN portal, "Common Error Codes", captured 2026-09-03).
   *
   * @throws {@link StillPendingError} when `timeoutMs` is over; the payment goes on.
   */
  async waitForOutcome(
    pending: PendingRef,
    options?: WaitOptions,
  ): Promise<SucceededMtnMomoPayment | FailedMtnMomoPayment> {
    const { context, ref } = this.#find(pending);
    const { clock, random } = context.settings;
    const ask = (asking: OperationOptions) => this.lookUp(pending, asking);
    return waitUntilSettled<SucceededMtnMomoPayment | FailedMtnMomoPayment, MtnMomoPayment>(
      { initial: { ...ref, status: "pending" }, ask, clock, random },
      options,
    );
  }

  /** Whether the market takes this currency and phone number, and the product has keys. Asks nobody. */
  supports({ direction, phoneNumber, amount }: SupportRequest): boolean {
    const { currency, otherCurrencies = [], country } = this.#market;
    if (![currency, ...otherCurrencies].includes(amount.currency)) return false;
    try {
      parseMsisdn(phoneNumber, { country, allowUnusual: this.#allowUnusualMsisdn });
    } catch {
      return false;
    }
    return this.#contexts[direction === "collect" ? "collection" : "disbursement"]?.isConfigured === true;
  }

  /** A request to pay, in the facade's words. */
  async collect(request: CollectRequest, options?: OperationOptions): Promise<PendingMtnMomoPayment> {
    const {
      from: payer,
      amount,
      reference,
      merchantReference: externalId,
      description,
      callbackUrl,
    } = request;
    const ours = defined({ payer, amount, reference, externalId, payerMessage: description, callbackUrl });
    const names = { payer: "from", externalId: "reference", payerMessage: "description" };
    return withFieldNames(names, () => this.collection.requestToPay(ours, options));
  }

  /** A transfer, in the facade's words. */
  async payOut(request: PayOutRequest, options?: OperationOptions): Promise<PendingMtnMomoPayment> {
    const { to: payee, amount, reference, merchantReference: externalId, description, callbackUrl } = request;
    const ours = defined({ payee, amount, reference, externalId, payeeNote: description, callbackUrl });
    const names = { payee: "to", externalId: "reference", payeeNote: "description" };
    return withFieldNames(names, () => this.disbursement.transfer(ours, options));
  }

  /** Reads a callback's parsed body; see `parseMtnMomoCallback`. */
  parseCallback(input: unknown, context?: { readonly expected?: string }): MtnMomoCallback {
    return parseMtnMomoCallback(input, context as { expected?: MtnMomoCallback["kind"] });
  }

  #find(pending: PendingRef): { context: ProductContext; kind: TransactionKind; ref: MtnMomoRef } {
    const { provider, operation, account, reference } = Object(pending) as PendingRef;
    const kind = [requestToPayKind, transferKind].find((kind) => kind.operation === operation);
    const context = this.#contexts[operation?.split?.(".")[0] as string];
    if (provider !== "mtn_momo" || kind === undefined || context === undefined) {
      refuse("operation", "is not one of MTN MoMo's", "Ask the client that sent it.");
    }
    if (account !== this.account) refuse("account", "is another account's", "Ask the client that sent it.");
    return { context, kind, ref: refOf(context, kind, readReference(reference, "reference")) };
  }
}
