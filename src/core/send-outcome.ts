/**
 * How one send ended, and what the caller is told: never a guess.
 */
import { OutcomeUnknownError } from "./errors.js";
import type { PendingRef } from "./provider.js";
import type { FailureKind, Repeatable } from "./retry-policy.js";

/** One request that did not succeed. */
export interface Failure {
  readonly kind: FailureKind;
  /** What to throw; the abort reason itself when the caller aborted. */
  readonly error: unknown;
  /** What the provider asked to wait. */
  readonly retryAfterMs?: number | undefined;
  /** True when no policy can help: the caller aborted, or there is no token. */
  readonly isFinal?: boolean;
}

/** How a send ended. */
export type SendOutcome<Value> =
  | { readonly outcome: "accepted"; readonly value: Value }
  /** The provider's own refusal, proved not executed. */
  | { readonly outcome: "rejected"; readonly error: unknown }
  /** Proved that nothing left. */
  | { readonly outcome: "not-sent"; readonly error: unknown }
  /** Anything else. */
  | { readonly outcome: "unknown"; readonly error: unknown };

/** Whether this failure leaves open that the request was executed. */
export function isDoubtful(failure: Failure): boolean {
  return failure.kind === "no_answer" || failure.kind === "unclear";
}

/**
 * The end of a send that did not succeed. `doubt` is the first failure that left open whether the request was executed:
 * no later refusal takes that back.
 */
export function concludeSend(last: Failure, doubt: Failure | undefined): SendOutcome<never> {
  if (doubt) return { outcome: "unknown", error: last.isFinal ? last.error : doubt.error };
  return { outcome: last.kind === "not_sent" ? "not-sent" : "rejected", error: last.error };
}

/** What the provider answered to a request that moves money; `OutcomeUnknownError` when nobody knows. */
export function valueOfSend<Value>(
  outcome: SendOutcome<Value>,
  pending: PendingRef,
  repeatable: Repeatable,
): Value {
  if (outcome.outcome === "accepted") return outcome.value;
  if (outcome.outcome !== "unknown") throw outcome.error;
  const isRetryable = repeatable === "same_reference";
  throw new OutcomeUnknownError({
    provider: pending.provider,
    pending,
    cause: outcome.error,
    isRetryable,
    message: `${pending.operation} ${pending.reference} got no clear answer: it may have moved money.`,
    remedy: isRetryable
      ? "Look it up, or send it again with the same reference."
      : "Wait for the callback, or look it up. Never send it again: that would be a second payment.",
  });
}
