/**
 * What every callback route demands before it listens: the secret, the right verb, a small body.
 */
import { type ErrorRequestHandler, type RequestHandler, text } from "express";

/** Bodies of callbacks are about 1 kB. */
const longestBody = "64kb";

/** Handlers for a path that ends in `/:secret`. A wrong secret falls through, to the shop's bare 404. */
export function callbackDoor(isKnown: (secret: string) => boolean): RequestHandler<{ secret: string }>[] {
  return [
    (request, _response, next) => next(isKnown(request.params.secret) ? undefined : "route"),
    (request, response, next) => {
      // MTN documents PUT for some operations and POST for others, and was seen to use either.
      if (request.method === "POST" || request.method === "PUT") return next();
      response.status(405).set("Allow", "POST, PUT").end();
    },
    text({ type: () => true, limit: longestBody }),
  ];
}

/** A secret that is not even text is as wrong as any other, and gets no other answer. */
export const answerMalformed: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof URIError) response.status(404).end();
  else next(error);
};

/** The body as JSON; `undefined` when it is none. */
export function readJson(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}
