import {
  AuthenticationError,
  ProviderUnavailableError,
  RateLimitedError,
  RequestRejectedError,
} from "mobile-money";
import { type Answer, empty, html, json, text } from "../support/answers.js";
import { type Refusal, refusals } from "../support/refusals.js";

/** An error of the wallet platform: message first, as on the wire. */
export const walletError = (status: number, code: string, message = ""): Answer =>
  json(status, { message, code });

/** An error of the gateway in front of it. */
const gatewayError = (statusCode: number, message: string): Answer =>
  json(statusCode, { statusCode, message });

/** A wrong subscription key (recorded in MTN's sandbox, 2020). */
export const wrongKey: Answer = gatewayError(
  401,
  "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.",
);

const rejected = { type: RequestRejectedError, code: "request_rejected" } as const;

/** What every product call can be refused with (MTN portal, "Common Error Codes"; recorded answers, 2020 to 2026). */
export const mtnMomoRefusals: Refusal[] = refusals([
  { ...rejected, title: "400 without a body", answer: empty(400), status: 400, remedy: /special characters/ },
  {
    ...rejected,
    title: "400 with JSON",
    answer: json(400, { message: "Bad request" }),
    status: 400,
    remedy: /Check the fields/,
  },
  {
    title: "401 of the gateway: wrong subscription key",
    answer: wrongKey,
    type: AuthenticationError,
    code: "authentication_failed",
    status: 401,
    remedy: /subscription key/,
  },
  {
    title: "401 with a code, which refuses no token",
    answer: json(401, { error: "not_authorized" }),
    type: AuthenticationError,
    code: "authentication_failed",
    status: 401,
    providerCode: "not_authorized",
    remedy: /product and environment/,
  },
  {
    title: "401 without a body, also with a fresh token",
    answer: empty(401),
    type: AuthenticationError,
    code: "authentication_failed",
    status: 401,
    remedy: /environment/,
    sends: 2,
  },
  {
    ...rejected,
    title: "403 of the gateway: not opened for this account or address",
    answer: gatewayError(403, "Forbidden"),
    status: 403,
    remedy: /open the operation.*address/,
  },
  {
    title: "403 of the gateway: quota used up",
    answer: gatewayError(403, "Out of call volume quota. Quota will be replenished in 1.02:03:04."),
    type: RateLimitedError,
    code: "rate_limited",
    isRetryable: true,
    status: 403,
    remedy: /less often/,
    retryAfterMs: (((24 + 2) * 60 + 3) * 60 + 4) * 1_000,
  },
  {
    title: "429 of the gateway, with a long wait",
    answer: gatewayError(429, "Rate limit is exceeded. Try again in 61 seconds."),
    type: RateLimitedError,
    code: "rate_limited",
    isRetryable: true,
    status: 429,
    remedy: /less often/,
    retryAfterMs: 61_000,
  },
  {
    title: "429 with Retry-After and nothing else",
    answer: empty(429, { "retry-after": "90" }),
    type: RateLimitedError,
    code: "rate_limited",
    isRetryable: true,
    status: 429,
    remedy: /less often/,
    retryAfterMs: 90_000,
  },
  {
    title: "429 without a wait, three times",
    answer: empty(429),
    type: RateLimitedError,
    code: "rate_limited",
    isRetryable: true,
    status: 429,
    remedy: /less often/,
    sends: 3,
  },
  {
    ...rejected,
    title: "404 of the gateway: no such path",
    answer: gatewayError(404, "Resource not found"),
    status: 404,
    remedy: /base URL/,
  },
  { ...rejected, title: "411 HTML: no length", answer: html(411), status: 411, remedy: /proxy/ },
  {
    title: "500 NOT_ALLOWED_TARGET_ENVIRONMENT",
    answer: walletError(500, "NOT_ALLOWED_TARGET_ENVIRONMENT", "Access to target environment is forbidden."),
    type: AuthenticationError,
    code: "authentication_failed",
    status: 500,
    providerCode: "NOT_ALLOWED_TARGET_ENVIRONMENT",
    remedy: /made for this product/,
  },
  ...(
    [
      ["NOT_ALLOWED", /Ask MTN/],
      ["INVALID_CALLBACK_URL_HOST", /callback host/],
      ["INVALID_CURRENCY", /EUR/],
      ["PAYER_NOT_FOUND", /payer's number/],
      ["PAYEE_NOT_FOUND", /payee's number/],
      ["PAYEE_NOT_ALLOWED_TO_RECEIVE", /may not receive/],
      ["NOT_ENOUGH_FUNDS", /Top up/],
      ["PAYER_LIMIT_REACHED", /later or for less/],
    ] as const
  ).map(([providerCode, remedy]) => ({
    ...rejected,
    title: `500 ${providerCode}`,
    answer: walletError(500, providerCode, "Something that MTN says."),
    status: 500,
    providerCode,
    remedy,
  })),
]);

/** What a read can be refused with beside that. */
export const mtnMomoReadRefusals: Refusal[] = [
  ...mtnMomoRefusals,
  ...refusals([
    {
      ...rejected,
      title: "404 RESOURCE_NOT_FOUND",
      answer: walletError(404, "RESOURCE_NOT_FOUND", "Requested resource was not found."),
      status: 404,
      providerCode: "RESOURCE_NOT_FOUND",
      remedy: /may not be visible yet/,
    },
    ...[
      { title: "500 INTERNAL_PROCESSING_ERROR", status: 500, providerCode: "INTERNAL_PROCESSING_ERROR" },
      { title: "503 SERVICE_UNAVAILABLE", status: 503, providerCode: "SERVICE_UNAVAILABLE" },
      { title: "500 without a body", status: 500, answer: empty(500) },
      { title: "502 HTML", status: 502, answer: html(502) },
    ].map((row) => ({
      type: ProviderUnavailableError,
      code: "provider_unavailable" as const,
      isRetryable: true,
      remedy: /later/,
      sends: 3,
      answer: walletError(row.status, row.providerCode ?? ""),
      ...row,
    })),
  ]),
];

/** Bodies that no operation can read, under the status of success. */
export const unreadableBodies: readonly (readonly [title: string, answer: (status: number) => Answer])[] = [
  ["no body", (status) => empty(status)],
  ["an HTML page", (status) => html(status)],
  ["truncated JSON", (status) => text(status, '{"status":"SUCCES', { "content-type": "application/json" })],
  ["two JSON documents", (status) => text(status, "{}{}", { "content-type": "application/json" })],
  ["null", (status) => json(status, null)],
  ["an array", (status) => json(status, [])],
  ["a text", (status) => json(status, "SUCCESSFUL")],
  ["a SOAP fault", (status) => text(status, "<Envelope><Body><Fault/></Body></Envelope>")],
];

/** Answers with a status that MTN documents for nothing of this kind. */
export const strangeStatuses: readonly (readonly [title: string, answer: Answer])[] = [
  ["204", empty(204)],
  ["302 to another host", empty(302, { location: "https://elsewhere.example/" })],
  ["307 to another host", empty(307, { location: "https://elsewhere.example/" })],
  ["400 HTML of a proxy", html(400)],
  ["403 HTML of a firewall", html(403)],
  ["404 HTML of a proxy", html(404)],
  ["418", empty(418)],
];
