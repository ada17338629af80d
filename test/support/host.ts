import { HttpResponse, http } from "msw";
import { expect, onTestFinished } from "vitest";
import type { Answer } from "./answers.js";
import { network } from "./msw.js";

/** A request as a provider saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; `undefined` when there was none. */
  readonly body: unknown;
}

/** A provider's host, played on the network of the test. */
export interface Host {
  /** Every request, in order. */
  readonly requests: readonly SeenRequest[];
  /** The requests to one route, such as `"POST /collection/token/"`. */
  to(route: string): SeenRequest[];
  /** Takes a request without a network, for a client that is given this as its `fetch`: much faster than msw. */
  take(request: Request): Promise<Response>;
  /** Sets what a route answers: one after the other, the last one for ever. */
  answer(route: string, ...answers: [Answer, ...Answer[]]): void;
}

/** Plays a host until the end of the test. A request to a route that has no answer fails the test. */
export function playHost(baseUrl: string): Host {
  const requests: SeenRequest[] = [];
  const answers = new Map<string, Answer[]>();
  const unprepared: string[] = [];
  const routeOf = ({ method, url }: { method: string; url: string }) => `${method} ${new URL(url).pathname}`;

  const take = async (request: Request): Promise<Response> => {
    const body = await request.clone().text();
    const { method, url, headers } = request;
    requests.push({
      method,
      url,
      headers: Object.fromEntries(headers),
      body: body === "" ? undefined : JSON.parse(body),
    });
    const route = routeOf(request);
    const [next, ...later] = answers.get(route) ?? [];
    if (next === undefined) {
      unprepared.push(route);
      return HttpResponse.error();
    }
    if (later.length > 0) answers.set(route, later);
    return next(request);
  };
  network.use(http.all(`${baseUrl}/*`, ({ request }) => take(request)));
  onTestFinished(() => expect(unprepared).toEqual([]));

  return {
    requests,
    to: (route) => requests.filter((request) => routeOf(request) === route),
    take,
    answer(route, ...prepared) {
      answers.set(route, prepared);
    },
  };
}
