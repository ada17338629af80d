/**
 * STK push (M-Pesa Express): a prompt on the customer's phone.
 */
import { type CallbackUrl, resolveCallbackUrl } from "../core/callback-url.js";
import { defined } from "../core/defined.js";
import { ConfigurationError } from "../core/errors.js";
import type { Money } from "../core/money.js";
import type { FailureReason, OperationOptions, PendingPayment, PendingRef } from "../core/provider.js";
import { revealSecret } from "../core/secret.js";
import { read, send } from "../core/send.js";
import { valueOfSend } from "../core/send-outcome.js";
import type { MpesaContext } from "./context.js";
import { formatEastAfricaTime } from "./east-africa-time.js";
import { expecting, isStillProcessing } from "./failures.js";
import { forbiddenWords } from "./options.js";
import { stkPassword } from "./password.js";
import { readStkResult } from "./result-codes.js";
import {
  checkoutRequestId as readCheckoutRequestId,
  readStkAcknowledgement,
  readStkPush,
  readStkQuery,
  type StkPushFields,
} from "./schemas.js";

/** A request for money by STK push. */
export interface StkPush {
  /** Phone that shows the prompt and pays: a Kenyan number in any usual form. */
  readonly phoneNumber: string;
  /** Whole shillings, 1 to 250,000. */
  readonly amount: Money<"KES">;
  /** What the customer pays for, shown in the prompt: at most 12 letters, digits, spaces and `. _ / -`. Make it unique for each attempt: it is what finds the money when an answer is lost. */
  readonly accountReference: string;
  /** At most 13 letters, digits, spaces and `. _ / -`. The sandbox refuses a request without it. */
  readonly description: string;
  /** A version 4 UUID that names this attempt in your records and in the callback address; M-Pesa never sees it. @defaultValue a new one */
  readonly reference?: string;
  /** Where M-Pesa sends the result. One of the request's and the client's must be given. @defaultValue the client's */
  readonly callbackUrl?: CallbackUrl;
}

/** An STK push that M-Pesa has taken. Plain JSON. */
export interface PendingStkPush extends PendingPayment {
  readonly provider: "mpesa";
  readonly operation: "stk.push";
  readonly amount: Money<"KES">;
  /** M-Pesa's CheckoutRequestID, needed by `query`. It contains the payer's phone number: personal data. */
  readonly providerReference: string;
  readonly merchantRequestId?: string;
}

/** What M-Pesa says about an STK push when asked. It names neither amount nor receipt: those are in the callback. */
export type StkQueryResult = Readonly<{
  checkoutRequestId: string;
  /** M-Pesa's code as it came; absent from the pending answer that comes as an error. */
  resultCode?: string;
  resultDescription?: string;
}> &
  Readonly<{ status: "pending" | "succeeded" | "unknown" } | { status: "failed"; reason: FailureReason }>;

/** Operations of STK push. */
export class Stk {
  readonly #context: MpesaContext;

  /** @internal */
  constructor(context: MpesaContext) {
    this.#context = context;
  }

  /**
   * Asks a customer to pay with a prompt on their phone.
   *
   * Returns as soon as M-Pesa has taken the request: no money has moved yet, and the customer has about a minute to
   * enter the PIN. M-Pesa can't tell a repetition from a second payment, so the request is sent once: again only when
   * it is proved that nothing left this machine, or once after M-Pesa refused the access token.
   *
   * @returns What to keep with the order, plain JSON.
   * @throws {@link RequestInvalidError} when a field is wrong; nothing was sent.
   * @throws {@link ConfigurationError} when the passkey or a callback address is missing; nothing was sent.
   * @throws {@link RequestRejectedError} when M-Pesa refused; no prompt was shown.
   * @throws {@link RateLimitedError} when M-Pesa throttles the app; no prompt was shown.
   * @throws {@link AuthenticationError} when M-Pesa takes neither keys nor token, {@link ConnectionError} when it is
   * proved that nothing left; no prompt was shown.
   * @throws {@link OutcomeUnknownError} when no clear answer came: wait for the callback, never push again.
   * @see Daraja docs, "M-Pesa Express", `POST /mpesa/stkpush/v1/processrequest` (portal 3.0, read 2026-11).
   */
  async push(request: StkPush, options?: OperationOptions): Promise<PendingStkPush> {
    const { settings, channel } = this.#context;
    const fields = readStkPush(request, settings.allowUnusualMsisdn);
    const { amount, phoneNumber: party, accountReference: merchantReference } = fields;
    const passkey = await this.#passkey();
    const reference = fields.reference ?? settings.random.uuid();
    const ref = defined({
      provider: "mpesa" as const,
      account: settings.account,
      operation: "stk.push" as const,
      reference,
    });
    const callbackUrl = await this.#callbackUrl(fields, ref);

    const outcome = await send(
      channel,
      {
        name: "stk.push",
        repeatable: "never",
        reference,
        request: {
          method: "POST",
          path: "/mpesa/stkpush/v1/processrequest",
          json: this.#body(fields, passkey, callbackUrl),
        },
        judge: expecting("stk.push", readStkAcknowledgement),
      },
      options,
    );
    const { checkoutRequestId: providerReference, merchantRequestId } = valueOfSend(outcome, ref, "never");
    return {
      ...ref,
      status: "pending",
      providerReference,
      amount,
      party,
      merchantReference,
      ...defined({ merchantRequestId }),
    };
  }

  /**
   * Asks M-Pesa what became of an STK push. Moves nothing; asked again when an answer is lost. Both of M-Pesa's ways
   * to say "not finished" give status `pending`; a code that this version does not know gives `unknown`, which is no
   * failure.
   *
   * @param checkoutRequestId - The `providerReference` of the pending payment.
   * @throws {@link RequestRejectedError} when M-Pesa does not know the id, {@link ConfigurationError} without passkey.
   * @see Daraja docs, "M-Pesa Express Query", `POST /mpesa/stkpushquery/v1/query` (portal 3.0, read 2026-11).
   */
  async query(checkoutRequestId: string, options?: OperationOptions): Promise<StkQueryResult> {
    const { options: account, channel } = this.#context;
    readCheckoutRequestId(checkoutRequestId, "checkoutRequestId");
    const json = {
      BusinessShortCode: account.shortcode,
      ...this.#signature(await this.#passkey()),
      CheckoutRequestID: checkoutRequestId,
    };
    const request = { method: "POST", path: "/mpesa/stkpushquery/v1/query", json } as const;
    const judge = expecting("stk.query", (json): StkQueryResult => {
      const { resultCode, resultDescription, checkoutRequestId: answered } = readStkQuery(json);
      if ((answered ?? checkoutRequestId) !== checkoutRequestId) throw new TypeError("another push");
      return {
        ...defined({ checkoutRequestId, resultCode, resultDescription }),
        ...readStkResult(resultCode),
      };
    });
    return read<StkQueryResult>(
      channel,
      {
        name: "stk.query",
        request,
        judge: (answer) =>
          isStillProcessing(answer)
            ? { kind: "accepted", value: { checkoutRequestId, status: "pending" } }
            : judge(answer),
      },
      options,
    );
  }

  #body(fields: StkPushFields, passkey: string, callbackUrl: string): Record<string, unknown> {
    const { shortcode, till } = this.#context.options;
    return {
      BusinessShortCode: shortcode,
      ...this.#signature(passkey),
      TransactionType: till === undefined ? "CustomerPayBillOnline" : "CustomerBuyGoodsOnline",
      Amount: fields.amount.amount,
      PartyA: fields.phoneNumber,
      PartyB: till ?? shortcode,
      PhoneNumber: fields.phoneNumber,
      CallBackURL: callbackUrl,
      AccountReference: fields.accountReference,
      TransactionDesc: fields.description,
    };
  }

  #signature(passkey: string): { Password: string; Timestamp: string } {
    const { options, settings } = this.#context;
    const Timestamp = formatEastAfricaTime(settings.clock.now());
    return { Password: stkPassword(options.shortcode, passkey, Timestamp), Timestamp };
  }

  async #passkey(): Promise<string> {
    const { passkey } = this.#context.options;
    return passkey === undefined
      ? missing("passkey", "Give the client the option passkey.")
      : revealSecret(passkey);
  }

  async #callbackUrl(
    { callbackUrl, amount, phoneNumber: party }: StkPushFields,
    ref: PendingRef,
  ): Promise<string> {
    const { settings, options } = this.#context;
    const { environment } = options;
    const source = callbackUrl ?? settings.callbackUrl;
    if (source === undefined)
      missing("callbackUrl", "Give it to the client or to the request: M-Pesa demands one.");
    const rules = { httpsOnly: environment === "production", forbiddenWords, isLocal: settings.isLocal };
    return resolveCallbackUrl(source, { ...ref, purpose: "result", environment, amount, party }, rules);
  }
}

function missing(field: string, remedy: string): never {
  throw new ConfigurationError([{ field, message: "is missing", remedy }], "mpesa");
}
