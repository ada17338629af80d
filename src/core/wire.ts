/**
 * Reading what a provider sends: tolerant of what is missing or added, never of what has another type. The readers throw
 * `TypeError`; `readBody` turns that into a verdict.
 */
import { isCurrency } from "./currencies.js";
import type { MobileMoneyError } from "./errors.js";
import type { HttpAnswer } from "./http.js";
import { type Money, money } from "./money.js";
import type { Verdict } from "./send.js";
import type { FreshToken } from "./token-cache.js";

/** The fields of a JSON object. Named fields alone are read, so a `__proto__` in it changes nothing. */
export type WireObject = Readonly<Record<string, unknown>>;

/** An object, or `TypeError`. */
export function wireObject(value: unknown): WireObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as WireObject;
  throw new TypeError("not an object");
}

/** A text, which both networks also write as a number; `undefined` when it is missing or null. */
export function optionalText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw new TypeError("not text");
}

/** A text; `undefined` for anything else. For error bodies, which may have any form. */
export function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A text that must be there. */
export function wireText(value: unknown): string {
  const text = optionalText(value);
  if (text === undefined || text === "") throw new TypeError("missing text");
  return text;
}

/** An amount with its currency, or `TypeError`. */
export function wireMoney(amount: unknown, currency: unknown): Money {
  if (!isCurrency(currency)) throw new TypeError("unknown currency");
  try {
    return money(wireText(amount), currency);
  } catch {
    throw new TypeError("not an amount");
  }
}

/** An access token in the words of RFC 6749, section 5.1; `expires_in` comes as a number or as text. */
export function readAccessToken(json: unknown): FreshToken {
  const { access_token, expires_in } = wireObject(json);
  const expiresInSeconds = Number(wireText(expires_in));
  if (!(expiresInSeconds > 0 && expiresInSeconds < 1e9)) throw new TypeError("no life time");
  return { accessToken: wireText(access_token), expiresInSeconds };
}

/** The body of a successful answer as a verdict: unclear, with the given error, when it can't be read. */
export function readBody<Value>(
  answer: HttpAnswer,
  read: (json: unknown) => Value,
  unreadable: MobileMoneyError,
): Verdict<Value> {
  const value = attempt(() => read(answer.json));
  return value === undefined ? { kind: "unclear", error: unreadable } : { kind: "accepted", value };
}

/** What a reader reads; `undefined` when it throws `TypeError`. */
export function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
