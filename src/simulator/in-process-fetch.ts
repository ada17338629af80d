/**
 * The simulator through the eyes of `fetch`.
 */
import { type Exchange, toResponse, type WireRequest } from "./wire.js";

/** A `fetch` that never leaves the process. */
export type SimulatorFetch = typeof fetch & {
  /**
   * Evidence, as the library's clients ask a transport for it: false only for a request that a `lose_request` rule
   * with `proved` has stopped, true for any other.
   */
  readonly mayHaveLeft: (request: Request) => boolean;
};

/** Makes the `fetch`: an abort ends the waiting, a broken connection is a TypeError. */
export function createSimulatorFetch(exchange: (request: WireRequest) => Promise<Exchange>): SimulatorFetch {
  const provedUnsent = new WeakSet<object>();
  // An abort reaches a Request only while somebody holds it, so every request that waits for its answer is held here.
  const waiting = new Set<object>();

  const fetchOnce = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { signal } = request;
    signal.throwIfAborted();
    const held = { input, request };
    waiting.add(held);
    try {
      return await new Promise<Response>((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        readRequest(request)
          .then(exchange)
          .then((exchanged) => {
            if (exchanged.end === "answered") resolve(toResponse(exchanged.answer));
            if (exchanged.end === "silent") return;
            if (exchanged.end === "broken" && exchanged.isProvedUnsent) provedUnsent.add(input as object);
            reject(new TypeError("fetch failed", { cause: new Error("socket hang up") }));
          })
          .catch(reject);
      });
    } finally {
      waiting.delete(held);
    }
  };
  return Object.assign(fetchOnce, { mayHaveLeft: (request: Request) => !provedUnsent.has(request) });
}

async function readRequest(request: Request): Promise<WireRequest> {
  return {
    method: request.method,
    url: new URL(request.url),
    headers: request.headers,
    body: await request.text(),
    hasContentLength: true,
  };
}
