/**
 * What an answer of Daraja other than the expected one means. One code has several meanings, so operation, HTTP status,
 * code and message decide together (Daraja docs 3.0, error tables of each API, read 2026-11).
 */
import {
  AuthenticationError,
  ProviderUnavailableError,
  RateLimitedError,
  RequestRejectedError,
  ResponseInvalidError,
} from "../core/errors.js";
import type { HttpAnswer } from "../core/http.js";
import { redact, redactId } from "../core/redact.js";
import { readRetryAfterMs } from "../core/retry-after.js";
import type { Verdict } from "../core/send.js";
import { readBody, textOrNothing, type WireObject } from "../core/wire.js";

const provider = "mpesa";

interface ErrorBody {
  readonly code: string | undefined;
  readonly message: string;
  readonly requestId: string | undefined;
}

interface Row {
  /** Dotted code, exact or by its beginning. */
  readonly code: RegExp;
  readonly message?: RegExp;
  readonly kind: "rejected" | "token_refused" | "throttled";
  readonly isAuthentication?: boolean;
  readonly remedy: string;
}

const badToken =
  "The access token was refused twice in a row: check that the consumer key and secret are this environment's.";

/** First match wins. What no row names proves nothing. */
const rows: readonly Row[] = [
  {
    // "Invalid API call as no apiproduct match found": seen with 401 and 404 alike.
    code: /^(401|404)\./,
    message: /apiproduct/i,
    kind: "rejected",
    isAuthentication: true,
    remedy:
      "The Daraja app lacks this API: add the product in the portal, or use the other environment's keys.",
  },
  // The refusals of a token, which come before anything is executed: exactly these codes.
  { code: /^404\.001\.03$/, kind: "token_refused", remedy: badToken },
  { code: /^400\.003\.01$/, kind: "token_refused", remedy: badToken },
  { code: /^401\.002\.01$/, kind: "token_refused", remedy: badToken },
  { code: /^401\.003\.01$/, kind: "token_refused", remedy: badToken },
  {
    code: /^400\.008\./,
    kind: "rejected",
    isAuthentication: true,
    remedy: "Check that no proxy changes the request.",
  },
  {
    code: /^500\.001\.1001$/,
    message: /merchant does not exist/i,
    kind: "rejected",
    remedy: "Check the shortcode: for a till it is the store or head-office number, not the till.",
  },
  {
    code: /^500\.001\.1001$/,
    message: /wrong credentials/i,
    kind: "rejected",
    isAuthentication: true,
    remedy: "Check that shortcode and passkey belong together and to this environment.",
  },
  {
    code: /^500\.001\.1001$/,
    message: /unable to lock subscriber/i,
    kind: "rejected",
    remedy: "Another prompt is open on that phone: wait at least a minute, then ask again.",
  },
  {
    code: /^500\.003\.02$/,
    message: /spike arrest/i,
    kind: "throttled",
    remedy: "Send less often: Safaricom limits transactions per second for each app.",
  },
  {
    code: /^500\.003\.03$/,
    message: /quota/i,
    kind: "throttled",
    remedy: "The app's quota is used up: wait, or ask Safaricom for more.",
  },
  // The gateway's own policies, outside Daraja's envelope.
  { code: /ratelimit\.(SpikeArrest|Quota)Violation$/, kind: "throttled", remedy: "Send less often." },
  {
    code: /^400\.002\.02$/,
    message: /CallBackURL/i,
    kind: "rejected",
    remedy: "Give a public https address, no tunnel.",
  },
  {
    code: /^400\.00(1|2\.02|2\.05|3\.02)$/,
    kind: "rejected",
    remedy: "Check the field that the message names.",
  },
  {
    code: /^404\.00\d\.01$/,
    kind: "rejected",
    remedy: "Check the base URL and the environment: Daraja knows no such path.",
  },
  { code: /^(404\.001\.04|405\.001)$/, kind: "rejected", remedy: "Check that no proxy changes the request." },
];

/** Judges an answer that is not the operation's success. */
export function judgeRefusal(operation: string, answer: HttpAnswer): Verdict<never> {
  const { status } = answer;
  const { code, message, requestId } = readErrorBody(answer.json);
  const providerCode = code && redact(code);
  const said = `HTTP ${status} ${providerCode ?? ""} ${redact(message)}`.trim();
  const facts = {
    provider,
    status,
    providerCode,
    requestId: requestId && redactId(requestId),
    message: `M-Pesa refused ${operation} (${said}).`,
  } as const;

  const row = code === undefined ? undefined : rows.find((row) => matches(row, status, code, message));
  if (row?.kind === "throttled" || (row === undefined && status === 429)) {
    const retryAfterMs = readRetryAfterMs(answer.headers);
    const remedy = row?.remedy ?? "Send less often.";
    return {
      kind: "throttled",
      retryAfterMs,
      error: new RateLimitedError({ ...facts, remedy, retryAfterMs }),
    };
  }
  if (row) {
    const { kind, remedy } = row;
    const isAuthentication = row.isAuthentication ?? kind === "token_refused";
    const error = isAuthentication
      ? new AuthenticationError({ ...facts, remedy })
      : new RequestRejectedError({ ...facts, remedy });
    return { kind, error };
  }
  if (status >= 500) {
    const error = new ProviderUnavailableError({
      ...facts,
      message: `M-Pesa could not answer ${operation} (${said}).`,
      remedy: "Make the request again later.",
    });
    return { kind: "unclear", error };
  }
  return { kind: "unclear", error: unreadable(operation, status, facts.requestId) };
}

/**
 * Judges a refused token request. Wrong keys, and the other environment's keys, get an empty 400 (observed 2025 and
 * 2026); a 401 can mean nothing else.
 */
export function judgeTokenRefusal(answer: HttpAnswer): Verdict<never> {
  const { status, text, json } = answer;
  if (status !== 401 && !(status === 400 && text === "")) return judgeRefusal("token", answer);
  const { code, requestId } = readErrorBody(json);
  const error = new AuthenticationError({
    provider,
    status,
    providerCode: code && redact(code),
    requestId: requestId && redactId(requestId),
    message: `M-Pesa gave no access token (HTTP ${status}).`,
    remedy: "Check the consumer key and secret, and that they belong to this environment.",
  });
  return { kind: "rejected", error };
}

/** Judges answers to an operation that succeeds with HTTP 200 and a body that `read` reads. */
export function expecting<Value>(
  operation: string,
  read: (json: unknown) => Value,
): (answer: HttpAnswer) => Verdict<Value> {
  return (answer) =>
    answer.status === 200
      ? readBody(answer, read, unreadable(operation, 200))
      : judgeRefusal(operation, answer);
}

/** The error of an answer that has no documented form. */
function unreadable(operation: string, status: number, requestId?: string): ResponseInvalidError {
  return new ResponseInvalidError({
    provider,
    requestId,
    message: `M-Pesa answered ${operation} with HTTP ${status} in a form that it does not document.`,
    remedy:
      "Check that the base URL is Safaricom's own host: its firewall and proxies answer with HTML pages.",
    issues: [
      {
        field: "body",
        message: "has not the documented form",
        remedy: "Look at the answer with a network trace.",
      },
    ],
  });
}

/** Whether an answer to a query says that the payment is still going on: an error in form, not in meaning. */
export function isStillProcessing(answer: HttpAnswer): boolean {
  const { code, message } = readErrorBody(answer.json);
  return code === "500.001.1001" && /being processed|under processing/i.test(message);
}

/** A dotted code begins with the HTTP status that it comes with; with another status it proves nothing. */
function matches(row: Row, status: number, code: string, message: string): boolean {
  const isCoherent = /^\d/.test(code) ? code.startsWith(`${status}.`) : status === 429 || status === 500;
  return isCoherent && row.code.test(code) && (row.message?.test(message) ?? true);
}

/** Daraja's envelope, or the gateway's `{"fault":{"faultstring":…,"detail":{"errorcode":…}}}`. */
function readErrorBody(json: unknown): ErrorBody {
  const { errorCode, errorMessage, ErrorMessage, requestId, fault } = asObject(json);
  const { faultstring, detail } = asObject(fault);
  return {
    code: textOrNothing(errorCode) ?? textOrNothing(asObject(detail)["errorcode"]),
    message: textOrNothing(errorMessage) ?? textOrNothing(ErrorMessage) ?? textOrNothing(faultstring) ?? "",
    requestId: textOrNothing(requestId),
  };
}

function asObject(value: unknown): WireObject {
  return typeof value === "object" && value !== null ? (value as WireObject) : {};
}
