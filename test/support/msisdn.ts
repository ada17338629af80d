import { expect } from "vitest";
import { type CountryCode, countries } from "../../src/core/countries.js";
import { RequestInvalidError } from "../../src/core/errors.js";
import { type ParseMsisdnOptions, parseMsisdn } from "../../src/core/msisdn.js";

/** The code of every country that the library knows. */
export const countryCodes = Object.keys(countries) as CountryCode[];

/** The one issue of the RequestInvalidError that a call must throw. */
export function issueOf(input: unknown, options?: ParseMsisdnOptions) {
  try {
    parseMsisdn(input as string, options);
  } catch (error) {
    expect(error).toBeInstanceOf(RequestInvalidError);
    const { issues } = error as RequestInvalidError;
    expect(issues).toHaveLength(1);
    return issues[0];
  }
  throw new Error("nothing was thrown");
}
