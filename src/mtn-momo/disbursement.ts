/**
 * The Disbursement product: sending money.
 */
import type { CallbackUrl } from "../core/callback-url.js";
import type { Currency } from "../core/currencies.js";
import { reference as readReference } from "../core/fields.js";
import type { Money } from "../core/money.js";
import type { OperationOptions } from "../core/provider.js";
import { getBalance, isAccountHolderActive } from "./account.js";
import type { ProductContext } from "./context.js";
import type { MtnMomoPayment, PendingMtnMomoPayment } from "./payment.js";
import { readMoneyRequest } from "./schemas.js";
import { createTransaction, getTransaction, type TransactionKind } from "./transaction.js";

/** A transfer to a customer. */
export interface Transfer {
  /** Phone number of the payee, E.164 or as written in the market's country. */
  readonly payee: string;
  /** Above zero, in the market's currency (EUR in the sandbox), with no more decimals than it has. */
  readonly amount: Money;
  /**
   * Your own number of the payment, returned in answers and callbacks: 1 to 64 letters, digits and `. _ : / -`.
   * @defaultValue the reference
   */
  readonly externalId?: string;
  /** Kept with your side of the payment: at most 160 letters, digits, spaces and `. , : ; / _ ( ) + -`. */
  readonly payerMessage?: string;
  /** Shown to the payee: the same rules. */
  readonly payeeNote?: string;
  /** A version 4 UUID, MTN's key against paying twice. @defaultValue a new one */
  readonly reference?: string;
  /** Where MTN sends the result; its host must be the one that the API user was registered with. @defaultValue the client's */
  readonly callbackUrl?: CallbackUrl;
}

/** How a transfer is sent, asked for and called. */
export const transferKind: TransactionKind = {
  operation: "disbursement.transfer",
  path: "/disbursement/v1_0/transfer",
  partyField: "payee",
};

/** Operations of the Disbursement product. */
export class Disbursement {
  readonly #context: ProductContext;

  /** @internal */
  constructor(context: ProductContext) {
    this.#context = context;
  }

  /**
   * Sends money from the disbursement account to a customer's wallet.
   *
   * Returns as soon as MTN has taken the request; it may still fail. Follow with `client.waitForOutcome(pending)`, or
   * wait for the callback. An answer that is lost is asked for again under the same reference, which MTN executes once.
   *
   * @returns What to keep with the payout, plain JSON.
   * @throws {@link RequestInvalidError} when a field is wrong; nothing was sent.
   * @throws {@link RequestRejectedError} when MTN refused; nothing was executed.
   * @throws {@link AuthenticationError} when MTN takes neither key nor token, {@link RateLimitedError} when it throttles,
   * {@link ConnectionError} when nothing left, {@link ConfigurationError} when the product has no keys; nothing was executed.
   * @throws {@link IdempotencyConflictError} when the reference was used for a different payment: look it up first.
   * @throws {@link OutcomeUnknownError} when no clear answer came; look it up by its reference, never pay again.
   * @see MTN MoMo Open API, Disbursement, `POST /disbursement/v1_0/transfer` (document of 2023, read 2026-11).
   */
  async transfer(request: Transfer, options?: OperationOptions): Promise<PendingMtnMomoPayment> {
    const parsed = readMoneyRequest(request, "payee", this.#context);
    return createTransaction(this.#context, transferKind, parsed, options);
  }

  /**
   * Asks MTN what became of a transfer. Moves nothing; asked again when an answer is lost.
   *
   * @param reference - The reference of `transfer`.
   * @throws {@link RequestRejectedError} with code `RESOURCE_NOT_FOUND` when MTN does not know the reference, or does
   * not show it yet: that proves nothing about the payment.
   * @see MTN MoMo Open API, Disbursement, `GET /disbursement/v1_0/transfer/{referenceId}` (document of 2023, read 2026-11).
   */
  async getTransfer(reference: string, options?: OperationOptions): Promise<MtnMomoPayment> {
    return getTransaction(this.#context, transferKind, readReference(reference, "reference"), options);
  }

  /**
   * Reads the balance of the disbursement account.
   *
   * @param currency - ISO 4217 code, where the account has several. @defaultValue the account's own
   * @throws {@link ConnectionError} when no answer came, {@link ProviderUnavailableError} when MTN is down.
   * @see MTN MoMo Open API, `GET /disbursement/v1_0/account/balance` (document of 2023, read 2026-11).
   */
  async getBalance(currency?: Currency, options?: OperationOptions): Promise<Money> {
    return getBalance(this.#context, currency, options);
  }

  /**
   * Asks whether a phone number has an active wallet. Worth asking before money is sent. In the sandbox every ordinary
   * number is active.
   *
   * @param phoneNumber - E.164, or as written in the market's country.
   * @throws {@link ConnectionError} when no answer came, {@link ProviderUnavailableError} when MTN is down.
   * @see MTN MoMo Open API, `GET /disbursement/v1_0/accountholder/msisdn/{id}/active` (document of 2023, read 2026-11).
   */
  async isAccountHolderActive(phoneNumber: string, options?: OperationOptions): Promise<boolean> {
    return isAccountHolderActive(this.#context, phoneNumber, options);
  }
}
