import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countries } from "../../src/core/countries.js";
import { RequestInvalidError } from "../../src/core/errors.js";
import { maskMsisdn, matchesMsisdn, parseMsisdn } from "../../src/core/msisdn.js";
import { countryCodes, issueOf } from "../support/msisdn.js";

describe("laws", () => {
  const country = fc.constantFrom(...countryCodes);
  const digits = (min: number, max = min) => fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`));
  const separators = fc.constantFrom("", " ", "-", ".", "(", ")", "\u00a0");

  /** A usual mobile number of a country, as its national digits. */
  const usual = country.chain((code) =>
    fc.constantFrom(...countries[code].mobilePrefixes).chain((prefix) =>
      digits(countries[code].nationalDigits - prefix.length).map((rest) => ({
        code,
        national: prefix + rest,
      })),
    ),
  );
  /** Strings near enough to phone numbers that many are accepted. */
  const phonelike = fc.oneof(
    fc
      .tuple(
        fc.constantFrom("", "+", "00"),
        fc.constantFrom("", ...countryCodes),
        fc.constantFrom("", "0"),
        digits(1, 13),
      )
      .map(
        ([prefix, code, zero, rest]) =>
          prefix + (code === "" ? "" : countries[code].callingCode) + zero + rest,
      ),
    digits(1, 18),
    fc.string(),
  );
  const options = fc.record({ country: fc.option(country, { nil: undefined }), allowUnusual: fc.boolean() });

  test("every way to write a usual number gives the same digits", () => {
    fc.assert(
      fc.property(
        usual,
        fc.array(separators, { minLength: 16, maxLength: 16 }),
        ({ code, national }, between) => {
          const { callingCode, trunkPrefix } = countries[code];
          const msisdn = callingCode + national;
          const spread = (text: string) =>
            [...text].map((char, index) => `${between[index] ?? ""}${char}`).join("");
          for (const typed of [national, trunkPrefix + national, msisdn, `+${msisdn}`, `00${msisdn}`]) {
            expect(parseMsisdn(spread(typed), { country: code })).toBe(msisdn);
          }
          for (const typed of [msisdn, `+${msisdn}`, `00${msisdn}`])
            expect(parseMsisdn(spread(typed))).toBe(msisdn);
        },
      ),
    );
  });

  test("what is read is read the same again, with the same options", () => {
    let accepted = 0;
    fc.assert(
      fc.property(phonelike, options, (typed, chosen) => {
        let msisdn: string;
        try {
          msisdn = parseMsisdn(typed, chosen);
        } catch (error) {
          expect(error).toBeInstanceOf(RequestInvalidError);
          return;
        }
        accepted += 1;
        expect(parseMsisdn(msisdn, chosen)).toBe(msisdn);
        expect(parseMsisdn(`+${msisdn}`, chosen)).toBe(msisdn);
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(1_000);
  });

  test("what is read has only digits, a length of E.164, and the country's calling code", () => {
    fc.assert(
      fc.property(phonelike, options, (typed, chosen) => {
        let msisdn: string;
        try {
          msisdn = parseMsisdn(typed, chosen);
        } catch {
          return;
        }
        expect(msisdn).toMatch(/^[1-9]\d{6,14}$/);
        if (chosen.country === undefined) return;
        const { callingCode, nationalDigits } = countries[chosen.country];
        expect(msisdn.startsWith(callingCode)).toBe(true);
        if (!chosen.allowUnusual) expect(msisdn).toHaveLength(callingCode.length + nationalDigits);
      }),
      { numRuns: 20_000 },
    );
  });

  test("a number of one country is refused by every other", () => {
    fc.assert(
      fc.property(
        usual,
        country,
        fc.constantFrom("", "+", "00"),
        fc.boolean(),
        (number, other, prefix, allowUnusual) => {
          fc.pre(other !== number.code);
          const msisdn = prefix + countries[number.code].callingCode + number.national;
          const { message = "" } = issueOf(msisdn, { country: other, allowUnusual }) ?? {};
          expect(message).toContain(countries[number.code].name);
          expect(message).toContain(countries[other].name);
        },
      ),
    );
  });

  test("no error shows the number", () => {
    fc.assert(
      fc.property(phonelike, options, (typed, chosen) => {
        const number = typed.replace(/\D/g, "");
        fc.pre(number.length >= 7);
        try {
          parseMsisdn(typed, chosen);
        } catch (error) {
          const { message, remedy, issues } = error as RequestInvalidError;
          const shown = JSON.stringify({ message, remedy, issues }).replaceAll(maskMsisdn(number), "");
          expect(shown).not.toContain(number);
          expect(shown).not.toContain(number.slice(-5));
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("a number matches its own mask, hash and digits, and no other number's", async () => {
    await fc.assert(
      fc.asyncProperty(usual, usual, async (one, other) => {
        const msisdn = countries[one.code].callingCode + one.national;
        const stranger = countries[other.code].callingCode + other.national;
        const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(msisdn));
        const hash = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        expect(await matchesMsisdn(maskMsisdn(msisdn), msisdn)).toBe(true);
        expect(await matchesMsisdn(hash, msisdn)).toBe(true);
        expect(await matchesMsisdn(msisdn, msisdn)).toBe(true);
        expect(await matchesMsisdn(hash, stranger)).toBe(stranger === msisdn);
        expect(await matchesMsisdn(msisdn, stranger)).toBe(stranger === msisdn);
        expect(await matchesMsisdn(maskMsisdn(msisdn), stranger)).toBe(
          maskMsisdn(msisdn) === maskMsisdn(stranger),
        );
      }),
    );
  });
});
