/**
 * The refusals of the MTN MoMo API, word for word.
 */
import { emptyAnswer, htmlAnswer, jsonAnswer, type WireAnswer } from "../wire.js";

// MTN portal, "Common Error Codes", read 2026-09; HTTP status as published for an error of the call itself.
const refusals = {
  NOT_ALLOWED: [500, "Authorization failed. Insufficient permissions."],
  NOT_ALLOWED_TARGET_ENVIRONMENT: [500, "Access to target environment is forbidden."],
  INVALID_CALLBACK_URL_HOST: [500, "Callback URL does not match the configured value."],
  INVALID_CURRENCY: [500, "Currency not supported."],
  INTERNAL_PROCESSING_ERROR: [500, "An internal error occurred while processing."],
  SERVICE_UNAVAILABLE: [503, "Service temporarily unavailable, try again later."],
  RESOURCE_NOT_FOUND: [404, "Requested resource was not found."],
  RESOURCE_ALREADY_EXIST: [409, "Duplicated reference id. Creation of resource failed."],
} as const;

/** A code that MTN's API refuses a call with. */
export type RefusalCode = keyof typeof refusals;

/** The wallet platform's refusal: `message` stands first on the wire. */
export function refusal(code: RefusalCode): WireAnswer {
  const [status, message] = refusals[code];
  return jsonAnswer(status, { message, code });
}

/** A malformed request gets 400 and no body. */
export function badRequest(): WireAnswer {
  return emptyAnswer(400);
}

/** A wrong or expired bearer gets 401 and no body. */
export function bearerRefused(): WireAnswer {
  return emptyAnswer(401);
}

/** The gateway's refusal of a wrong or missing subscription key. */
export function keyRefused(product: string, isMissing: boolean): WireAnswer {
  const message = isMissing
    ? "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."
    : "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.";
  const realm = `https://sandbox.momodeveloper.mtn.com/${product}`;
  return {
    status: 401,
    statusText: "Access Denied",
    headers: {
      "content-type": "application/json",
      "www-authenticate": `AzureApiManagementKey realm="${realm}",name="Ocp-Apim-Subscription-Key",type="header"`,
    },
    body: JSON.stringify({ statusCode: 401, message }),
  };
}

/** The gateway does not know the path. */
export function pathUnknown(): WireAnswer {
  return jsonAnswer(404, { statusCode: 404, message: "Resource not found" }, "application/json");
}

/** A POST that does not say how long its body is. */
export function lengthRequired(): WireAnswer {
  return htmlAnswer(411, "Length Required");
}

/** The gateway's rate limit. */
export function throttled(): WireAnswer {
  const answer = jsonAnswer(
    429,
    { statusCode: 429, message: "Rate limit is exceeded. Try again in 2 seconds." },
    "application/json",
  );
  return { ...answer, headers: { ...answer.headers, "retry-after": "2" } };
}
