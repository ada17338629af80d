import { HttpResponse } from "msw";

/** What a provider does with a request. */
export type Answer = (request: Request) => Response | Promise<Response>;

type Headers = Readonly<Record<string, string>>;

/** A JSON body. */
export function json(status: number, body: unknown, headers: Headers = {}): Answer {
  return text(status, JSON.stringify(body), { "content-type": "application/json;charset=utf-8", ...headers });
}

/** Any body. */
export function text(status: number, body: string, headers: Headers = {}): Answer {
  return () => new HttpResponse(body, { status, headers });
}

/** No body. */
export function empty(status: number, headers: Headers = {}): Answer {
  return () => new HttpResponse(null, { status, headers });
}

/** A page of a firewall, a proxy or a captive portal. */
export function html(status: number): Answer {
  return text(status, "<html><body><h1>Request unsuccessful</h1></body></html>", {
    "content-type": "text/html",
  });
}

/** A body that begins and never ends. */
export function stalled(status: number, beginning: string): Answer {
  return () => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(beginning)),
    });
    return new HttpResponse(body, { status, headers: { "content-type": "application/json" } });
  };
}

/** The connection breaks after the request was taken. */
export const broken: Answer = () => HttpResponse.error();

/** Nothing, for ever. */
export const silence: Answer = () => new Promise<Response>(() => {});

/** Does something while the request is on its way, then answers. */
export function meanwhile(action: () => void, answer: Answer): Answer {
  return (request) => {
    action();
    return answer(request);
  };
}

/** Tokens with a number, so that a test sees which one was used: `token-1`, `token-2`, … */
export function numberedTokens(expiresIn: number | string = 3600): Answer {
  let count = 0;
  return (request) => {
    count += 1;
    return json(200, { access_token: `token-${count}`, token_type: "access_token", expires_in: expiresIn })(
      request,
    );
  };
}
