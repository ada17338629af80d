/**
 * Phone numbers: international or local in, digits with the calling code out.
 */
import { type Country, type CountryCode, countries, countryOf, isCountryCode } from "./countries.js";
import { sha256Hex } from "./encoding.js";
import { refuse } from "./errors.js";

declare const brand: unique symbol;

/** A phone number in digits with its calling code, such as `"254712345678"`. Only {@link parseMsisdn} makes one. */
export type Msisdn = string & { readonly [brand]: "Msisdn" };

/** Options of {@link parseMsisdn}. */
export interface ParseMsisdnOptions {
  /** The country that the number must belong to; its local form is then read too. */
  readonly country?: CountryCode | undefined;
  /**
   * Takes a length or first digits that the country's plan does not have today. The calling code must still be right,
   * and a number of unusual length must be written with it. @defaultValue false
   */
  readonly allowUnusual?: boolean | undefined;
  /** Where the number stands in the request, for the error. @defaultValue "msisdn" */
  readonly field?: string | undefined;
}

/**
 * Reads a phone number as people write it: `"+254 712 345 678"`, `"00254…"`, `"254712345678"` and, with a country,
 * `"0712 345 678"` or `"712345678"`. Spaces, dashes, dots and parentheses may stand anywhere.
 *
 * With a country, bare digits are told apart by their count alone: as many as a local number has, and they are local;
 * otherwise they must begin with the calling code. Without one, they are international. A number of a country of the
 * table must fit its plan; of any other, only the length is checked (E.164: 8 to 15 digits).
 *
 * @throws {@link RequestInvalidError} at `field`. The message shows the number masked.
 */
export function parseMsisdn(input: string, options: ParseMsisdnOptions = {}): Msisdn {
  const { country, allowUnusual = false, field = "msisdn" } = options;
  if (country !== undefined && !isCountryCode(country)) {
    refuse("country", "is not a known country", `Use one of ${Object.keys(countries).join(", ")}.`);
  }
  const match = /^(\+|00)?(\d+)$/.exec(typeof input === "string" ? input.replace(separators, "") : "");
  if (!match) refuse(field, "is not a phone number", 'Write it in digits, such as "+254712345678".');
  const [, prefix, digits = ""] = match;
  const shown = maskMsisdn(digits);

  const owner = countryOf(digits);
  const home = country ?? owner;
  if (home === undefined) {
    if (/^[1-9]\d{7,14}$/.test(digits)) return digits as Msisdn;
    refuse(
      field,
      `${shown} is not an international number`,
      "Write it with its calling code, 8 to 15 digits in all, or name the country.",
    );
  }

  const plan = countries[home];
  const isInternational = prefix !== undefined || country === undefined;
  const national = nationalNumber(digits, plan, isInternational);
  if (national === undefined) {
    refuse(
      field,
      owner === undefined
        ? `${shown} is not a number of ${described(home)}`
        : `${shown} begins with the calling code of ${described(owner)}, not of ${described(home)}`,
      `Write a number of ${plan.name}: +${plan.callingCode} and ${plan.nationalDigits} digits.`,
    );
  }

  const msisdn = plan.callingCode + national;
  const hasUsualLength = national.length === plan.nationalDigits;
  const isMobile = plan.mobilePrefixes.some((mobilePrefix) => national.startsWith(mobilePrefix));
  if (hasUsualLength && isMobile) return msisdn as Msisdn;
  if (allowUnusual && isTolerable(national, plan)) return msisdn as Msisdn;
  refuse(
    field,
    `${shown} is not a mobile number of ${described(home)}: ${
      hasUsualLength
        ? "none begins like it"
        : `it has ${national.length} digits after the calling code, not ${plan.nationalDigits}`
    }`,
    "Correct it, or allow unusual numbers.",
  );
}

/**
 * The number as logs and errors may show it, in Daraja's own style: `"2547****149"`. Of fewer than 11 digits only the
 * last three are shown, because the first four would leave too little hidden.
 */
export function maskMsisdn(msisdn: string): string {
  const digits = msisdn.replace(/\D/g, "");
  if (digits.length < 7) return "****";
  return `${digits.length < 11 ? "" : digits.slice(0, 4)}****${digits.slice(-3)}`;
}

/**
 * Whether a provider's rendering of a phone number can stand for this number: SHA-256 in hex, a mask such as
 * `"2547 ***** 126"`, or the plain digits.
 *
 * A mask fits many numbers, so a match is a hint and no proof of who paid. One that shows fewer than three digits at
 * either end never matches.
 *
 * @param msisdn - International form, as {@link parseMsisdn} reads it without a country.
 * @throws {@link RequestInvalidError} when `msisdn` is not a phone number.
 */
export async function matchesMsisdn(hashOrMask: string, msisdn: string): Promise<boolean> {
  const digits = parseMsisdn(msisdn, { allowUnusual: true });
  // Daraja docs, "Customer To Business", read 2026-11: version 1 sends the hash of the digits, version 2 the mask.
  if (/^[0-9a-f]{64}$/i.test(hashOrMask)) return hashOrMask.toLowerCase() === (await sha256Hex(digits));
  const shown = /^\+?(\d{3,})(?:\*+(\d{3,}))?$/.exec(hashOrMask.replaceAll(" ", ""));
  if (!shown) return false;
  const [, start = "", end] = shown;
  if (end === undefined) return start === digits;
  return start.length + end.length < digits.length && digits.startsWith(start) && digits.endsWith(end);
}

// The no-break spaces come along when a formatted number is pasted.
const separators = /[ \u00a0\u202f().-]/g;

/** Undefined when the digits are neither a local number nor begin with the country's calling code. */
function nationalNumber(digits: string, plan: Country, isInternational: boolean): string | undefined {
  const local = withoutTrunkPrefix(digits, plan);
  if (!isInternational && local.length === plan.nationalDigits) return local;
  if (!digits.startsWith(plan.callingCode)) return undefined;
  return withoutTrunkPrefix(digits.slice(plan.callingCode.length), plan);
}

/** Also after a calling code, where many write the trunk prefix by mistake: `"+254 (0)712 …"`. */
function withoutTrunkPrefix(digits: string, plan: Country): string {
  return plan.trunkPrefix !== "" && digits.startsWith(plan.trunkPrefix) ? digits.slice(1) : digits;
}

/** Whether the digits fit E.164 and would be read as the same number again. */
function isTolerable(national: string, plan: Country): boolean {
  const msisdn = plan.callingCode + national;
  const looksLocal = msisdn.length === plan.nationalDigits;
  return /^\d{7,15}$/.test(msisdn) && !looksLocal && withoutTrunkPrefix(national, plan) === national;
}

function described(country: CountryCode): string {
  return `${countries[country].name} (+${countries[country].callingCode})`;
}
