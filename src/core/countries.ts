/**
 * The countries of the networks and the shape of their mobile numbers.
 */

/** A country's numbering plan, as far as mobile numbers need it. */
export interface Country {
  /** English short name. */
  readonly name: string;
  /** Calling code without `+`. */
  readonly callingCode: string;
  /** Digits of a mobile number after the calling code. */
  readonly nationalDigits: number;
  /**
   * Dialled before the number inside the country, and left out after the calling code. Empty where there is none: a
   * zero in front is then part of the number.
   */
  readonly trunkPrefix: "0" | "";
  /**
   * How a mobile number begins after the calling code, whatever its network: the blocks that the plan keeps for mobile
   * service, so that a range opened later is not refused. A hint, never a proof, for numbers move between networks.
   */
  readonly mobilePrefixes: readonly string[];
}

/** ISO 3166-1 code of a country where one of the networks works. */
export type CountryCode =
  | "BJ"
  | "CG"
  | "CI"
  | "CM"
  | "GH"
  | "GN"
  | "KE"
  | "LR"
  | "NG"
  | "RW"
  | "SS"
  | "SZ"
  | "UG"
  | "ZA"
  | "ZM";

function country(
  name: string,
  callingCode: string,
  nationalDigits: number,
  trunkPrefix: "0" | "",
  mobilePrefixes: string,
): Country {
  return { name, callingCode, nationalDigits, trunkPrefix, mobilePrefixes: mobilePrefixes.split(" ") };
}

/** Kenya, for M-Pesa, and every country of MTN's Open API. */
export const countries: Readonly<Record<CountryCode, Country>> = {
  // Lengths, trunk prefixes and blocks: metadata of libphonenumber-js 1.13.16, read 2026-11, and what a row names.

  // ARCEP Bénin put 01 before every number on 2024-11-30 (allAfrica, same day); 0120 to 0124 are fixed lines.
  BJ: country("Benin", "229", 10, "", "0125 0126 0127 0128 0129 014 015 016 019"),
  // Plan of 2010-10-15 (World Telephone Numbering Guide, "+242", read 2026-11); fixed lines begin with 222.
  CG: country("Congo", "242", 9, "", "01 02 04 05 06"),
  // Plan of 2021; fixed lines begin with 2.
  CI: country("Côte d'Ivoire", "225", 10, "", "01 05 07"),
  // Regulator's notice of 2014-10-06: 6 is mobile, 2 is fixed; 242 and 243 are Camtel's wireless lines.
  CM: country("Cameroon", "237", 9, "", "6 242 243"),
  // Fixed lines begin with 3.
  GH: country("Ghana", "233", 9, "0", "2 5"),
  // Fixed lines begin with 3, internet telephony with 722.
  GN: country("Guinea", "224", 9, "", "6"),
  // Fixed lines begin with 2, 4, 5 or 6. Safaricom and others have had 01xx since 2019.
  KE: country("Kenya", "254", 9, "0", "7 1"),
  // Some numbers of seven digits remain; they count as unusual.
  LR: country("Liberia", "231", 9, "0", "220 330 4240 55 76 77 88"),
  // 0700 and 0800 are service numbers of the same length (Wikipedia, "Telephone numbers in Nigeria", read 2026-11).
  NG: country(
    "Nigeria",
    "234",
    10,
    "0",
    "701 702 703 704 705 706 707 708 709 71 72 801 802 803 804 805 806 807 808 809 81 901 902 903 904 905 906 907 908 909 91",
  ),
  RW: country("Rwanda", "250", 9, "0", "7"),
  // Fixed lines begin with 18.
  SS: country("South Sudan", "211", 9, "0", "9 12"),
  // 70 is internet telephony; fixed lines begin with 2 or 3.
  SZ: country("Eswatini", "268", 8, "", "75 76 77 78 79"),
  // Fixed lines begin with 2, 3 or 4.
  UG: country("Uganda", "256", 9, "0", "7"),
  // 80 is free phone, 86 shared cost, 87 internet telephony.
  ZA: country("South Africa", "27", 9, "0", "6 7 81 82 83 84 85"),
  // Fixed lines begin with 21, internet telephony with 63.
  ZM: country("Zambia", "260", 9, "0", "5 7 9"),
};

/** Whether a value is the code of a country of the table, in capitals. */
export function isCountryCode(value: unknown): value is CountryCode {
  return typeof value === "string" && Object.hasOwn(countries, value);
}

/** The country of the table whose calling code begins these digits, if any. */
export function countryOf(digits: string): CountryCode | undefined {
  // No calling code of the table begins with another one.
  return Object.keys(countries)
    .filter(isCountryCode)
    .find((code) => digits.startsWith(countries[code].callingCode));
}
