/**
 * One HTTP request in, one answer or one failure out. The only file that knows ky.
 */
import ky from "ky";
import type { Clock } from "./clock.js";
import { fillPath } from "./path.js";

/**
 * A `fetch` that may know more than the standard one. `mayHaveLeft(request)` is asked after a failure and answers
 * `false` only when it is proved that no byte of that request left this machine. Without it, a request that failed
 * after `fetch` was called counts as sent.
 */
export type Fetch = ((request: Request) => Promise<Response>) & {
  readonly mayHaveLeft?: (request: Request) => boolean;
};

/** A request, with its path's variable parts still apart. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Such as `/collection/v1_0/requesttopay/{referenceId}`. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
}

/** An answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` when the body is empty or is not JSON. */
  readonly json: unknown;
  /** The body as text, at most 1 MiB of it. */
  readonly text: string;
}

/** Why no answer could be read. */
export interface HttpFailure {
  readonly kind: "aborted" | "timed_out" | "too_large" | "broken";
  /** False only when it is proved that nothing left this machine. */
  readonly mayHaveLeft: boolean;
  readonly cause: unknown;
}

/** What became of one request. */
export type Exchange =
  | { readonly answer: HttpAnswer; readonly failure?: undefined }
  | { readonly failure: HttpFailure; readonly answer?: undefined };

/** Sends requests to one provider. */
export interface Http {
  send(
    request: HttpRequest,
    options: { timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<Exchange>;
}

const longestBody = 1024 * 1024;
const tooLarge = new RangeError(`The answer is longer than ${longestBody} bytes.`);
/** An answer whose headers came must not trickle for the whole of a long time-out. */
const longestBodyWaitMs = 15_000;

/** Makes the sender for a base URL. */
export function createHttp(options: { baseUrl: string; fetch: Fetch; clock: Clock }): Http {
  const { baseUrl, fetch, clock } = options;
  const client = ky.create({
    prefixUrl: baseUrl,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    redirect: "manual",
  });

  return {
    async send(request, { timeoutMs, signal }) {
      const deadline = createDeadline(clock, signal);
      deadline.set("answer", timeoutMs);
      let called: Request | undefined;
      try {
        deadline.signal.throwIfAborted();
        const response = await deadline.race(
          client(fillPath(request.path, request.parameters).slice(1), {
            method: request.method,
            ...(request.headers && { headers: request.headers }),
            ...(request.query && { searchParams: request.query }),
            ...(request.json !== undefined && { json: request.json }),
            signal: deadline.signal,
            fetch: (sent) => {
              called = sent as Request;
              return fetch(called);
            },
          }),
        );
        deadline.set("body", Math.min(timeoutMs, longestBodyWaitMs));
        const text = await deadline.race(readText(response, deadline.signal));
        return {
          answer: { status: response.status, headers: response.headers, text, json: parseJson(text) },
        };
      } catch (cause) {
        const kind = deadline.passed() ?? (cause === tooLarge ? "too_large" : "broken");
        if (called) return { failure: { kind, mayHaveLeft: mayHaveLeft(fetch, called), cause } };
        // What could not be put into a request is quoted by the platform, and may be a key.
        const reason = kind === "broken" ? new TypeError("A header or the address can't be sent.") : cause;
        return { failure: { kind, mayHaveLeft: false, cause: reason } };
      } finally {
        deadline.clear();
      }
    },
  };
}

/** Several deadlines and the caller's own signal, joined in one signal. */
function createDeadline(clock: Clock, caller: AbortSignal | undefined) {
  const controller = new AbortController();
  const cancels: (() => void)[] = [];
  let passed: "aborted" | "timed_out" | undefined;

  const stop = (kind: "aborted" | "timed_out", reason: unknown) => {
    passed ??= kind;
    controller.abort(reason);
  };
  const onAbort = () => stop("aborted", caller?.reason);
  if (caller?.aborted) onAbort();
  else caller?.addEventListener("abort", onAbort, { once: true });

  return {
    signal: controller.signal,
    passed: () => passed,
    set(what: string, ms: number) {
      const reason = new DOMException(`The ${what} took longer than ${ms} ms.`, "TimeoutError");
      cancels.push(clock.after(ms, () => stop("timed_out", reason)));
    },
    /** The promise, or a rejection as soon as a deadline passes: a `fetch` may ignore its signal. */
    race<T>(promise: Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const onStop = () => reject(controller.signal.reason);
        if (controller.signal.aborted) onStop();
        controller.signal.addEventListener("abort", onStop, { once: true });
        promise.then(resolve, reject);
      });
    },
    clear() {
      for (const cancel of cancels) cancel();
      caller?.removeEventListener("abort", onAbort);
    },
  };
}

/** Whether a request may have been sent. A transport that can't say counts as yes. */
function mayHaveLeft(fetch: Fetch, request: Request): boolean {
  try {
    return fetch.mayHaveLeft?.(request) ?? true;
  } catch {
    return true;
  }
}

async function readText(response: Response, signal: AbortSignal): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  signal.addEventListener("abort", () => void reader.cancel().catch(() => {}), { once: true });
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > longestBody) {
      await reader.cancel();
      throw tooLarge;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
