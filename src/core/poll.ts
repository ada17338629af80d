/**
 * Waiting for a payment's end by asking again and again, with a deadline.
 */
import { type Clock, sleep, unlessAborted } from "./clock.js";
import { isMobileMoneyError, refuse, StillPendingError } from "./errors.js";
import type { FailedPayment, ProviderPayment, SucceededPayment, WaitOptions } from "./provider.js";
import type { Random } from "./uuid.js";

const waitsMs = [2_000, 3_000, 5_000, 10_000, 20_000, 30_000];
const defaultTimeoutMs = 90_000;

/** What waiting needs. `Settled` and `Open` let a provider keep the fields of its own payments. */
export interface Waiting<Settled extends SucceededPayment | FailedPayment, Open extends ProviderPayment> {
  /** The payment as known before the first question. */
  readonly initial: ProviderPayment;
  readonly ask: (options: { signal: AbortSignal }) => Promise<Settled | Open>;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Asks until the payment has succeeded or failed. Waits 2, 3, 5, 10, 20, then 30 s between questions, each shifted by up
 * to a fifth so that many waiters do not ask together. A question that fails in passing (no connection, provider down or
 * throttling, unreadable answer) is asked again; any other error ends the waiting.
 *
 * @throws {@link StillPendingError} at the deadline, with the payment as last seen.
 */
export async function waitUntilSettled<
  Settled extends SucceededPayment | FailedPayment,
  Open extends ProviderPayment,
>(
  { initial, ask, clock, random }: Waiting<Settled, Open>,
  { timeoutMs = defaultTimeoutMs, signal }: WaitOptions = {},
): Promise<Settled> {
  if (Number.isNaN(timeoutMs)) refuse("timeoutMs", "is not a number", "Give milliseconds, such as 90_000.");
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  const startedAt = clock.monotonic();
  const cancelDeadline = clock.after(timeoutMs, () => stop.abort());
  let payment: ProviderPayment = initial;
  let lastError: unknown;

  try {
    for (let round = 0; ; round++) {
      try {
        const answer = await unlessAborted(ask({ signal: stop.signal }), stop.signal);
        if (isSettled(answer)) return answer as Settled;
        payment = answer;
        lastError = undefined;
      } catch (error) {
        if (stop.signal.aborted || !isPassing(error)) throw error;
        lastError = error;
      }
      const stepMs = waitsMs[Math.min(round, waitsMs.length - 1)] as number;
      const waitMs = Math.round(stepMs * (0.8 + 0.4 * random.fraction()));
      await sleep(clock, Math.max(waitMs, askedToWaitMs(lastError)), stop.signal);
    }
  } catch (error) {
    if (!stop.signal.aborted || signal?.aborted) throw error;
    throw stillPending(payment, Math.round(clock.monotonic() - startedAt), lastError);
  } finally {
    cancelDeadline();
    signal?.removeEventListener("abort", onAbort);
  }
}

function isSettled(payment: ProviderPayment): payment is SucceededPayment | FailedPayment {
  return payment.status === "succeeded" || payment.status === "failed";
}

function isPassing(error: unknown): boolean {
  if (!isMobileMoneyError(error)) return false;
  return ["connection_failed", "provider_unavailable", "rate_limited", "response_invalid"].includes(
    error.code,
  );
}

function askedToWaitMs(error: unknown): number {
  return isMobileMoneyError(error) && error.code === "rate_limited" ? (error.retryAfterMs ?? 0) : 0;
}

function stillPending(payment: ProviderPayment, waitedMs: number, cause: unknown): StillPendingError {
  return new StillPendingError({
    provider: payment.provider,
    payment,
    waitedMs,
    cause,
    message: `${payment.operation} ${payment.reference} is still ${payment.status} after ${waitedMs} ms.`,
    remedy: "Wait again, or for the callback. Do not ask the customer to pay again.",
  });
}
