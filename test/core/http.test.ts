import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { createHttp, type Exchange, type Fetch, type HttpRequest } from "../../src/core/http.js";
import { createManualClock, settled } from "../support/manual-clock.js";

const mebibyte = 1024 * 1024;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const never = () => new Promise<never>(() => {});

/** A body that gives these pieces, then ends as told. */
function bodyOf(
  pieces: Iterable<Uint8Array>,
  end: "close" | "error" | "stall" = "close",
): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (!done) return controller.enqueue(value);
      if (end === "close") return controller.close();
      if (end === "error") return controller.error(new TypeError("terminated"));
      return never();
    },
  });
}

function setUp(fetch: Fetch | (() => Promise<Response>), baseUrl = "https://api.test") {
  const clock = createManualClock();
  const seen: Request[] = [];
  const spied = Object.assign((request: Request) => {
    seen.push(request);
    return fetch(request);
  }, fetch);
  const http = createHttp({ baseUrl, fetch: spied, clock });
  return {
    clock,
    seen,
    send: (request: Partial<HttpRequest> = {}, options: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
      http.send({ method: "GET", path: "/things", ...request }, { timeoutMs: 30_000, ...options }),
  };
}

const answering = (body: BodyInit | null, init?: ResponseInit) => async () => new Response(body, init);

async function answerOf(body: BodyInit | null, init?: ResponseInit) {
  const { send, clock } = setUp(answering(body, init));
  const { answer } = await clock.run(send());
  expect(clock.alarmCount).toBe(0);
  if (answer === undefined) throw new Error("there was no answer");
  return answer;
}

function failureOf({ failure }: Exchange) {
  if (failure === undefined) throw new Error("there was an answer");
  return failure;
}

describe("a request", () => {
  test("has method, path, query, headers and a JSON body", async () => {
    const { send, seen } = setUp(answering(null));
    await send({
      method: "POST",
      path: "/v1/{id}/pay",
      parameters: { id: "a/b" },
      query: { grant_type: "client credentials", "a&b": "c=d" },
      headers: { "X-Reference-Id": "1" },
      json: { amount: "10", note: undefined },
    });
    const [request] = seen as [Request];
    expect(request.method).toBe("POST");
    expect(request.url).toBe("https://api.test/v1/a%2Fb/pay?grant_type=client+credentials&a%26b=c%3Dd");
    expect(request.headers.get("x-reference-id")).toBe("1");
    expect(request.headers.get("content-type")).toBe("application/json");
    expect(await request.text()).toBe('{"amount":"10"}');
  });

  test("without JSON has no body and no content type", async () => {
    const { send, seen } = setUp(answering(null));
    await send({ method: "POST" });
    const [request] = seen as [Request];
    expect(request.headers.get("content-type")).toBeNull();
    expect(await request.text()).toBe("");
  });

  test.each([{}, { query: { a: "b" } }, { json: {} }])(
    "asks that redirects are not followed: %j",
    async (part) => {
      const { send, seen } = setUp(answering(null));
      await send({ method: "POST", ...part });
      expect(seen.map(({ redirect }) => redirect)).toEqual(["manual"]);
    },
  );

  test.each([
    "https://api.test",
    "https://api.test/",
    "https://api.test/gateway",
    "https://api.test/gateway/",
  ])("goes under %s", async (baseUrl) => {
    const { send, seen } = setUp(answering(null), baseUrl);
    await send({ path: "/token/" });
    expect(seen[0]?.url).toBe(`${baseUrl.replace(/\/$/, "")}/token/`);
  });

  test("is made once, whatever the status", async () => {
    for (const status of [408, 413, 429, 500, 502, 503, 504]) {
      const { send, seen, clock } = setUp(answering(null, { status, headers: { "retry-after": "1" } }));
      expect((await clock.run(send())).answer?.status).toBe(status);
      expect(seen).toHaveLength(1);
      expect(clock.monotonic()).toBe(0);
    }
  });

  test("that fails is not made again", async () => {
    const { send, seen } = setUp(() => Promise.reject(new TypeError("fetch failed")));
    await send();
    expect(seen).toHaveLength(1);
  });

  test.each([
    ["a path parameter that is missing", { path: "/pay/{id}" }],
    ["a path parameter that names another folder", { path: "/pay/{id}", parameters: { id: ".." } }],
    ["half a surrogate pair", { path: "/pay/{id}", parameters: { id: "\ud800" } }],
    ["a header with a line break", { headers: { "X-Note": "a\r\nX-Other: b" } }],
    ["a header beyond Latin-1", { headers: { "X-Note": "“note”" } }],
    ["a body that is no JSON", { json: 1n }],
  ])("with %s is never sent", async (_label, request: Partial<HttpRequest>) => {
    const { send, seen } = setUp(answering(null));
    expect(failureOf(await send({ method: "POST", ...request }))).toMatchObject({
      kind: "broken",
      mayHaveLeft: false,
    });
    expect(seen).toEqual([]);
  });

  test.each(["one\ntwo", "one\r\ntwo", "one\u0000two", "“quoted”"])(
    "whose header can't be sent does not tell its value, which may be a key: %j",
    async (value) => {
      const { send } = setUp(answering(null));
      const { cause } = failureOf(await send({ headers: { "Ocp-Apim-Subscription-Key": value } }));
      const told = `${cause}${(cause as Error).stack}${JSON.stringify(cause)}`;
      expect(told).not.toContain(value);
      expect(told).not.toContain("two");
    },
  );

  test("with any header that is sent, has that header and no other", async () => {
    const { send, seen } = setUp(answering(null));
    await send();
    const usual = [...(seen[0] as Request).headers].map(([name]) => name);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (value) => {
        seen.length = 0;
        await send({ headers: { "X-Note": value } });
        for (const request of seen) {
          expect(request.headers.get("x-note")).toBe(value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, ""));
          expect(request.headers.get("x-note")).not.toMatch(/[\r\n\0]/);
          const names = [...request.headers].map(([name]) => name).filter((name) => name !== "x-note");
          expect(names).toEqual(usual);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("an answer", () => {
  test("has status, headers, text and JSON", async () => {
    const answer = await answerOf('{"a":1}', { status: 201, headers: { "x-id": "7" } });
    expect(answer).toMatchObject({ status: 201, text: '{"a":1}', json: { a: 1 } });
    expect(answer.headers.get("x-id")).toBe("7");
  });

  test.each([
    ["an object", '{"a":"é"}', { a: "é" }],
    ["an array", "[1]", [1]],
    ["null", "null", null],
    ["a BOM and an object", '\ufeff{"a":1}', { a: 1 }],
    ["white space around", ' \r\n{"a":1}\n', { a: 1 }],
    ["nothing", "", undefined],
    ["white space alone", " \n", undefined],
    ["HTML", "<html><body>Request unsuccessful</body></html>", undefined],
    ["XML", '<?xml version="1.0"?><soap:Envelope/>', undefined],
    ["two objects", '{"a":1}{"a":1}', undefined],
    ["an object and more", '{"a":1}<!-- -->', undefined],
    ["single quotes", "{'a':1}", undefined],
    ["NaN", '{"a":NaN}', undefined],
  ])("whose body is %s", async (_label, text, json) => {
    expect((await answerOf(text)).json).toStrictEqual(json);
  });

  test("without a body has an empty text", async () => {
    expect(await answerOf(null, { status: 204 })).toMatchObject({ status: 204, text: "", json: undefined });
  });

  test("is not changed by __proto__ in its JSON", async () => {
    await answerOf('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("cut off after any byte is no JSON, and no error", async () => {
    const whole = bytesOf('{"statut":"succès","montant":"१०","ok":[true,{"n":-1.5e3}]}');
    for (let length = 0; length < whole.length; length++) {
      const { json } = await answerOf(whole.slice(0, length));
      expect(json).toBeUndefined();
    }
    expect((await answerOf(whole)).json).toMatchObject({ statut: "succès" });
  });

  test("is the same however its bytes are cut, BOM and long characters too", async () => {
    const text = '\ufeff{"a":"né 😀 १"}';
    const bytes = bytesOf(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((place, index) => bytes.slice(places[index], place));
        expect((await answerOf(bodyOf(pieces))).json).toEqual({ a: "né 😀 १" });
      }),
    );
  });

  test("with bytes that are no UTF-8 has replacement characters in their place", async () => {
    const answer = await answerOf(Uint8Array.from([...bytesOf('{"a":"'), 0xff, 0xc3, ...bytesOf('"}')]));
    expect(answer.json).toEqual({ a: "\ufffd\ufffd" });
  });

  test("cut off in the middle of a character shows that something is missing", async () => {
    expect((await answerOf(Uint8Array.from([...bytesOf("é"), 0xc3]))).text).toBe("é\ufffd");
  });

  test("that is a redirect is handed back, and not followed", async () => {
    const { send, seen } = setUp(
      answering(null, { status: 302, headers: { location: "https://evil.test/" } }),
    );
    const { answer } = await send({ method: "POST", json: {} });
    expect(answer?.status).toBe(302);
    expect(answer?.headers.get("location")).toBe("https://evil.test/");
    expect(seen.map(({ url }) => url)).toEqual(["https://api.test/things"]);
  });

  test.each([1, mebibyte - 1, mebibyte])("of %i bytes is read", async (size) => {
    expect((await answerOf("x".repeat(size))).text).toHaveLength(size);
  });

  test("of one byte more than a mebibyte is not", async () => {
    const { send } = setUp(answering("x".repeat(mebibyte + 1)));
    expect(failureOf(await send())).toMatchObject({
      kind: "too_large",
      mayHaveLeft: true,
      cause: { message: expect.stringContaining("1048576 bytes") },
    });
  });

  test("is not called too long because a fetch failed with a RangeError of its own", async () => {
    const fetch = () => Promise.reject(new RangeError("Maximum call stack size exceeded"));
    expect(failureOf(await setUp(fetch).send()).kind).toBe("broken");
  });

  test("that never stops growing is left, and its body cancelled", async () => {
    let pulled = 0;
    const cancel = vi.fn();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel,
    });
    const { send } = setUp(answering(body));
    expect(failureOf(await send()).kind).toBe("too_large");
    expect(pulled).toBeLessThan(25);
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test("that breaks off is no answer", async () => {
    const { send } = setUp(answering(bodyOf([bytesOf('{"a":1}')], "error")));
    expect(failureOf(await send())).toMatchObject({ kind: "broken", cause: new TypeError("terminated") });
  });

  test("that is no response at all is no answer", async () => {
    const { send } = setUp(async () => undefined as unknown as Response);
    expect(failureOf(await send())).toMatchObject({ kind: "broken", mayHaveLeft: true });
  });
});

describe("a deadline", () => {
  test("ends a fetch that does not answer, even one that ignores its signal", async () => {
    const { send, clock } = setUp(never);
    const exchange = send({}, { timeoutMs: 30_000 });
    await clock.advance(29_999);
    expect(clock.alarmCount).toBe(1);
    await clock.advance(1);
    const { kind, mayHaveLeft, cause } = failureOf(await exchange);
    expect({ kind, mayHaveLeft }).toEqual({ kind: "timed_out", mayHaveLeft: true });
    expect(cause).toMatchObject({ name: "TimeoutError", message: expect.stringContaining("30000 ms") });
    expect(clock.alarmCount).toBe(0);
  });

  test("aborts the request", async () => {
    const { send, seen, clock } = setUp(never);
    await clock.run(send());
    expect(seen[0]?.signal.aborted).toBe(true);
    expect(seen[0]?.signal.reason).toMatchObject({ name: "TimeoutError" });
  });

  test("ends a body that stalls after 15 s, though the whole may take longer", async () => {
    const cancel = vi.fn();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytesOf('{"a":')),
      pull: never,
      cancel,
    });
    const { send, clock } = setUp(answering(body));
    const exchange = send({}, { timeoutMs: 60_000 });
    await clock.advance(14_999);
    expect(cancel).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(failureOf(await exchange)).toMatchObject({ kind: "timed_out", mayHaveLeft: true });
    expect(cancel).toHaveBeenCalledTimes(1);
    expect(clock.alarmCount).toBe(0);
  });

  test("counts headers and body together", async () => {
    const clock = createManualClock();
    const fetch = () =>
      new Promise<Response>((resolve) =>
        clock.after(8_000, () => resolve(new Response(bodyOf([], "stall")))),
      );
    const http = createHttp({ baseUrl: "https://api.test", fetch, clock });
    await clock.run(http.send({ method: "GET", path: "/" }, { timeoutMs: 10_000 }));
    expect(clock.monotonic()).toBe(10_000);
  });

  test("ends a body that trickles", async () => {
    const clock = createManualClock();
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) =>
        new Promise<void>((resolve) =>
          clock.after(1_000, () => {
            controller.enqueue(bytesOf("x"));
            resolve();
          }),
        ),
    });
    const http = createHttp({ baseUrl: "https://api.test", fetch: answering(body), clock });
    const exchange = await clock.run(http.send({ method: "GET", path: "/" }, { timeoutMs: 60_000 }));
    expect(failureOf(exchange).kind).toBe("timed_out");
    expect(clock.monotonic()).toBe(15_000);
  });

  test("does not touch an answer that came in time", async () => {
    const { send, clock } = setUp(answering("{}"));
    const { answer } = await send();
    await clock.advance(60_000);
    expect(answer?.json).toEqual({});
  });

  test("leaves no rejection that nobody handles when the fetch fails later", async () => {
    let fail: (error: Error) => void = () => {};
    const { send, clock } = setUp(() => new Promise<Response>((_, reject) => (fail = reject)));
    expect(failureOf(await clock.run(send())).kind).toBe("timed_out");
    fail(new TypeError("too late")); // a rejection without a handler would fail the whole run
    await settled();
  });
});

describe("the caller's signal", () => {
  const reason = new DOMException("the shop closed", "AbortError");

  test("ends a fetch, even one that ignores its own signal", async () => {
    const { send, seen, clock } = setUp(never);
    const controller = new AbortController();
    const exchange = send({}, { signal: controller.signal });
    await settled();
    controller.abort(reason);
    expect(failureOf(await exchange)).toStrictEqual({ kind: "aborted", mayHaveLeft: true, cause: reason });
    expect(seen[0]?.signal.aborted).toBe(true);
    expect(clock.alarmCount).toBe(0);
  });

  test("ends a body", async () => {
    const { send } = setUp(answering(bodyOf([bytesOf("{")], "stall")));
    const controller = new AbortController();
    const exchange = send({}, { signal: controller.signal });
    await settled();
    controller.abort(reason);
    expect(failureOf(await exchange)).toMatchObject({ kind: "aborted", cause: reason });
  });

  test("that is aborted already keeps the request from being sent", async () => {
    const { send, seen } = setUp(answering("{}"));
    const exchange = await send({ method: "POST", json: {} }, { signal: AbortSignal.abort(reason) });
    await settled();
    expect(seen).toEqual([]);
    expect(failureOf(exchange)).toStrictEqual({ kind: "aborted", mayHaveLeft: false, cause: reason });
  });

  test("that is aborted because a deadline passed does not change why the request ended", async () => {
    const { send, seen, clock } = setUp(never);
    const controller = new AbortController();
    const exchange = send({}, { signal: controller.signal });
    await settled();
    seen[0]?.signal.addEventListener("abort", () => controller.abort(reason));
    expect(failureOf(await clock.run(exchange)).kind).toBe("timed_out");
    expect(controller.signal.aborted).toBe(true);
  });

  test("that is aborted at any moment never makes a request that leaves count as unsent", async () => {
    for (let turns = 0; turns < 12; turns++) {
      const { send, seen } = setUp(answering("{}"));
      const controller = new AbortController();
      const exchange = send({ method: "POST", json: {} }, { signal: controller.signal });
      for (let turn = 0; turn < turns; turn++) await null;
      controller.abort(reason);
      const { answer, failure } = await exchange;
      await settled();
      if (answer === undefined && seen.length > 0) expect(failure?.mayHaveLeft).toBe(true);
    }
  });

  test("keeps no listener over a thousand calls, answered, failed or timed out", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const fetches = [answering("{}"), () => Promise.reject(new TypeError("fetch failed")), never];
    for (let count = 0; count < 1_000; count++) {
      const { send, clock } = setUp(fetches[count % fetches.length] as Fetch);
      await clock.run(send({}, { signal }));
    }
    expect(added).toHaveBeenCalledTimes(1_000);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });
});

describe("the evidence of a transport", () => {
  const failing = (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
  const refused = new DOMException("the shop closed", "AbortError");

  test.each<[string, Fetch["mayHaveLeft"], boolean]>([
    ["none", undefined, true],
    ["that it may have left", () => true, true],
    ["that nothing left", () => false, false],
  ])("%s", async (_label, mayHaveLeft, expected) => {
    const seam: Pick<Fetch, "mayHaveLeft"> = mayHaveLeft ? { mayHaveLeft } : {};
    const broken = setUp(Object.assign(() => failing(), seam));
    expect(failureOf(await broken.send())).toMatchObject({ kind: "broken", mayHaveLeft: expected });

    const timedOut = setUp(Object.assign(() => never(), seam));
    const late = failureOf(await timedOut.clock.run(timedOut.send()));
    expect(late).toMatchObject({ kind: "timed_out", mayHaveLeft: expected });

    const aborted = setUp(Object.assign(() => never(), seam));
    const controller = new AbortController();
    const exchange = aborted.send({}, { signal: controller.signal });
    await settled();
    controller.abort(refused);
    expect(failureOf(await exchange)).toStrictEqual({
      kind: "aborted",
      mayHaveLeft: expected,
      cause: refused,
    });
  });

  test("is asked about the very request that fetch was given, and only after a failure", async () => {
    const mayHaveLeft = vi.fn((_request: Request) => true);
    const good = setUp(Object.assign(answering("{}"), { mayHaveLeft }));
    await good.send();
    expect(mayHaveLeft).not.toHaveBeenCalled();
    const bad = setUp(Object.assign(() => failing(), { mayHaveLeft }));
    await bad.send();
    expect(mayHaveLeft.mock.calls).toEqual([[bad.seen[0]]]);
    expect(mayHaveLeft.mock.calls[0]?.[0]).toBe(bad.seen[0]);
  });

  test("that can't be given counts as sent", async () => {
    const mayHaveLeft = () => {
      throw new Error("the transport lost track");
    };
    const { send } = setUp(Object.assign(() => failing(), { mayHaveLeft }));
    expect(failureOf(await send())).toMatchObject({ kind: "broken", mayHaveLeft: true });
  });

  test("is not needed for a fetch that throws at once: it counts as sent", async () => {
    const { send } = setUp(() => {
      throw new TypeError("not a fetch");
    });
    expect(failureOf(await send())).toMatchObject({ kind: "broken", mayHaveLeft: true });
  });
});
