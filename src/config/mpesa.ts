/**
 * The options of `MpesaClient` out of the MPESA_… variables.
 */
import { defined } from "../core/defined.js";
import type { Problem } from "../core/errors.js";
import { Secret } from "../core/secret.js";
import {
  checkMpesaOptions,
  forbiddenWords,
  type MpesaOptions,
  mpesaBaseUrls,
  sandboxPasskey,
  sandboxStkShortcode,
} from "../mpesa/options.js";
import { checkBaseUrl, checkCallbackUrl } from "./addresses.js";
import { isAnyGiven, problemWith, requireValue, type Values } from "./read-variables.js";
import type { Environment, VariableName } from "./variables.js";

/** The variables of the client's options, where its check may find something. */
const names: Readonly<Record<string, VariableName>> = {
  shortcode: "MPESA_SHORTCODE",
  passkey: "MPESA_PASSKEY",
  till: "MPESA_TILL",
};

/** The options, absent when no variable of M-Pesa is given, and everything that is wrong with them. */
export function resolveMpesa(
  values: Values,
  environment: Environment,
): { options?: MpesaOptions; problems: Problem[] } {
  if (!isAnyGiven(values, "mpesa")) return { problems: [] };

  const problems: Problem[] = [];
  const options: MpesaOptions = {
    environment,
    consumerKey: new Secret(requireValue(values, "MPESA_CONSUMER_KEY", problems)),
    consumerSecret: new Secret(requireValue(values, "MPESA_CONSUMER_SECRET", problems)),
    shortcode: requireValue(values, "MPESA_SHORTCODE", problems),
    passkey: new Secret(requireValue(values, "MPESA_PASSKEY", problems)),
    ...defined({
      till: values.MPESA_TILL,
      baseUrl: values.MPESA_BASE_URL,
      callbackUrl: values.CALLBACK_BASE_URL,
    }),
  };
  for (const { field, message, remedy } of checkMpesaOptions(options)) {
    const name = names[field];
    // What is missing or malformed is reported already.
    if (name !== undefined && values[name]) problems.push(problemWith(name, message, remedy));
  }
  if (isPassword(values.MPESA_PASSKEY ?? "")) {
    problems.push(
      problemWith("MPESA_PASSKEY", "is the password of a request, not the passkey it was made of"),
    );
  }
  problems.push(
    ...checkSeparation(values, environment),
    ...checkBaseUrl(values, "MPESA_BASE_URL", (origin) => origin === mpesaBaseUrls[environment]),
    ...checkCallbackUrl(values, environment, { baseUrl: "MPESA_BASE_URL", forbiddenWords }),
  );
  return { options, problems };
}

/**
 * Both environments share the names of their variables, so what is published for the sandbox tells them apart: its STK
 * push works with that shortcode and that passkey (Daraja docs, "M-Pesa Express", read 2026-11) and, as users report,
 * with no other. The client's own check refuses both in production.
 */
function checkSeparation(values: Values, environment: Environment): Problem[] {
  if (environment === "production") return [];
  const published = { MPESA_SHORTCODE: sandboxStkShortcode, MPESA_PASSKEY: sandboxPasskey } as const;
  return (["MPESA_SHORTCODE", "MPESA_PASSKEY"] as const).flatMap((name) => {
    if (!values[name] || values[name] === published[name]) return [];
    const remedy =
      "Give the one that Safaricom publishes for the sandbox, or set PAYMENT_TEST_MODE to false.";
    return [problemWith(name, "is not the sandbox's", remedy)];
  });
}

/** Whether this is the password of one request, which base64 makes of shortcode, passkey and time. */
function isPassword(passkey: string): boolean {
  try {
    return /^\d{5,7}.*\d{14}$/s.test(atob(passkey));
  } catch {
    return false;
  }
}
