/**
 * What may be sent again: one pure function, so that every case can be tested.
 */

/**
 * How an operation may be repeated.
 *
 * - `read`: it moves nothing.
 * - `same_reference`: the provider executes a reference once, however often it is sent.
 * - `never`: the provider cannot tell a repetition from a new payment.
 */
export type Repeatable = "read" | "same_reference" | "never";

/** What went wrong with one request. */
export type FailureKind =
  /** It is proved that nothing left this machine. */
  | "not_sent"
  /** It may have left; no answer could be read. */
  | "no_answer"
  /** An answer came that proves neither execution nor refusal. */
  | "unclear"
  /** The provider was asked too often; the request was not executed. */
  | "throttled"
  /** The access token was refused before anything was executed. */
  | "token_refused"
  /** The provider refused the request; it was not executed. */
  | "rejected";

/** All that the decision depends on. */
export interface RetryQuestion {
  readonly repeatable: Repeatable;
  readonly failure: FailureKind;
  /** Requests made so far, this one included. */
  readonly attempt: number;
  /** Refused tokens so far, this one included. */
  readonly tokenRefusals: number;
  /** What the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** A random number in [0, 1), for jitter. */
  readonly fraction: number;
}

/** Whether to send again, and after how long. */
export type RetryDecision = { readonly again: false } | { readonly again: true; readonly delayMs: number };

const mostAttempts = 3;
const longestBackOffMs = 8_000;
const longestRetryAfterMs = 60_000;
const stop: RetryDecision = { again: false };

/**
 * Decides. A refused token is replaced once, at once. Whatever was proved not to have left may go again. A read and an
 * operation with a reference of its own may also go again after a lost or unclear answer. Nothing else may.
 *
 * Back-off: a random part of 0.5 s · 2ⁿ⁻¹, at most 8 s; never less than what the provider asked for; a provider that
 * asks for more than 60 s is not waited for.
 */
export function decideRetry(question: RetryQuestion): RetryDecision {
  const { repeatable, failure, attempt, tokenRefusals, retryAfterMs = 0, fraction } = question;
  if (failure === "rejected") return stop;
  if (failure === "token_refused") return tokenRefusals === 1 ? { again: true, delayMs: 0 } : stop;
  if (failure !== "not_sent" && repeatable === "never") return stop;
  if (attempt >= mostAttempts || retryAfterMs > longestRetryAfterMs) return stop;
  const backOffMs = fraction * Math.min(longestBackOffMs, 500 * 2 ** (attempt - 1));
  return { again: true, delayMs: Math.max(retryAfterMs, Math.round(backOffMs)) };
}
