/**
 * What an M-Pesa client is built from.
 */
import type { ClientOptions } from "../core/client-options.js";
import type { Problem } from "../core/errors.js";
import { isSecretGiven, Secret, type SecretInput } from "../core/secret.js";

/** Options of `MpesaClient`. */
export interface MpesaOptions extends ClientOptions {
  /** Never guessed from the keys. */
  readonly environment: "sandbox" | "production";
  /** Consumer key of the Daraja app. */
  readonly consumerKey: SecretInput;
  /** Consumer secret of the Daraja app. */
  readonly consumerSecret: SecretInput;
  /** Paybill number; for a till, the head-office or store number that the till belongs to. 5 to 7 digits. */
  readonly shortcode: string;
  /** Key of STK push, from the go-live letter or the sandbox's test credentials. Needed by `stk` alone. */
  readonly passkey?: SecretInput;
  /**
   * Till number (Buy Goods), 5 to 9 digits. With it, money goes to the till and `shortcode` is its store; without it,
   * money goes to the paybill (Daraja docs, "M-Pesa Express", read 2026-11).
   */
  readonly till?: string;
}

/** Hosts of Daraja (Daraja docs, "Authorization", read 2026-11). */
export const mpesaBaseUrls: Readonly<Record<MpesaOptions["environment"], string>> = {
  sandbox: "https://sandbox.safaricom.co.ke",
  production: "https://api.safaricom.co.ke",
};

/** The shortcode that Safaricom publishes for STK push in its sandbox. */
export const sandboxStkShortcode = "174379";
/** The passkey that Safaricom publishes for it: no secret, and worth nothing in production. */
export const sandboxPasskey = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";

/** Words that Safaricom refuses anywhere in a callback address (Daraja docs, "Register URL", read 2026-11). */
export const forbiddenWords: RegExp = /m-?pesa|safaricom|exec?|cmd|sql|query/i;

/** Everything that is wrong with the options. */
export function checkMpesaOptions(options: MpesaOptions): Problem[] {
  const problems: Problem[] = [];
  const wrong = (field: string, message: string, remedy: string) => problems.push({ field, message, remedy });
  const { environment, shortcode, till, passkey } = options;

  if (environment !== "sandbox" && environment !== "production") {
    wrong("environment", "is neither sandbox nor production", 'Give environment: "sandbox" or "production".');
  }
  for (const name of ["consumerKey", "consumerSecret"] as const) {
    if (!isSecretGiven(options[name])) {
      wrong(name, "is missing or empty", `Give the ${name} of the Daraja app for this environment.`);
    }
  }
  if (!isDigits(shortcode, 5, 7)) {
    wrong(
      "shortcode",
      "is not 5 to 7 digits",
      "Give the paybill number, or the store number of the till, as text.",
    );
  }
  if (till !== undefined && !isDigits(till, 5, 9)) {
    wrong("till", "is not 5 to 9 digits", "Give the till number as text.");
  }
  if (till !== undefined && till === shortcode) {
    wrong(
      "till",
      "equals the shortcode",
      "Give the till's store or head-office number as shortcode; for a paybill leave till out.",
    );
  }
  if (passkey !== undefined && !isSecretGiven(passkey)) {
    wrong("passkey", "is empty", "Leave it out, or give the passkey from the go-live letter.");
  }
  if (environment === "production" && shortcode === sandboxStkShortcode) {
    wrong("shortcode", "is the sandbox's", "Give your own shortcode, or choose the sandbox.");
  }
  if (environment === "production" && readPlain(passkey) === sandboxPasskey) {
    wrong("passkey", "is the sandbox's", "Give the passkey from the go-live letter, or choose the sandbox.");
  }
  if (environment === "sandbox" && till !== undefined && shortcode === sandboxStkShortcode) {
    wrong("till", "does not work with the sandbox's paybill 174379", "Leave till out in the sandbox.");
  }
  return problems;
}

function isDigits(text: unknown, least: number, most: number): boolean {
  return typeof text === "string" && /^\d+$/.test(text) && text.length >= least && text.length <= most;
}

function readPlain(input: SecretInput | undefined): string | undefined {
  if (typeof input === "string") return input;
  return input instanceof Secret ? input.reveal() : undefined;
}
