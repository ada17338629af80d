/**
 * Sends one operation, as often as the retry policy allows.
 */
import { type Clock, sleep } from "./clock.js";
import { defined } from "./defined.js";
import { ConnectionError, type MobileMoneyError, ResponseInvalidError, refuse } from "./errors.js";
import type { Http, HttpAnswer, HttpFailure, HttpRequest } from "./http.js";
import type { OperationOptions, ProviderName } from "./provider.js";
import { decideRetry, type Repeatable } from "./retry-policy.js";
import { concludeSend, type Failure, isDoubtful, type SendOutcome } from "./send-outcome.js";
import type { RequestEvent, Telemetry } from "./telemetry.js";
import type { TokenCache } from "./token-cache.js";
import type { Random } from "./uuid.js";

/** What an answer means in the provider's own contract. */
export type Verdict<Value> =
  | { readonly kind: "accepted"; readonly value: Value }
  | {
      readonly kind: "rejected" | "token_refused" | "throttled" | "unclear";
      readonly error: MobileMoneyError;
      readonly retryAfterMs?: number | undefined;
    };

/** One operation of a provider. */
export interface Operation<Value> {
  /** Such as `"stk.push"`. */
  readonly name: string;
  readonly repeatable: Repeatable;
  readonly reference?: string | undefined;
  readonly request: HttpRequest;
  /** Reads an answer. Must not throw. */
  readonly judge: (answer: HttpAnswer) => Verdict<Value>;
}

/** What every operation of one credential needs. */
export interface Channel {
  readonly provider: ProviderName;
  readonly account?: string | undefined;
  readonly http: Http;
  /** Absent for calls that carry no token. */
  readonly tokens?: TokenCache;
  /** Headers of this credential, fetched anew for each request. */
  readonly headers?: () => Promise<Readonly<Record<string, string>>>;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
}

type Attempt<Value> = { readonly kind: "accepted"; readonly value: Value } | Failure;

/** Sends an operation and says how it ended. Never throws. */
export async function send<Value>(
  channel: Channel,
  operation: Operation<Value>,
  options: OperationOptions = {},
): Promise<SendOutcome<Value>> {
  const { clock, random, telemetry } = channel;
  const { repeatable } = operation;
  let doubt: Failure | undefined;
  let tokenRefusals = 0;

  for (let attempt = 1; ; attempt++) {
    const event = describe(channel, operation, attempt);
    const result = await sendOnce(channel, operation, options, event);
    if (result.kind === "accepted") return { outcome: "accepted", value: result.value };
    if (isDoubtful(result) && repeatable !== "read") doubt ??= result;
    if (result.kind === "token_refused") tokenRefusals += 1;

    const { kind: failure, retryAfterMs } = result;
    const fraction = random.fraction();
    const decision = decideRetry({ repeatable, failure, attempt, tokenRefusals, retryAfterMs, fraction });
    if (result.isFinal || !decision.again) return concludeSend(result, doubt);
    telemetry.retry({ ...event, delayMs: decision.delayMs, because: failure });
    try {
      await sleep(clock, decision.delayMs, options.signal);
    } catch (error) {
      return concludeSend({ kind: "not_sent", error, isFinal: true }, doubt);
    }
  }
}

/** Sends a read and returns what it found; throws what stopped it. */
export async function read<Value>(
  channel: Channel,
  operation: Omit<Operation<Value>, "repeatable">,
  options?: OperationOptions,
): Promise<Value> {
  const result = await send(channel, { ...operation, repeatable: "read" }, options);
  if (result.outcome === "accepted") return result.value;
  throw result.error;
}

async function sendOnce<Value>(
  channel: Channel,
  operation: Operation<Value>,
  { signal, timeoutMs = channel.timeoutMs }: OperationOptions,
  event: RequestEvent,
): Promise<Attempt<Value>> {
  const { clock, telemetry, tokens } = channel;
  let token: string | undefined;
  let request: HttpRequest;
  try {
    signal?.throwIfAborted();
    if (!(timeoutMs > 0)) refuse("timeoutMs", "is not above zero", "Give milliseconds, such as 30_000.");
    token = await tokens?.get(signal);
    const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const headers = { ...(await channel.headers?.()), ...authorization, ...operation.request.headers };
    request = { ...operation.request, headers };
    signal?.throwIfAborted();
  } catch (error) {
    return { kind: "not_sent", error, isFinal: true };
  }

  telemetry.request(event);
  const startedAt = clock.monotonic();
  const { answer, failure } = await channel.http.send(request, { timeoutMs, signal });
  const result = answer ? operation.judge(answer) : toFailure(channel.provider, operation, failure);
  const durationMs = Math.round(clock.monotonic() - startedAt);
  telemetry.response(defined({ ...event, durationMs, status: answer?.status, verdict: result.kind }));
  if (result.kind === "token_refused" && token !== undefined) await tokens?.refuse(token);
  return result;
}

function toFailure(provider: ProviderName, operation: Operation<unknown>, failure: HttpFailure): Failure {
  const kind = failure.mayHaveLeft ? "no_answer" : "not_sent";
  if (failure.kind === "aborted") return { kind, error: failure.cause, isFinal: true };
  if (failure.kind === "too_large") return { kind: "unclear", error: tooLarge(provider, operation, failure) };
  const timedOut = failure.kind === "timed_out";
  const error = new ConnectionError({
    provider,
    timedOut,
    cause: failure.cause,
    message: `${operation.name} got no answer: ${timedOut ? "a deadline passed" : "the connection failed"}.`,
    remedy: "Check the network, then make the request again.",
  });
  return { kind, error };
}

function tooLarge(
  provider: ProviderName,
  { name }: Operation<unknown>,
  { cause }: HttpFailure,
): MobileMoneyError {
  const message = "is too long to be the provider's";
  const remedy = "Check that the base URL is the provider's own host.";
  const issues = [{ field: "body", message, remedy }];
  return new ResponseInvalidError({
    provider,
    cause,
    message: `The answer to ${name} ${message}.`,
    remedy,
    issues,
  });
}

function describe(channel: Channel, operation: Operation<unknown>, attempt: number): RequestEvent {
  const { provider, account } = channel;
  const { name, reference, request } = operation;
  const { method, path } = request;
  return defined({ provider, account, operation: name, reference, attempt, method, path });
}
