import dns from "node:dns";
import { gzipSync } from "node:zlib";
import { ConfigurationError } from "mobile-money";
import { createNodeFetch } from "mobile-money/node";
import type { WireRequest } from "mobile-money/simulator";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type FaultServer, httpAnswer, listenWithFaults } from "../support/fault-server.js";
import { testCertificate } from "../support/test-certificate.js";

const servers: FaultServer[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server that gives one answer, and the requests that reached it whole. */
async function listen(answer: Buffer, tls = false): Promise<{ server: FaultServer; arrived: WireRequest[] }> {
  const arrived: WireRequest[] = [];
  const provider = async (request: WireRequest) => {
    arrived.push(request);
    return answer;
  };
  const server = await listenWithFaults(provider, { tls });
  servers.push(server);
  return { server, arrived };
}

const { cert: ca } = testCertificate;
const ok = httpAnswer("200 OK", { "content-type": "application/json" }, '{"status":"SUCCESSFUL"}');
const nothing = () => Buffer.alloc(0);
const payment = (url: string, init: RequestInit = {}) =>
  new Request(url, { method: "POST", body: "{}", ...init });
const patient = { connectTimeoutMs: 60_000 };

describe("requests", () => {
  test("a body goes out whole, with its length; headers and path as given", async () => {
    const { server, arrived } = await listen(ok);
    const headers = { authorization: "Bearer secret", "x-reference-id": "1" };
    await createNodeFetch()(payment(`${server.url}/pay/%C3%A9?a=1&b=`, { headers, body: '{"amount":"1"}' }));
    const [request] = arrived as [WireRequest];
    expect([request.method, request.url.pathname + request.url.search]).toEqual([
      "POST",
      "/pay/%C3%A9?a=1&b=",
    ]);
    expect(request.body).toBe('{"amount":"1"}');
    expect(Object.fromEntries(request.headers)).toMatchObject({ ...headers, "content-length": "14" });
    expect(request.headers.has("transfer-encoding")).toBe(false);
  });

  test("a POST without a body says Content-Length: 0; a GET says nothing of it", async () => {
    const { server, arrived } = await listen(ok);
    const fetch = createNodeFetch();
    await fetch(new Request(server.url, { method: "POST" }));
    await fetch(new Request(server.url));
    expect(arrived.map(({ headers }) => headers.get("content-length"))).toEqual(["0", null]);
  });

  test("trusts what it was told to trust", async () => {
    const { server } = await listen(ok, true);
    expect((await createNodeFetch({ ca })(payment(server.url))).status).toBe(200);
  });
});

describe("answers", () => {
  test("JSON, status and headers", async () => {
    const { server } = await listen(ok);
    const answer = await createNodeFetch()(payment(server.url));
    expect([answer.status, answer.statusText, answer.ok, answer.headers.get("content-type")]).toEqual([
      200,
      "OK",
      true,
      "application/json",
    ]);
    expect(await answer.json()).toEqual({ status: "SUCCESSFUL" });
  });

  test.each(["204 No Content", "205 Reset Content", "304 Not Modified"])("%s has no body", async (status) => {
    const { server } = await listen(httpAnswer(status, {}));
    const answer = await createNodeFetch()(payment(server.url));
    expect([answer.status, await answer.text()]).toEqual([Number(status.slice(0, 3)), ""]);
  });

  test("an empty 202", async () => {
    const { server } = await listen(httpAnswer("202 Accepted", {}));
    expect(await (await createNodeFetch()(payment(server.url))).text()).toBe("");
  });

  test("a body in pieces is a stream", async () => {
    const { server } = await listen(ok);
    server.order({ answer: (truth) => truth, everyMs: 0 });
    const { body } = await createNodeFetch()(payment(server.url));
    const chunks: Uint8Array[] = [];
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(1);
    expect(Buffer.concat(chunks).toString()).toBe('{"status":"SUCCESSFUL"}');
  });

  test("a compressed body is read", async () => {
    const { server } = await listen(httpAnswer("200 OK", { "content-encoding": "gzip" }, gzipSync("{}")));
    expect(await (await createNodeFetch()(payment(server.url))).text()).toBe("{}");
  });

  test("an interim answer is passed over", async () => {
    const { server } = await listen(Buffer.concat([Buffer.from("HTTP/1.1 103 Early Hints\r\n\r\n"), ok]));
    expect((await createNodeFetch()(payment(server.url))).status).toBe(200);
  });

  test("a redirect is handed back", async () => {
    const { server, arrived } = await listen(
      httpAnswer("307 Temporary Redirect", { location: "/elsewhere" }),
    );
    const answer = await createNodeFetch()(payment(server.url));
    expect([answer.status, answer.headers.get("location"), arrived.length]).toEqual([307, "/elsewhere", 1]);
  });

  test("421, at which the standard has a request sent again, does not", async () => {
    const { server } = await listen(httpAnswer("421 Misdirected Request", {}));
    const fetch = createNodeFetch();
    const request = payment(server.url);
    await expect(fetch(request)).rejects.toThrow("fetch failed");
    expect([server.requests, fetch.mayHaveLeft?.(request)]).toEqual([1, true]);
  });
});

describe("evidence that nothing left", () => {
  /** Whether a request may have left, after it failed. */
  async function afterFailure(fetch: ReturnType<typeof createNodeFetch>, request: Request) {
    await expect(fetch(request)).rejects.toThrow();
    return fetch.mayHaveLeft?.(request);
  }

  test("a refused connection", async () => {
    const { server } = await listen(ok);
    await server.close();
    expect(await afterFailure(createNodeFetch(), payment(server.url))).toBe(false);
  });

  test("a name that is not found", async () => {
    vi.spyOn(dns, "lookup").mockImplementation(((...args: unknown[]) => {
      const callback = args.at(-1) as (error: Error) => void;
      callback(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }));
    }) as unknown as typeof dns.lookup);
    expect(await afterFailure(createNodeFetch(), payment("https://provider.test/"))).toBe(false);
  });

  test("a certificate that is not trusted", async () => {
    const { server } = await listen(ok, true);
    expect(await afterFailure(createNodeFetch(), payment(server.url))).toBe(false);
    expect(server.requests).toBe(0);
  });

  test("a certificate for another host", async () => {
    const { server } = await listen(ok, true);
    vi.spyOn(dns, "lookup").mockImplementation(((...args: unknown[]) => {
      const callback = args.at(-1) as (error: null, addresses: unknown) => void;
      callback(null, [{ address: "127.0.0.1", family: 4 }]);
    }) as unknown as typeof dns.lookup);
    const url = server.url.replace("127.0.0.1", "provider.test");
    expect(await afterFailure(createNodeFetch({ ca }), payment(url))).toBe(false);
    expect(server.requests).toBe(0);
  });

  test.each(["reset", "close"] as const)("a TLS handshake that ends in a %s", async (ending) => {
    const { server } = await listen(ok, true);
    server.order({ at: "client_hello", ending });
    expect(await afterFailure(createNodeFetch({ ca }), payment(server.url))).toBe(false);
  });

  test("a connection that takes too long", async () => {
    const { server, arrived } = await listen(ok, true);
    server.order({ at: "connected", ending: "stall" });
    const fetch = createNodeFetch({ ca, connectTimeoutMs: 30 });
    expect(await afterFailure(fetch, payment(server.url))).toBe(false);
    server.release();
    expect(arrived).toHaveLength(0);
  });

  test("a request that was aborted before it was given", async () => {
    const { server } = await listen(ok);
    const signal = AbortSignal.abort(new Error("changed my mind"));
    expect(await afterFailure(createNodeFetch(), payment(server.url, { signal }))).toBe(false);
    expect(server.requests).toBe(0);
  });

  test("an abort during the handshake: nothing is written when it ends after all", async () => {
    const { server, arrived } = await listen(ok, true);
    server.order({ at: "connected", ending: "stall" }, 1);
    const fetch = createNodeFetch({ ca, ...patient });
    const controller = new AbortController();
    const first = payment(server.url, { signal: controller.signal, body: "first" });
    const failed = expect(fetch(first)).rejects.toThrow("changed my mind");
    await vi.waitFor(() => expect(server.heldConnections).toBe(1));
    controller.abort(new Error("changed my mind"));
    await failed;
    server.release();
    // The next request has the same connection, or a new one: whatever the first left behind would come before it.
    await fetch(payment(server.url, { body: "second" }));
    expect(arrived.map(({ body }) => body)).toEqual(["second"]);
    expect(fetch.mayHaveLeft?.(first)).toBe(false);
  });

  test("a request called unsent stays unsent, although nobody aborted it", async () => {
    const { server } = await listen(ok, true);
    server.order({ at: "connected", ending: "stall" }, 1);
    const fetch = createNodeFetch({ ca, ...patient });
    const request = payment(server.url);
    const failed = expect(fetch(request)).rejects.toThrow("fetch failed");
    await vi.waitFor(() => expect(server.heldConnections).toBe(1));
    expect(fetch.mayHaveLeft?.(request)).toBe(false);
    server.release();
    await failed;
    expect([server.requests, fetch.mayHaveLeft?.(request)]).toEqual([0, false]);
  });
});

describe("no evidence", () => {
  test.each(["first_byte", "headers", "half_body"] as const)("a reset at %s", async (at) => {
    const { server } = await listen(ok);
    server.order({ at, ending: "reset" });
    const fetch = createNodeFetch();
    const request = payment(server.url);
    await expect(fetch(request)).rejects.toThrow("fetch failed");
    expect(fetch.mayHaveLeft?.(request)).toBe(true);
  });

  test("an abort while the answer is awaited", async () => {
    const { server } = await listen(ok);
    server.order({ answer: nothing });
    const fetch = createNodeFetch();
    const controller = new AbortController();
    const request = payment(server.url, { signal: controller.signal });
    const failed = expect(fetch(request)).rejects.toThrow("changed my mind");
    await vi.waitFor(() => expect(server.requests).toBe(1));
    controller.abort(new Error("changed my mind"));
    await failed;
    expect(fetch.mayHaveLeft?.(request)).toBe(true);
  });

  test("a request that was answered", async () => {
    const { server } = await listen(ok);
    const fetch = createNodeFetch();
    const request = payment(server.url);
    await fetch(request);
    expect(fetch.mayHaveLeft?.(request)).toBe(true);
  });

  test("a request that another fetch was given", () => {
    expect(createNodeFetch().mayHaveLeft?.(payment("http://127.0.0.1:1/"))).toBe(true);
  });

  test("a request that was answered before, and fails to connect the second time", async () => {
    const { server } = await listen(ok);
    const fetch = createNodeFetch();
    const request = new Request(server.url);
    await fetch(request);
    await server.close();
    await expect(fetch(request)).rejects.toThrow("fetch failed");
    expect(fetch.mayHaveLeft?.(request)).toBe(true);
  });
});

describe("connections", () => {
  test("one is used again at once, and closed when idle for two seconds, whatever the server offers", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { server } = await listen(httpAnswer("200 OK", { "keep-alive": "timeout=60" }));
    const fetch = createNodeFetch();
    const ask = async () => {
      await (await fetch(new Request(server.url))).text();
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
      return server.requestsOnUsedConnections;
    };
    expect([await ask(), await ask()]).toEqual([0, 1]);
    vi.advanceTimersByTime(1_900);
    expect(await ask()).toBe(2);
    vi.advanceTimersByTime(2_100);
    expect(await ask()).toBe(2);
  });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
  "a connect time-out of %s is refused",
  (connectTimeoutMs) => {
    expect(() => createNodeFetch({ connectTimeoutMs })).toThrow(ConfigurationError);
  },
);
