/**
 * A `fetch` over undici that knows whether a request was ever written to a socket.
 */
import { Agent, type Dispatcher, fetch } from "undici";
import { defined } from "../core/defined.js";
import { ConfigurationError } from "../core/errors.js";
import type { Fetch } from "../core/http.js";

/** How a Node transport is set up. */
export interface NodeFetchOptions {
  /**
   * Longest wait for a connection in milliseconds: name look-up, TCP and TLS together. undici looks about twice a
   * second, so it may be half a second more. @defaultValue 5_000
   */
  readonly connectTimeoutMs?: number;
  /** Certificates to trust instead of Node's own list: PEM, one or several in a row. @defaultValue Node's list */
  readonly ca?: string;
}

/**
 * How far a request came. It is `started` just before its first byte is written, on a connection that stands, TLS
 * included; `withdrawn` once it was called unsent, and from then on nothing of it is written.
 */
type Progress = "waiting" | "started" | "withdrawn";

const defaultConnectTimeoutMs = 5_000;
/** A server that closes an idle connection just as a payment is written leaves it unknown whether it was read. */
const keepAliveMs = 2_000;

/**
 * Makes a `fetch` for the clients' option `fetch` that gives evidence of what was sent.
 *
 * With it, a payment that meets a failed name look-up, a refused or timed-out connection or a failed TLS handshake is
 * proved unsent and made again; with the platform's `fetch` it ends in `OutcomeUnknownError`. A `Request` is sent once
 * at most: redirects are handed back, and no status has it sent again. Idle connections close after two seconds and do
 * not keep the process running. Proxy variables of the environment are not read. A wrapper must hand on the `Request`
 * itself, not a copy, and `mayHaveLeft` with it; else there is no evidence.
 *
 * Needs the optional peer `undici`: without it, importing `mobile-money/node` fails with `ERR_MODULE_NOT_FOUND`.
 *
 * @throws `ConfigurationError` when the time-out is not above zero.
 */
export function createNodeFetch(options: NodeFetchOptions = {}): Fetch {
  const { connectTimeoutMs = defaultConnectTimeoutMs, ca } = options;
  if (!Number.isFinite(connectTimeoutMs) || connectTimeoutMs <= 0) {
    const remedy = "Give milliseconds, such as 5_000.";
    throw new ConfigurationError([{ field: "connectTimeoutMs", message: "is not above zero", remedy }]);
  }
  const agent = new Agent({
    connect: defined({ timeout: connectTimeoutMs, ca }),
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs, // a server's own hint may not lengthen it
  });
  const progress = new WeakMap<Request, Progress>();

  const send = async (request: Request): Promise<Response> => {
    if (!progress.has(request)) progress.set(request, "waiting");
    const { url, method, headers, signal } = request;
    const response = await fetch(url, {
      method,
      headers: [...headers],
      // Whole, for its length: MTN refuses a body sent in chunks.
      body: request.body && (await request.arrayBuffer()),
      signal,
      redirect: "manual",
      dispatcher: agent.compose(watch(request, progress)),
    });
    return response as unknown as Response; // the same standard, declared twice
  };

  const mayHaveLeft = (request: Request): boolean => {
    if (progress.get(request) === "waiting") progress.set(request, "withdrawn");
    return progress.get(request) !== "withdrawn";
  };
  return Object.assign(send, { mayHaveLeft });
}

/**
 * Lets the request be written once, and only while it is waiting. The handler has no other way in than
 * `onRequestStart`, which undici calls just before it writes. (undici's own `DecoratorHandler` breaks on an interim
 * answer such as 103.)
 */
function watch(
  request: Request,
  progress: WeakMap<Request, Progress>,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        if (progress.get(request) !== "waiting" || request.signal.aborted) {
          controller.abort(new Error("The request was withdrawn, or sent before."));
          return;
        }
        progress.set(request, "started");
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (...event) => handler.onResponseStart?.(...event),
      onResponseData: (...event) => handler.onResponseData?.(...event),
      onResponseEnd: (...event) => handler.onResponseEnd?.(...event),
      onResponseError: (...event) => handler.onResponseError?.(...event),
    });
}
