import type { Fetch } from "mobile-money";

/** A request as the provider sees it, ready to be quoted back. */
export interface Quotable {
  readonly request: Request;
  /**
   * Every header and the whole body, as a careless provider writes them into its error message. Each quote begins with
   * another part, because what the library shows of a message is cut.
   */
  readonly quote: string;
}

/** What the provider does with a request; `signal` is that of the request. */
export type Reply = (quotable: Quotable) => Response | Promise<Response>;

/** A provider that answers token requests and other requests as told, and remembers all that it saw and said. */
export interface EchoingProvider {
  readonly fetch: Fetch;
  /** Headers and bodies of the requests. */
  readonly seen: string[];
  /** Bodies of the answers. */
  readonly said: string[];
}

let quoteCount = 0;

/** Plays both providers: what they do by default is right, with these access tokens. */
export function createEchoingProvider(options: {
  token?: Reply;
  operation?: Reply;
  accessToken: string;
}): EchoingProvider {
  const seen: string[] = [];
  const said: string[] = [];
  const fetch: Fetch = async (request) => {
    const headers = [...request.headers].map(([name, value]) => `${name}: ${value}`);
    const parts = [...headers, await request.clone().text(), request.url];
    quoteCount += 1;
    const first = quoteCount % parts.length;
    const quote = [...parts.slice(first), ...parts.slice(0, first)].join(", ");
    seen.push(quote);
    const isToken = /\/token\/$|\/oauth\//.test(new URL(request.url).pathname);
    const reply = (isToken ? options.token : options.operation) ?? right(options.accessToken);
    const response = await reply({ request, quote });
    const [kept, given] = response.body === null ? [null, null] : response.body.tee();
    if (kept) said.push(await new Response(kept).text().catch(() => ""));
    return new Response(given, response);
  };
  return { fetch, seen, said };
}

/** The answer of a provider that works, whatever is asked. */
function right(accessToken: string): Reply {
  return async ({ request }) => {
    const { pathname } = new URL(request.url);
    const route = `${request.method} ${pathname}`;
    if (/\/token\/$|\/oauth\//.test(pathname)) {
      return json(200, { access_token: accessToken, token_type: "access_token", expires_in: 3_600 });
    }
    if (/apikey$/.test(pathname)) return json(201, { apiKey: "made-by-the-provider" });
    if (/apiuser$/.test(pathname)) return new Response(null, { status: 201 });
    if (/^POST .*(requesttopay|transfer)$/.test(route)) return new Response(null, { status: 202 });
    if (/balance/.test(pathname)) return json(200, { availableBalance: "10", currency: "EUR" });
    if (/active$/.test(pathname)) return json(200, { result: true });
    if (request.method === "GET") return json(200, { status: "SUCCESSFUL" });
    const { CheckoutRequestID = "ws_CO_25112026120000" } = await request.json();
    return json(200, { CheckoutRequestID, ResponseCode: "0", ResultCode: "0" });
  };
}

/** A JSON answer. */
export function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

/** Errors in the forms of both providers and their gateways, which quote the request in the message. */
export function quotingErrors(): [label: string, reply: Reply][] {
  const daraja: [number, string, string][] = [
    [404, "404.001.03", "Invalid Access Token"],
    [400, "400.003.01", "Invalid Access Token"],
    [401, "401.002.01", "Error Occurred - Invalid Access Token -"],
    [401, "401.002.01", "Invalid API call as no apiproduct match found"],
    [400, "400.008.01", "Invalid Authentication passed"],
    [400, "400.002.02", "Bad Request - Invalid CallBackURL"],
    [404, "404.001.01", "Resource not found"],
    [500, "500.001.1001", "Wrong credentials"],
    [500, "500.001.1001", "Merchant does not exist"],
    [500, "500.003.02", "Error Occurred: Spike Arrest Violation"],
    [503, "500.999.99", "Something new"],
    [418, "418.000.00", "Something newer"],
  ];
  const mtn: [number, string][] = [
    [400, "INVALID_CURRENCY"],
    [404, "RESOURCE_NOT_FOUND"],
    [409, "RESOURCE_ALREADY_EXIST"],
    [500, "PAYER_NOT_FOUND"],
    [500, "NOT_ALLOWED_TARGET_ENVIRONMENT"],
    [500, "INTERNAL_PROCESSING_ERROR"],
    [401, "login_failed"],
  ];
  return [
    ...daraja.map(([status, errorCode, said]): [string, Reply] => [
      `${status} ${errorCode} ${said}`,
      ({ quote }) => json(status, { requestId: "1-2-3", errorCode, errorMessage: `${said} ${quote}` }),
    ]),
    ...mtn.map(([status, code]): [string, Reply] => [
      `${status} ${code}`,
      ({ quote }) => json(status, { code, error: code, message: quote }),
    ]),
    ...[401, 403, 404, 429].map((statusCode): [string, Reply] => [
      `the gateway's ${statusCode}`,
      ({ quote }) => json(statusCode, { statusCode, message: `Out of call volume quota. ${quote}` }),
    ]),
    [
      "a gateway's fault",
      ({ quote }) =>
        json(500, { fault: { faultstring: quote, detail: { errorcode: "x.ratelimit.QuotaViolation" } } }),
    ],
  ];
}

/** Other ends of a request: refusals without a code, pages, bodies that are cut off, silence. */
export function plainEnds(): [label: string, reply: Reply][] {
  return [
    ...[301, 400, 401, 403, 404, 500, 502].map((status): [string, Reply] => [
      `an empty ${status}`,
      () => new Response(null, { status }),
    ]),
    [
      "a redirect",
      ({ quote }) =>
        new Response(quote, {
          status: 302,
          headers: { location: `https://evil.test/?${encodeURIComponent(quote)}` },
        }),
    ],
    [
      "a page",
      ({ quote }) => new Response(`<html>${quote}</html>`, { headers: { "content-type": "text/html" } }),
    ],
    ["a page of an error", ({ quote }) => new Response(`<html>${quote}</html>`, { status: 503 })],
    ["JSON of another form", ({ quote }) => json(200, { [quote]: quote })],
    [
      "JSON that is cut off",
      ({ quote }) => new Response(JSON.stringify({ access_token: quote }).slice(0, -1)),
    ],
    ["a token without an end", ({ quote }) => json(200, { access_token: quote, expires_in: quote })],
    ["a body that is too long", ({ quote }) => new Response(quote.repeat(1 + 1_100_000 / quote.length))],
    [
      "a broken connection",
      () => Promise.reject(new TypeError("fetch failed", { cause: new Error("ECONNRESET") })),
    ],
    ["silence", () => new Promise(() => {})],
  ];
}

/** Errors that quote the request where a code or an id should stand, with every kind of status. */
export function misplacedQuotes(): [place: string, replies: Reply[]][] {
  const places: [string, (quote: string) => unknown][] = [
    ["Daraja's code", (quote) => ({ errorCode: quote, errorMessage: "Refused", requestId: "1-2-3" })],
    [
      "Daraja's request id",
      (quote) => ({ errorCode: "400.002.02", errorMessage: "Refused", requestId: quote }),
    ],
    ["MTN's code", (quote) => ({ code: quote, message: "Refused" })],
    ["the code of MTN's token endpoint", (quote) => ({ error: quote })],
    [
      "the code of a gateway's fault",
      (quote) => ({ fault: { faultstring: "No", detail: { errorcode: quote } } }),
    ],
  ];
  return places.map(([place, body]) => [
    place,
    [400, 401, 404, 429, 500].map(
      (status): Reply =>
        ({ quote }) =>
          json(status, body(quote)),
    ),
  ]);
}
