/**
 * The options that both clients share, and what they are when left out.
 */
import { baseUrlProblems, isLoopback } from "./base-url.js";
import type { CallbackUrl } from "./callback-url.js";
import { type Clock, systemClock } from "./clock.js";
import type { Problem } from "./errors.js";
import type { Fetch } from "./http.js";
import type { TokenStore } from "./stores.js";
import { createTelemetry, type Hooks, type Logger, type Telemetry } from "./telemetry.js";
import { type Random, systemRandom } from "./uuid.js";

/** Options that every client takes. */
export interface ClientOptions {
  /** Tells several accounts at the same network apart; written into every pending payment. */
  readonly account?: string;
  /** Where the provider sends its results; a request may name another address. */
  readonly callbackUrl?: CallbackUrl;
  /**
   * Another host than the provider's own: `https`, or `http` on a loopback address for the simulator.
   * @defaultValue the provider's host for the environment
   */
  readonly baseUrl?: string;
  /** What sends requests. @defaultValue the platform's `fetch`, which gives no evidence of what was sent */
  readonly fetch?: Fetch;
  /** Longest wait for one HTTP answer, body included, in milliseconds. @defaultValue 30_000 */
  readonly timeoutMs?: number;
  /** Shares access tokens between processes. @defaultValue each client keeps its own in memory */
  readonly tokenStore?: TokenStore;
  /** @defaultValue the machine's clock */
  readonly clock?: Clock;
  /** @defaultValue the platform's randomness */
  readonly random?: Random;
  /** @defaultValue none: the library logs nothing by itself */
  readonly logger?: Logger;
  /** Functions called for every request, answer and repetition. */
  readonly on?: Hooks;
  /** Takes phone numbers whose length or prefix is unusual for the country. @defaultValue false */
  readonly allowUnusualMsisdn?: boolean;
}

/** The shared options with their defaults filled in. */
export interface ClientSettings {
  readonly account: string | undefined;
  readonly callbackUrl: CallbackUrl | undefined;
  readonly baseUrl: string;
  /** True when the base URL is a loopback address: then no rule for public addresses applies. */
  readonly isLocal: boolean;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  readonly tokenStore: TokenStore | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  readonly allowUnusualMsisdn: boolean;
}

const defaultTimeoutMs = 30_000;

/** Fills in the defaults and reports what is wrong. */
export function settleClientOptions(
  options: ClientOptions,
  defaultBaseUrl: string,
  otherOrigins: readonly string[] = [],
): { settings: ClientSettings; problems: Problem[] } {
  const { baseUrl = defaultBaseUrl, timeoutMs = defaultTimeoutMs } = options;
  const problems = baseUrlProblems(baseUrl, otherOrigins);
  if (!Number.isFinite(timeoutMs) || timeoutMs <= 0) {
    problems.push({
      field: "timeoutMs",
      message: "is not above zero",
      remedy: "Give milliseconds, such as 30_000.",
    });
  }
  const settings: ClientSettings = {
    account: options.account,
    callbackUrl: options.callbackUrl,
    baseUrl,
    isLocal: URL.canParse(baseUrl) && isLoopback(new URL(baseUrl).hostname),
    // Looked up at each call, so that a test or a tracer that replaces the global is seen.
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
    timeoutMs,
    tokenStore: options.tokenStore,
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    telemetry: createTelemetry(options.logger, options.on),
    allowUnusualMsisdn: options.allowUnusualMsisdn ?? false,
  };
  return { settings, problems };
}
