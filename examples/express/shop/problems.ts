/**
 * What the shop answers when a request cannot be done: JSON that says which field is wrong and what to do.
 */
import type { ErrorRequestHandler } from "express";
import { isMobileMoneyError, type Problem } from "mobile-money";
import type { Listener } from "./events.js";

/** A request that the shop refuses. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly problems: readonly Problem[] = [],
    readonly retryAfterMs = 0,
  ) {
    super(message);
  }
}

/** Refuses a request because of one field. */
export function refuseField(field: string, message: string, remedy: string): never {
  throw new Refusal(400, "request_invalid", "The request is wrong.", [{ field, message, remedy }]);
}

/** A text field of a JSON body. */
export function readText(body: unknown, field: string): string {
  const value = (Object(body) as Record<string, unknown>)[field];
  if (typeof value !== "string" || value === "") {
    refuseField(field, "is missing or is no text", `Send ${field} as a JSON string.`);
  }
  return value;
}

/** Answers with a refusal. What went wrong inside is told to the shop's own people alone. */
export function answerWithProblem(tell: Listener): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const { status, code, message, problems, retryAfterMs } = toRefusal(error);
    if (status >= 500) tell({ kind: "request.failed", error });
    if (response.headersSent) return next(error);
    if (retryAfterMs > 0) response.set("Retry-After", String(Math.ceil(retryAfterMs / 1_000)));
    if (status === 401) response.set("WWW-Authenticate", "Bearer");
    response.status(status).json({ error: { code, message, problems } });
  };
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!isMobileMoneyError(error)) {
    // Express itself refuses what is no JSON, or too long.
    const { status } = Object(error) as { status?: unknown };
    return typeof status === "number" && status >= 400 && status < 500
      ? new Refusal(status, "request_invalid", "The body is not JSON, or is too long.")
      : new Refusal(500, "internal", "Something went wrong in the shop.");
  }
  switch (error.code) {
    case "request_invalid":
      return new Refusal(400, error.code, "The request is wrong.", error.issues.map(inTheBrowsersWords));
    case "rate_limited":
    case "connection_failed":
    case "provider_unavailable": {
      const retryAfterMs = error.code === "rate_limited" ? error.retryAfterMs : undefined;
      const message = "The network cannot be reached just now. Nothing was charged: try again in a moment.";
      return new Refusal(503, error.code, message, [], retryAfterMs ?? 10_000);
    }
    default:
      return new Refusal(500, "internal", "The shop cannot take this payment. Nothing was charged.");
  }
}

function inTheBrowsersWords({ field, ...problem }: Problem): Problem {
  return { field: field === "from" ? "phone_number" : field, ...problem };
}
