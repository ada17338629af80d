import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { type CountryCode, countries } from "../../src/core/countries.js";
import { parseMsisdn } from "../../src/core/msisdn.js";

/**
 * Google's metadata as a second opinion. It knows which blocks are in use; our table knows which are kept for mobile
 * service, so ours may take more, but never a number that Google knows as something else.
 */

const table = Object.entries(countries) as [CountryCode, (typeof countries)["KE"]][];

function ours(typed: string, country: CountryCode): string | undefined {
  try {
    return `+${parseMsisdn(typed, { country })}`;
  } catch {
    return undefined;
  }
}

/** What Google takes an international number for: its E.164 form and its type; no type when it is not in use. */
function theirs(international: string): { number?: string; type?: string } {
  const phone = parsePhoneNumberFromString(international);
  if (!phone) return {};
  const type = phone.getType();
  return { number: phone.number, ...(type !== undefined && { type }) };
}

/** Mobile numbers of Google that our table calls unusual, on purpose. */
const weRefuse: { country: CountryCode; national: RegExp; because: string }[] = [
  { country: "ZA", national: /^(?:19[12]|50[0-2])/, because: "numbers of machines, which hold no wallet" },
  { country: "ZA", national: /^87/, because: "internet telephony, in blocks that Google counts as mobile" },
  { country: "ZA", national: /^08[1-4]/, because: "Google drops the zero and keeps a short number" },
];

/** Ways to write a usual number that Google does not read, or reads otherwise. */
const theyMisread: { country: CountryCode; form: string; because: string }[] = [
  { country: "KE", form: "00", because: "inside Kenya 000 is dialled for abroad" },
  { country: "UG", form: "00", because: "inside Uganda 000 and the like are dialled for abroad" },
  { country: "NG", form: "00", because: "inside Nigeria 009 is dialled for abroad" },
];

describe("beside libphonenumber", () => {
  test.each(table)("%s: every block of three digits is judged alike", (country, plan) => {
    const disagreements: string[] = [];
    let agreed = 0;
    for (let block = 0; block < 1_000; block += 1) {
      for (const rest of ["0000000", "1234567", "9876543"]) {
        const national = String(block).padStart(3, "0") + rest.slice(0, plan.nationalDigits - 3);
        const international = `+${plan.callingCode}${national}`;
        const mine = ours(international, country);
        const { number, type } = theirs(international);
        const isMobile = type === "MOBILE" || type === "FIXED_LINE_OR_MOBILE";
        const isKnown = weRefuse.some((known) => known.country === country && known.national.test(national));
        if (mine !== undefined && isMobile && mine === number) agreed += 1;
        else if (mine !== undefined && type !== undefined) disagreements.push(`${international} is ${type}`);
        else if (mine === undefined && isMobile && !isKnown)
          disagreements.push(`${international} is refused`);
      }
    }
    expect(disagreements).toStrictEqual([]);
    expect(agreed).toBeGreaterThan(10);
  });

  test.each(table)(
    "%s: usual numbers have the same E.164 form, however they are written",
    (country, plan) => {
      const usual = fc
        .constantFrom(...plan.mobilePrefixes)
        .chain((prefix) =>
          fc
            .stringMatching(new RegExp(`^\\d{${plan.nationalDigits - prefix.length}}$`))
            .map((rest) => prefix + rest),
        );
      const misread = theyMisread.filter((known) => known.country === country).map((known) => known.form);
      fc.assert(
        fc.property(usual, (national) => {
          const international = plan.callingCode + national;
          fc.pre(theirs(`+${international}`).type !== undefined);
          const forms = {
            local: plan.trunkPrefix + national,
            bare: national,
            "+": `+${international}`,
            "00": `00${international}`,
            "calling code": international,
          };
          for (const [form, typed] of Object.entries(forms)) {
            expect(ours(typed, country)).toBe(`+${international}`);
            if (misread.includes(form)) continue;
            expect(parsePhoneNumberFromString(typed, country)?.number).toBe(`+${international}`);
          }
        }),
      );
    },
  );

  test.each(weRefuse)("$country still differs: $because", ({ country, national }) => {
    const { callingCode, nationalDigits } = countries[country];
    let seen = 0;
    for (let block = 0; block < 10_000; block += 1) {
      const number = String(block).padStart(4, "0") + "987654".slice(0, nationalDigits - 4);
      if (!national.test(number)) continue;
      const { type } = theirs(`+${callingCode}${number}`);
      if (type === "MOBILE" && ours(number, country) === undefined) seen += 1;
    }
    expect(seen).toBeGreaterThan(0);
  });

  test.each([
    ["KE", "00254712345678"],
    ["UG", "00256772123456"],
    ["NG", "002348031234567"],
  ] as const)("%s still differs: Google does not read %s", (country, typed) => {
    expect(ours(typed, country)).toBe(`+${typed.slice(2)}`);
    expect(parsePhoneNumberFromString(typed, country)?.number).not.toBe(`+${typed.slice(2)}`);
  });
});
