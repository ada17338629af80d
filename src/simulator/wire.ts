/**
 * One HTTP exchange as plain data: what `fetch` and the HTTP server both stand on.
 */

/** An HTTP request as it arrived. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  /** Whether the request said how long its body is. MTN's gateway refuses a POST that does not. */
  readonly hasContentLength: boolean;
}

/** An HTTP answer. The body may be empty. */
export interface WireAnswer {
  readonly status: number;
  /** The reason phrase, where a provider is known for its own. */
  readonly statusText?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Where the body is cut off: neatly, or by a connection that breaks. */
  readonly cut?: { readonly afterBytes: number; readonly breaks: boolean };
}

/** How an exchange ends: answered, its connection broken, or never. */
export type Exchange =
  | Readonly<{ end: "answered"; answer: WireAnswer }>
  | Readonly<{ end: "broken"; isProvedUnsent: boolean }>
  | Readonly<{ end: "silent" }>;

/** An answer in JSON. Text is taken to be JSON already, so that a number can be written as `1.00`. */
export function jsonAnswer(
  status: number,
  value: object | string,
  contentType: string = "application/json;charset=utf-8",
): WireAnswer {
  return {
    status,
    headers: { "content-type": contentType },
    body: typeof value === "string" ? value : JSON.stringify(value),
  };
}

/** An answer without a body and without a content type. */
export function emptyAnswer(status: number): WireAnswer {
  return { status, headers: {}, body: "" };
}

/** A web page where JSON was expected. */
export function htmlAnswer(status: number, title: string): WireAnswer {
  return {
    status,
    headers: { "content-type": "text/html" },
    body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  };
}

/** The bytes that go out, the length that the header tells, and whether the connection breaks after them. */
export function bodyOf({ body, cut }: WireAnswer): {
  bytes: Uint8Array<ArrayBuffer>;
  length: number;
  breaks: boolean;
} {
  const whole = new TextEncoder().encode(body);
  const bytes = cut === undefined ? whole : whole.slice(0, cut.afterBytes);
  const breaks = cut?.breaks ?? false;
  return { bytes, length: breaks ? whole.length : bytes.length, breaks };
}

/** The answer as a `Response`, with the headers that a server would have sent. */
export function toResponse(answer: WireAnswer): Response {
  const { bytes, length, breaks } = bodyOf(answer);
  return new Response(breaks ? brokenBody(bytes) : bytes, {
    status: answer.status,
    statusText: answer.statusText ?? "",
    headers: { ...answer.headers, "content-length": String(length) },
  });
}

function brokenBody(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let isSent = bytes.length === 0;
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(new TypeError("terminated"));
      else controller.enqueue(bytes);
      isSent = true;
    },
  });
}

/** The user name and password of a `Basic` authorization, or nothing. */
export function basicCredentials(headers: Headers): { user: string; password: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(headers.get("authorization") ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [user = "", ...rest] = atob(encoded).split(":");
  return { user, password: rest.join(":") };
}

/** The token of a `Bearer` authorization, or nothing. */
export function bearerToken(headers: Headers): string | undefined {
  return /^Bearer (\S+)$/.exec(headers.get("authorization") ?? "")?.[1];
}
