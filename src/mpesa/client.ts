/**
 * The client of Safaricom's Daraja API.
 */
import { fixedUrlProblems } from "../core/callback-url.js";
import { settleClientOptions } from "../core/client-options.js";
import { defined } from "../core/defined.js";
import { ConfigurationError, isMobileMoneyError, OperationUnsupportedError, refuse } from "../core/errors.js";
import { optional, reference as readReference, withFieldNames } from "../core/fields.js";
import type { Money } from "../core/money.js";
import { parseMsisdn } from "../core/msisdn.js";
import { waitUntilSettled } from "../core/poll.js";
import type {
  CollectRequest,
  FailedPayment,
  MobileMoneyProvider,
  OperationOptions,
  PaymentFacts,
  PayOutRequest,
  PendingPayment,
  PendingRef,
  ProviderPayment,
  SucceededPayment,
  SupportRequest,
  WaitOptions,
} from "../core/provider.js";
import { type MpesaCallback, parseMpesaCallback } from "./callback.js";
import { createMpesaContext, type MpesaContext } from "./context.js";
import { checkMpesaOptions, forbiddenWords, type MpesaOptions, mpesaBaseUrls } from "./options.js";
import { longestDescription, checkoutRequestId as readCheckoutRequestId } from "./schemas.js";
import { type PendingStkPush, Stk, type StkQueryResult } from "./stk.js";

/**
 * A client of M-Pesa in Kenya, for one shortcode in one environment. Make one and keep it: it holds the access token.
 */
export class MpesaClient implements MobileMoneyProvider {
  readonly provider = "mpesa";
  readonly account?: string;
  /** Prompts on customers' phones. */
  readonly stk: Stk;
  readonly #context: MpesaContext;

  /**
   * Checks the options and sends nothing. `undefined`, as `resolveConfig` gives it for a provider that has no settings,
   * is refused like any other missing option.
   *
   * @throws {@link ConfigurationError} with everything that is wrong.
   */
  constructor(options: MpesaOptions | undefined) {
    if (!options) {
      const remedy = "Give the options, or set the MPESA_… variables that resolveConfig reads.";
      throw new ConfigurationError([{ field: "options", message: "are missing", remedy }], "mpesa");
    }
    const problems = checkMpesaOptions(options);
    const { environment, callbackUrl } = options;
    const defaultBaseUrl = mpesaBaseUrls[environment] ?? mpesaBaseUrls.sandbox;
    const { settings, problems: shared } = settleClientOptions(
      options,
      defaultBaseUrl,
      Object.values(mpesaBaseUrls).filter((url) => url !== defaultBaseUrl),
    );
    problems.push(...shared);
    const rules = { httpsOnly: environment === "production", forbiddenWords, isLocal: settings.isLocal };
    problems.push(...fixedUrlProblems(callbackUrl, rules));
    if (problems.length > 0) throw new ConfigurationError(problems, "mpesa");

    if (options.account !== undefined) this.account = options.account;
    // A copy: what the caller changes later was never checked.
    this.#context = createMpesaContext({ ...options }, settings);
    this.stk = new Stk(this.#context);
  }

  /**
   * Asks M-Pesa what became of a payment. Without the CheckoutRequestID (`providerReference`), which only the answer to
   * the push and the callback carry, M-Pesa can't be asked: the status is then `unknown`, as it is when M-Pesa does not
   * know the id. A success found this way has no receipt number, which the callback brings; amount and party are the
   * ones given, for M-Pesa names neither. Take an id from a callback only when no other payment of yours holds it.
   *
   * @param pending - What `stk.push` returned, or the same fields kept elsewhere.
   * @throws {@link RequestInvalidError} when it belongs to another provider or account.
   */
  async lookUp(pending: PendingRef, options?: OperationOptions): Promise<ProviderPayment> {
    const ref = this.#check(pending);
    if (ref.providerReference === undefined) {
      return {
        ...ref,
        status: "unknown",
        detail: "The CheckoutRequestID is not known: wait for the callback.",
      };
    }
    let result: StkQueryResult;
    try {
      result = await this.stk.query(ref.providerReference, options);
    } catch (error) {
      if (!isUnknownToMpesa(error)) throw error;
      return {
        ...ref,
        status: "unknown",
        detail: "M-Pesa does not know the CheckoutRequestID, or not any more.",
      };
    }
    const { status, resultCode, resultDescription } = result;
    switch (status) {
      case "pending":
      case "succeeded":
        return { ...ref, status };
      case "failed":
        return {
          ...ref,
          status,
          reason: result.reason,
          ...defined({ reasonCode: resultCode, reasonMessage: resultDescription }),
        };
      case "unknown": {
        const detail = "M-Pesa gave a result code that this version does not know.";
        return { ...ref, status, detail, ...defined({ providerStatus: resultCode }) };
      }
    }
  }

  /**
   * Waits until a payment has succeeded or failed, by asking M-Pesa at once, then after 2, 3, 5, 10, 20 and every
   * 30 seconds. A prompt lives for about a minute (most accounts, 2019 to 2026; Safaricom publishes no number).
   *
   * @throws {@link StillPendingError} when `timeoutMs` is over; the payment goes on.
   */
  async waitForOutcome(
    pending: PendingRef,
    options?: WaitOptions,
  ): Promise<SucceededPayment | FailedPayment> {
    const ref = this.#check(pending);
    const { clock, random } = this.#context.settings;
    const ask = (asking: OperationOptions) => this.lookUp(ref, asking);
    return waitUntilSettled<SucceededPayment | FailedPayment, ProviderPayment>(
      { initial: { ...ref, status: "pending" }, ask, clock, random },
      options,
    );
  }

  /** Whether M-Pesa takes this currency and phone number. Asks nobody. */
  supports({ direction, phoneNumber, amount }: SupportRequest): boolean {
    if (direction !== "collect" || amount.currency !== "KES") return false;
    try {
      parseMsisdn(phoneNumber, { country: "KE", allowUnusual: this.#context.settings.allowUnusualMsisdn });
      return true;
    } catch {
      return false;
    }
  }

  /** An STK push, in the facade's words. */
  async collect(request: CollectRequest, options?: OperationOptions): Promise<PendingStkPush> {
    const { from: phoneNumber, amount, reference, merchantReference, description, callbackUrl } = request;
    const ours = defined({
      phoneNumber,
      amount: amount as Money<"KES">, // the push itself refuses another currency
      reference,
      accountReference: merchantReference,
      description: description ?? merchantReference?.slice(0, longestDescription),
      callbackUrl,
    });
    const names = { phoneNumber: "from", accountReference: "reference" };
    return withFieldNames(names, () => this.stk.push(ours, options));
  }

  /** Not offered yet. @throws {@link OperationUnsupportedError} always; nothing is sent. */
  async payOut(_request: PayOutRequest, _options?: OperationOptions): Promise<PendingPayment> {
    throw new OperationUnsupportedError({
      provider: "mpesa",
      operation: "pay_out",
      message: "This version sends no money by M-Pesa.",
      remedy: "Pay out by another provider.",
    });
  }

  /** Reads a callback's parsed body; see `parseMpesaCallback`. */
  parseCallback(input: unknown, context?: { readonly expected?: string }): MpesaCallback {
    return parseMpesaCallback(input, context as { expected?: MpesaCallback["kind"] });
  }

  /** What was known before the question, without the status. A query names neither amount nor party, so they stay. */
  #check(pending: PendingRef & Partial<PaymentFacts>): PaymentFacts & { provider: "mpesa" } {
    const { provider, account, operation, reference, providerReference, amount, party, merchantReference } =
      Object(pending) as PaymentFacts;
    if (provider !== "mpesa" || operation !== "stk.push") {
      refuse("operation", "is not one of M-Pesa's", "Ask the client that sent it.");
    }
    if (account !== this.account) refuse("account", "is another account's", "Ask the client that sent it.");
    readReference(reference, "reference");
    optional(readCheckoutRequestId)(providerReference, "providerReference");
    return defined({
      provider,
      account,
      operation,
      reference,
      providerReference,
      amount,
      party,
      merchantReference,
    });
  }
}

/** No source settles the code; the message says "no transaction found" in one way or another. */
function isUnknownToMpesa(error: unknown): boolean {
  return (
    isMobileMoneyError(error) &&
    error.code === "request_rejected" &&
    /no transaction|transaction .*not (found|exist)|invalid checkoutrequestid/i.test(error.message)
  );
}
