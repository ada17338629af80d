/**
 * Every error of the library: one class per code, recognised across copies of the package by a brand.
 */
import { defined } from "./defined.js";
import type { PendingRef, ProviderName, ProviderPayment } from "./provider.js";

const brand: unique symbol = Symbol.for("mobile-money.error");

/** Where each code is explained. */
const docsBase = "https://github.com/mobile-money/mobile-money/blob/main/docs/errors.md";

/** A wrong field of a request or a wrong setting: what is wrong, and what to do. */
export interface Problem {
  /** The field's path, such as `"amount"` or `"payer"`, or the setting's name. */
  readonly field: string;
  /** What is wrong with it, to follow the field's name. */
  readonly message: string;
  /** What to do, in a sentence. */
  readonly remedy: string;
}

interface ErrorFacts {
  readonly message: string;
  readonly remedy: string;
  readonly provider?: ProviderName | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The base of all errors. Tell them apart by `code`, after `isMobileMoneyError(error)`.
 */
export abstract class MobileMoneyError<Code extends string = string, Facts = unknown> extends Error {
  /** Stable name of the kind of error. */
  abstract readonly code: Code;
  /** What to do about it, in a sentence. */
  declare readonly remedy: string;
  declare readonly provider?: ProviderName;
  /** The provider's own id of the refused request, where it gave one: quote it to their support. */
  declare readonly requestId?: string;
  /** True when the same request with the same reference may be made again without moving money twice. */
  readonly isRetryable: boolean = false;

  constructor({ message, cause, ...facts }: ErrorFacts & Facts) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, defined(facts));
    Object.defineProperty(this, brand, { value: true });
  }

  /** Page that explains this code: causes, remedy, an example. */
  get docsUrl(): string {
    return `${docsBase}#${this.code}`;
  }

  /** The error as plain data, without its cause and stack. */
  toJSON(): Record<string, unknown> {
    return { ...(this as object), message: this.message, docsUrl: this.docsUrl };
  }
}

/** The client or a setting was put together wrongly. Nothing was sent. */
export class ConfigurationError extends MobileMoneyError<"config_invalid"> {
  override readonly name = "ConfigurationError";
  readonly code = "config_invalid";
  /** Every problem found, not the first alone. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], provider?: ProviderName) {
    super({ provider, ...summary("The configuration is wrong", problems) });
    this.problems = problems;
  }
}

/** A field of the request is wrong. Nothing was sent. */
export class RequestInvalidError extends MobileMoneyError<"request_invalid"> {
  override readonly name = "RequestInvalidError";
  readonly code = "request_invalid";
  /** Every wrong field. */
  readonly issues: readonly Problem[];

  constructor(issues: readonly Problem[], provider?: ProviderName) {
    super({ provider, ...summary("The request is wrong", issues) });
    this.issues = issues;
  }
}

/** Refuses one field of a request. */
export function refuse(field: string, message: string, remedy: string): never {
  throw new RequestInvalidError([{ field, message, remedy }]);
}

/** The provider did not accept the credentials. No money moved. */
export class AuthenticationError extends MobileMoneyError<
  "authentication_failed",
  { status: number; providerCode?: string | undefined }
> {
  override readonly name = "AuthenticationError";
  readonly code = "authentication_failed";
  /** HTTP status of the answer. */
  declare readonly status: number;
  /** The provider's code as it came, such as `"INVALID_CURRENCY"` or `"400.002.02"`. */
  declare readonly providerCode?: string;
}

/** The provider refused the request, and said so in its own words: it was not executed. */
export class RequestRejectedError extends MobileMoneyError<
  "request_rejected",
  { status: number; providerCode?: string | undefined }
> {
  override readonly name = "RequestRejectedError";
  readonly code = "request_rejected";
  /** HTTP status of the answer. */
  declare readonly status: number;
  /** The provider's code as it came, such as `"INVALID_CURRENCY"` or `"400.002.02"`. */
  declare readonly providerCode?: string;
}

/** The provider throttles this account: the request was not executed. */
export class RateLimitedError extends MobileMoneyError<
  "rate_limited",
  { retryAfterMs?: number | undefined }
> {
  override readonly name = "RateLimitedError";
  readonly code = "rate_limited";
  override readonly isRetryable = true;
  /** How long the provider asked to wait, in milliseconds, where it said so. */
  declare readonly retryAfterMs?: number;
}

/** The provider is down or failing. Thrown by reads and before money was asked for, never for a payment that may have been taken. */
export class ProviderUnavailableError extends MobileMoneyError<"provider_unavailable", { status: number }> {
  override readonly name = "ProviderUnavailableError";
  readonly code = "provider_unavailable";
  override readonly isRetryable = true;
  /** HTTP status of the answer. */
  declare readonly status: number;
}

/** No answer came. Safe: nothing was sent, or the operation is a read. */
export class ConnectionError extends MobileMoneyError<"connection_failed", { timedOut: boolean }> {
  override readonly name = "ConnectionError";
  readonly code = "connection_failed";
  override readonly isRetryable = true;
  /** True when a deadline passed; false when the connection failed. */
  declare readonly timedOut: boolean;
}

/** The provider's answer to a read could not be understood. */
export class ResponseInvalidError extends MobileMoneyError<
  "response_invalid",
  { issues: readonly Problem[] }
> {
  override readonly name = "ResponseInvalidError";
  readonly code = "response_invalid";
  override readonly isRetryable = true;
  declare readonly issues: readonly Problem[];
}

/**
 * A request that may have moved money has no answer. Look it up by `reference`, or wait for the callback.
 * Never send it again under a new reference.
 */
export class OutcomeUnknownError extends MobileMoneyError<"outcome_unknown"> {
  override readonly name = "OutcomeUnknownError";
  readonly code = "outcome_unknown";
  /** True only where the provider executes a reference once however often it is sent. */
  override readonly isRetryable: boolean;
  readonly reference: string;
  /**
   * What `lookUp` and `waitForOutcome` take; keep it with the order. Not enumerable: M-Pesa's own id holds a phone
   * number, and errors end up in logs.
   */
  declare readonly pending: PendingRef;

  constructor({ pending, ...facts }: ErrorFacts & { pending: PendingRef; isRetryable: boolean }) {
    super(facts);
    this.isRetryable = facts.isRetryable;
    this.reference = pending.reference;
    hide(this, "pending", pending);
  }
}

/** The waiting ended before the payment did. It goes on at the provider: wait again, or rely on the callback. */
export class StillPendingError extends MobileMoneyError<"still_pending"> {
  override readonly name = "StillPendingError";
  readonly code = "still_pending";
  override readonly isRetryable = true;
  /** The payment as last seen. Not enumerable: it holds a phone number, and errors end up in logs. */
  declare readonly payment: ProviderPayment;
  /** How long it was waited for, in milliseconds. */
  declare readonly waitedMs: number;

  constructor({ payment, ...facts }: ErrorFacts & { payment: ProviderPayment; waitedMs: number }) {
    super(facts);
    hide(this, "payment", payment);
  }
}

/** What is wrong with a callback's body. */
export type CallbackInvalidReason = "not_an_object" | "not_recognised" | "not_expected" | "field_invalid";

/** A callback's body is not what the provider sends. */
export class CallbackInvalidError extends MobileMoneyError<
  "callback_invalid",
  { reason: CallbackInvalidReason }
> {
  override readonly name = "CallbackInvalidError";
  readonly code = "callback_invalid";
  /** What is wrong with it, as a stable word. */
  declare readonly reason: CallbackInvalidReason;
}

/** The provider has no such operation. Nothing was sent. */
export class OperationUnsupportedError extends MobileMoneyError<
  "operation_unsupported",
  { operation: string }
> {
  override readonly name = "OperationUnsupportedError";
  readonly code = "operation_unsupported";
  declare readonly operation: string;
}

/** Sending is switched off. Nothing was sent. */
export class SendingStoppedError extends MobileMoneyError<"sending_stopped", { reason: string }> {
  override readonly name = "SendingStoppedError";
  readonly code = "sending_stopped";
  override readonly isRetryable = true;
  declare readonly reason: string;
}

/** The reference was used before, for a different payment: look it up before anything else is sent. */
export class IdempotencyConflictError extends MobileMoneyError<"idempotency_conflict"> {
  override readonly name = "IdempotencyConflictError";
  readonly code = "idempotency_conflict";
  readonly reference: string;
  /** What `lookUp` takes, to see what the reference paid for. Not enumerable, as in `OutcomeUnknownError`. */
  declare readonly pending: PendingRef;

  constructor({ pending, ...facts }: ErrorFacts & { pending: PendingRef }) {
    super(facts);
    this.reference = pending.reference;
    hide(this, "pending", pending);
  }
}

/** A limit that the application set would be exceeded. Nothing was sent. */
export class LimitExceededError extends MobileMoneyError<"limit_exceeded", { limit: string }> {
  override readonly name = "LimitExceededError";
  readonly code = "limit_exceeded";
  /** Name of the limit. */
  declare readonly limit: string;
}

/** A stored value could not be decrypted. */
export class DecryptionError extends MobileMoneyError<"decryption_failed", { keyId?: string | undefined }> {
  override readonly name = "DecryptionError";
  readonly code = "decryption_failed";
  declare readonly keyId?: string;
}

/** No tariff fits what was asked. Never read it as a zero fee. */
export class NoTariffError extends MobileMoneyError<
  "no_tariff",
  { asked: Readonly<Record<string, string>>; choices: readonly string[] }
> {
  override readonly name = "NoTariffError";
  readonly code = "no_tariff";
  /** What was asked, such as `{ product: "collection.paybill", on: "2026-11-25" }`. */
  declare readonly asked: Readonly<Record<string, string>>;
  /** Ids of the nearest tariffs there are. */
  declare readonly choices: readonly string[];
}

/** Every error that the library throws on purpose, discriminated by `code`. */
export type AnyMobileMoneyError =
  | ConfigurationError
  | RequestInvalidError
  | AuthenticationError
  | RequestRejectedError
  | RateLimitedError
  | ProviderUnavailableError
  | ConnectionError
  | ResponseInvalidError
  | OutcomeUnknownError
  | StillPendingError
  | CallbackInvalidError
  | OperationUnsupportedError
  | SendingStoppedError
  | IdempotencyConflictError
  | LimitExceededError
  | DecryptionError
  | NoTariffError;

/**
 * Whether an error is one of this library's, also when another copy of the package (ESM beside CommonJS) made it,
 * where `instanceof` fails. Afterwards `error.code` tells which.
 */
export function isMobileMoneyError(error: unknown): error is AnyMobileMoneyError {
  return typeof error === "object" && error !== null && (error as Record<symbol, unknown>)[brand] === true;
}

function hide(error: object, name: string, value: unknown): void {
  Object.defineProperty(error, name, { value, enumerable: false });
}

function summary(lead: string, problems: readonly Problem[]): { message: string; remedy: string } {
  return {
    message: `${lead}: ${problems.map((problem) => `${problem.field}: ${problem.message}`).join("; ")}.`,
    remedy: problems.map((problem) => problem.remedy).join(" "),
  };
}
