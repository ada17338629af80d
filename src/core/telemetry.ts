/**
 * What the library tells about its own work: a logger and hooks. No credential and no phone number is ever in it.
 */
import type { ProviderName } from "./provider.js";
import { redact } from "./redact.js";
import type { FailureKind } from "./retry-policy.js";

/** A logger such as `console` or winston, which take the message first. The fields are plain JSON. */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** One HTTP request of one operation. */
export interface RequestEvent {
  readonly provider: ProviderName;
  readonly account?: string;
  /** Such as `"stk.push"` or `"token"`. */
  readonly operation: string;
  readonly reference?: string;
  /** 1 for the first request of an operation. */
  readonly attempt: number;
  readonly method: string;
  /** The path with its variable parts written as `{name}`, so that no phone number is in it. */
  readonly path: string;
}

/** The end of one HTTP request. */
export interface ResponseEvent extends RequestEvent {
  readonly durationMs: number;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** What became of the request. */
  readonly verdict: "accepted" | FailureKind;
}

/** A request will be made again. */
export interface RetryEvent extends RequestEvent {
  readonly delayMs: number;
  readonly because: FailureKind;
}

/** Functions called as the work goes on. What they throw is swallowed: telling never stops a payment. */
export interface Hooks {
  readonly request?: (event: RequestEvent) => void;
  readonly response?: (event: ResponseEvent) => void;
  readonly retry?: (event: RetryEvent) => void;
}

/** Logger and hooks in one, never throwing. */
export interface Telemetry {
  request(event: RequestEvent): void;
  response(event: ResponseEvent): void;
  retry(event: RetryEvent): void;
  /** A shared token store failed; the library went on without it. */
  storeFailed(provider: ProviderName, error: unknown): void;
}

/** Joins the application's logger and hooks. */
export function createTelemetry(logger: Logger | undefined, hooks: Hooks | undefined): Telemetry {
  const log = (level: keyof Logger, message: string, fields: object) =>
    quietly(() => logger?.[level](message, { ...fields }));
  return {
    request(event) {
      quietly(() => hooks?.request?.(event));
      log("debug", "request sent", event);
    },
    response(event) {
      quietly(() => hooks?.response?.(event));
      log(event.verdict === "accepted" ? "debug" : "warn", "request ended", event);
    },
    retry(event) {
      quietly(() => hooks?.retry?.(event));
      log("warn", "request will be made again", event);
    },
    storeFailed(provider, error) {
      quietly(() => log("warn", "the token store failed", { provider, error: redact(String(error)) }));
    },
  };
}

/** The application's own observer must not decide whether money is sent: what it throws or rejects with is dropped. */
function quietly(observe: () => unknown): void {
  try {
    Promise.resolve(observe()).catch(() => {});
  } catch {}
}
