/**
 * What an answer of MTN other than the expected one means. Caller's mistakes often come as HTTP 500 with a code, so the
 * code is read before the status (MTN portal, "Common Error Codes", captured 2026-09-03).
 */
import {
  AuthenticationError,
  type MobileMoneyError,
  ProviderUnavailableError,
  RateLimitedError,
  RequestRejectedError,
  ResponseInvalidError,
} from "../core/errors.js";
import type { HttpAnswer } from "../core/http.js";
import { redact } from "../core/redact.js";
import { readRetryAfterMs } from "../core/retry-after.js";
import type { Verdict } from "../core/send.js";
import { readBody, textOrNothing, type WireObject } from "../core/wire.js";

const provider = "mtn_momo";
const credentialsRemedy =
  "Check that subscription key, API user and API key belong to this product and environment.";

/** Refusals of the wallet platform that come before anything is executed, and what to do about each. */
const remedies: Readonly<Record<string, string>> = {
  NOT_ALLOWED: "Ask MTN whether this account may do this.",
  INVALID_CALLBACK_URL_HOST: "Use the callback host that the API user was registered with.",
  INVALID_CURRENCY: "Use the environment's own currency; the sandbox takes EUR only.",
  PAYER_NOT_FOUND: "Check the payer's number and wallet.",
  PAYEE_NOT_FOUND: "Check the payee's number and wallet.",
  PAYEE_NOT_ALLOWED_TO_RECEIVE: "The payee's wallet may not receive this amount.",
  NOT_ENOUGH_FUNDS: "Top up the account, then ask again.",
  PAYER_LIMIT_REACHED: "Ask again later or for less.",
  RESOURCE_NOT_FOUND: "Check the reference; a new one may not be visible yet.",
};

/** What to do about a refusal without such a code. */
const statusRemedies: Readonly<Record<number, string>> = {
  400: "Check the fields: MTN refuses special characters in notes.",
  403: "Ask MTN to open the operation for this account and to allow this server's address.",
  404: "Check the base URL: MTN knows no such path.",
  411: "Check that no proxy changes the request.",
};

/** Judges answers to an operation whose success has this status and a body that `read` reads. */
export function expecting<Value>(
  operation: string,
  status: number,
  read: (json: unknown) => Value,
): (answer: HttpAnswer) => Verdict<Value> {
  return (answer) =>
    answer.status === status
      ? readBody(answer, read, unreadable(operation, status))
      : judgeRefusal(operation, answer);
}

/** MTN's code in an error body, where there is one. */
export function errorCodeOf({ json }: HttpAnswer): string | undefined {
  return readErrorBody(json).code;
}

/** Judges an answer that is not the operation's success. */
export function judgeRefusal(operation: string, answer: HttpAnswer): Verdict<never> {
  const { status, text, json } = answer;
  const { code, message: said = "", isGateways } = readErrorBody(json);
  const providerCode = code === undefined ? undefined : redact(code);
  const what = `${operation}: HTTP ${status} ${providerCode ?? ""} ${redact(said)}`.trim();
  const facts = { provider, status, providerCode, message: `MTN refused ${what}` } as const;
  const rejected = (error: MobileMoneyError): Verdict<never> => ({ kind: "rejected", error });

  if (status === 401) {
    const remedy =
      "Check that subscription key, API user and API key belong to this product and environment.";
    const error = new AuthenticationError({ ...facts, remedy });
    // A refused access token has no body; a refused subscription key has the gateway's (observed 2020 to 2026).
    return isGateways || providerCode !== undefined ? rejected(error) : { kind: "token_refused", error };
  }
  if (providerCode === "NOT_ALLOWED_TARGET_ENVIRONMENT") {
    const remedy = "Check the environment, and that the API user was made for this product.";
    return rejected(new AuthenticationError({ ...facts, remedy }));
  }
  if (status === 429 || (status === 403 && /quota/i.test(said))) {
    const retryAfterMs = readRetryAfterMs(answer.headers) ?? readWaitMs(said);
    const remedy = "Send less often.";
    return {
      kind: "throttled",
      retryAfterMs,
      error: new RateLimitedError({ ...facts, remedy, retryAfterMs }),
    };
  }
  const known = Object.hasOwn(remedies, code ?? "") ? remedies[code ?? ""] : undefined;
  if (known !== undefined) return rejected(new RequestRejectedError({ ...facts, remedy: known }));
  if (status >= 500) {
    const message = `MTN could not answer ${what}`;
    const error = new ProviderUnavailableError({
      ...facts,
      message,
      remedy: "Make the request again later.",
    });
    return { kind: "unclear", error };
  }
  // 400 has no body or JSON, 411 HTML; 403 and 404 are the gateway's own (observed 2020 to 2026). Others prove nothing.
  const isRefusal =
    status === 411 ||
    (status === 400 ? text === "" || json !== undefined : isGateways && status in statusRemedies);
  const remedy = statusRemedies[status];
  if (isRefusal && remedy) return rejected(new RequestRejectedError({ ...facts, remedy }));
  return { kind: "unclear", error: unreadable(operation, status) };
}

/**
 * Judges a refused token request. Wrong credentials are documented as 401 and were seen as 500, both with
 * `{"error":"login_failed"}` (observed 2020 to 2024).
 */
export function judgeTokenRefusal(answer: HttpAnswer): Verdict<never> {
  const { status } = answer;
  const code = errorCodeOf(answer);
  if (status !== 401 && code !== "login_failed") return judgeRefusal("token", answer);
  const providerCode = code && redact(code);
  const message = `MTN gave no access token: HTTP ${status} ${providerCode ?? ""}`.trim();
  const facts = { provider, status, providerCode, message, remedy: credentialsRemedy } as const;
  return { kind: "rejected", error: new AuthenticationError(facts) };
}

/** The error of an answer that has no documented form. */
function unreadable(operation: string, status: number): ResponseInvalidError {
  const remedy = "Check that the base URL is MTN's own host.";
  const message = `MTN answered ${operation} with HTTP ${status} in a form that it does not document.`;
  const issues = [{ field: "body", message: "has not the documented form", remedy }];
  return new ResponseInvalidError({ provider, message, remedy, issues });
}

/** The three forms of an error body: wallet platform, gateway, token endpoint. */
function readErrorBody(json: unknown): {
  code?: string | undefined;
  message?: string | undefined;
  isGateways: boolean;
} {
  const { code, message, statusCode, error } =
    typeof json === "object" && json !== null ? (json as WireObject) : {};
  const isGateways = typeof statusCode === "number";
  return { code: textOrNothing(code) ?? textOrNothing(error), message: textOrNothing(message), isGateways };
}

/** "Try again in 12 seconds." and "Quota will be replenished in 1.02:03:04." */
function readWaitMs(message: string): number | undefined {
  const [, seconds, days = 0, hours = 0, minutes = 0, rest = 0] =
    / in (?:(\d+) sec|(?:(\d+)\.)?(\d+):(\d+):(\d+))/.exec(message) ?? [];
  const wait = seconds === undefined ? ((+days * 24 + +hours) * 60 + +minutes) * 60 + +rest : +seconds;
  return wait > 0 ? wait * 1_000 : undefined;
}
