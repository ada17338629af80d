import { AuthenticationError, RateLimitedError, RequestRejectedError } from "mobile-money";
import { type Answer, empty, html, json, text } from "../support/answers.js";
import { type Refusal, type RefusalRow, refusals } from "../support/refusals.js";

/** The id that Daraja's samples give a refused request. */
export const requestId = "1c5b-4ba8-815c-ac45c57a3db01495926";

/** An error in Daraja's envelope. The code's first three digits are the status, unless it is told. */
export function darajaError(
  errorCode: string,
  errorMessage: string,
  status = Number(errorCode.slice(0, 3)),
): Answer {
  return json(status, { requestId, errorCode, errorMessage });
}

/** An error of the gateway in front of Daraja. */
function apigeeFault(status: number, errorcode: string): Answer {
  return json(status, { fault: { faultstring: "Rejected by a policy.", detail: { errorcode } } });
}

/** What an acknowledged push is answered with (Daraja docs, "M-Pesa Express", read 2026-11). */
export const acknowledgement = {
  MerchantRequestID: "2654-4b64-97ff-b827b542881d3130",
  CheckoutRequestID: "ws_CO_1007202409152617172396192",
  ResponseCode: "0",
  ResponseDescription: "Success. Request accepted for processing",
  CustomerMessage: "Success. Request accepted for processing",
};

/** What a finished push is answered with when it is asked for; the spelling is the wire's. */
export function queryAnswer(
  ResultCode: unknown,
  ResultDesc: unknown = "A description.",
): Record<string, unknown> {
  return {
    ResponseCode: "0",
    ResponseDescription: "The service request has been accepted successsfully",
    MerchantRequestID: acknowledgement.MerchantRequestID,
    CheckoutRequestID: acknowledgement.CheckoutRequestID,
    ResultCode,
    ResultDesc,
  };
}

/** The four ways in which Daraja refuses a token (Daraja docs, error tables of each API, read 2026-11). */
export const tokenRefusals = [
  ["404.001.03", darajaError("404.001.03", "Invalid Access Token")],
  ["400.003.01", darajaError("400.003.01", "Invalid Access Token")],
  [
    "401.002.01",
    darajaError("401.002.01", "Error Occurred - Invalid Access Token - c9SQxWWhmdVRlyh0zh8gZDTkubVF"),
  ],
  ["401.003.01", darajaError("401.003.01", "Error Occurred - Invalid Access Token")],
] as const;

const rejected = { type: RequestRejectedError, code: "request_rejected" } as const;
const unauthenticated = { type: AuthenticationError, code: "authentication_failed" } as const;
const throttled = { type: RateLimitedError, code: "rate_limited", isRetryable: true } as const;

/** A row for an error in Daraja's envelope. */
const row = (
  kind: Pick<RefusalRow, "type" | "code" | "isRetryable">,
  providerCode: string,
  message: string,
  remedy: RegExp,
  more: Partial<RefusalRow> = {},
): RefusalRow => ({
  ...kind,
  title: `${providerCode} ${message}`,
  answer: darajaError(providerCode, message),
  status: Number(providerCode.slice(0, 3)),
  providerCode,
  requestId,
  remedy,
  ...more,
});

const lock = "Unable to lock subscriber, a transaction is already in process for the current subscriber";
const noProduct = "Error Occurred - Invalid Access Token - Invalid API call as no apiproduct match found";

/**
 * Every documented refusal that a call with a token can meet (Daraja docs, error tables, read 2026-11; the gateway's
 * faults: observed). Throttling is handed back at once to who asks for money, and tried again by a read.
 */
export function mpesaRefusals({ sendsWhenThrottled }: { sendsWhenThrottled: number }): Refusal[] {
  const often = { sends: sendsWhenThrottled };
  return refusals([
    ...[
      "BusinessShortCode",
      "Timestamp",
      "Amount",
      "PhoneNumber",
      "PartyA",
      "TransactionType",
      "Remarks",
    ].map((field) =>
      row(rejected, "400.002.02", `Bad Request - Invalid ${field}`, /field that the message names/),
    ),
    row(rejected, "400.002.02", "Bad Request - Invalid CallBackURL", /public https address/),
    row(rejected, "400.002.05", "Invalid Request Payload", /field/),
    row(rejected, "400.003.02", "Bad Request", /field/),
    row(rejected, "400.003.02", "Kindly use your own ShortCode", /field/),
    row(rejected, "400.001", "Invalid ShortCode", /field/),
    ...tokenRefusals.map(([providerCode, answer]) => ({
      ...unauthenticated,
      title: `${providerCode}, also with a fresh token`,
      answer,
      status: Number(providerCode.slice(0, 3)),
      providerCode,
      requestId,
      remedy: /refused twice/,
      sends: 2,
    })),
    row(unauthenticated, "401.002.01", noProduct, /add the product/),
    row(unauthenticated, "404.001.03", noProduct, /add the product/),
    row(rejected, "404.001.01", "Resource not found", /base URL/),
    row(rejected, "404.002.01", "Resource not found", /base URL/),
    row(rejected, "404.003.01", "Resource not found", /base URL/),
    row(rejected, "404.001.04", "Invalid Authentication Header", /proxy/),
    row(rejected, "405.001", "GET Method Not Allowed", /proxy/),
    row(rejected, "500.001.1001", "Merchant does not exist", /store or head-office number/),
    row(unauthenticated, "500.001.1001", "Wrong credentials", /shortcode and passkey/),
    row(unauthenticated, "500.001.1001", "[MerchantValidate] - Wrong credentials", /shortcode and passkey/),
    row(rejected, "500.001.1001", lock, /at least a minute/),
    row(throttled, "500.003.02", "Error Occurred: Spike Arrest Violation", /less often/, often),
    row(throttled, "500.003.03", "Quota Violation", /quota/, often),
    ...[429, 500].flatMap((status) =>
      ["policies.ratelimit.SpikeArrestViolation", "policies.ratelimit.QuotaViolation"].map(
        (providerCode) => ({
          ...throttled,
          title: `${status} fault ${providerCode}`,
          answer: apigeeFault(status, providerCode),
          status,
          providerCode,
          remedy: /less often/,
          ...often,
        }),
      ),
    ),
    { ...throttled, title: "429 alone", answer: empty(429), status: 429, remedy: /less often/, ...often },
    { ...throttled, title: "429 HTML", answer: html(429), status: 429, remedy: /less often/, ...often },
    {
      ...throttled,
      title: "429 with a long wait",
      answer: empty(429, { "retry-after": "90" }),
      status: 429,
      remedy: /less often/,
      retryAfterMs: 90_000,
    },
  ]);
}

/** Failures of Daraja that prove neither execution nor refusal (the same sources). */
export const unclearFailures: readonly (readonly [title: string, answer: Answer])[] = [
  [
    "500.003.02 System is busy",
    darajaError("500.003.02", "System is busy. Please try again in few minutes."),
  ],
  ["500.003.02 without a message", darajaError("500.003.02", "")],
  ["500.001.1001 Internal Server Error", darajaError("500.001.1001", "Internal Server Error")],
  ["500.001.1001 invalid initiator", darajaError("500.001.1001", "Invalid initiator information")],
  ["500.002.1001 System internal error", darajaError("500.002.1001", "System internal error.")],
  ["500.002.1001 Duplicate", darajaError("500.002.1001", "Duplicate OriginatorConversationID.")],
  ["00.002.1001 maintenance", darajaError("00.002.1001", "Service is currently under maintenance.", 503)],
  ["500.003.1001", darajaError("500.003.1001", "Internal Server Error")],
  ["500.999.9999, in no table", darajaError("500.999.9999", "Something new")],
  ["500 Service is currently unreachable", text(500, "Service is currently unreachable")],
  ["500 without a body", empty(500)],
  ["502 HTML", html(502)],
  ["503 HTML", html(503)],
  ["504", empty(504)],
];

/** Answers in no documented form, of which nobody can say who gave them. */
export const strangeAnswers: readonly (readonly [title: string, answer: Answer])[] = [
  ["200 without a body", empty(200)],
  ["200 HTML", html(200)],
  ["200 two JSON documents", text(200, `${JSON.stringify(acknowledgement)}{}`)],
  ["200 null", json(200, null)],
  ["200 a list", json(200, [acknowledgement])],
  ["200 a text", json(200, "0")],
  ["200 with an error in it", darajaError("400.002.02", "Bad Request - Invalid Amount", 200)],
  ["200 SOAP in JSON", json(200, { Envelope: { Body: { Fault: { faultcode: "x" } } } })],
  ["201", json(201, acknowledgement)],
  ["202 without a body", empty(202)],
  ["202 with an error in it", darajaError("400.002.02", "Bad Request - Invalid Amount", 202)],
  ["302 to another host", empty(302, { location: "https://elsewhere.example/" })],
  ["307 to another host", empty(307, { location: "https://elsewhere.example/" })],
  ["400 without a body", empty(400)],
  ["400 HTML", html(400)],
  ["401 without a body", empty(401)],
  ["401 HTML", html(401)],
  ["401 fault", apigeeFault(401, "keymanagement.service.invalid_access_token")],
  ["403 HTML of the firewall", html(403)],
  ["404 HTML", html(404)],
];
