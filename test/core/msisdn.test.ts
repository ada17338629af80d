import { describe, expect, test } from "vitest";
import type { CountryCode } from "../../src/core/countries.js";
import { RequestInvalidError } from "../../src/core/errors.js";
import { maskMsisdn, matchesMsisdn, parseMsisdn } from "../../src/core/msisdn.js";
import { foreign, invalid, notMobile, notOurs, valid } from "../fixtures/phone-numbers.js";
import { countryCodes, issueOf } from "../support/msisdn.js";

/** Refused whatever the options. */
const nonsense: unknown[] = [
  ...[
    "",
    " ",
    "+",
    "00",
    "()",
    "-",
    "+ ",
    "++254712345678",
    "+00254712345678",
    "254712345678+",
    "254+712345678",
  ],
  ...["0712 345 67B", "O712345678", "phone", "0712345678x9", "0712345678 ext 9", "tel:+254712345678"],
  ...["٠٧١٢٣٤٥٦٧٨", "०७१२३४५६७८", "０７１２３４５６７８", "+٢٥٤712345678", "⁷12345678"],
  ...["0712/345/678", "0712,345,678", "0712_345_678", "0712;345678", "0712\n345678", "0712\t345678"],
  ...["0712–345–678", "\u202a+254712345678\u202c", "0712\u200b345678", "07123\u00005678", "a@b.example"],
  ...["1e11", "0x254712345678", "254712345678n", "2.54712345678e11"],
  ...[
    undefined,
    null,
    254712345678,
    254712345678n,
    true,
    {},
    [],
    ["254712345678"],
    new String("254712345678"),
  ],
];

const rows = <Row>(table: Record<CountryCode, Row[]>): [CountryCode, Row][] =>
  countryCodes.flatMap((country) => table[country].map((row): [CountryCode, Row] => [country, row]));

describe("parseMsisdn with a country", () => {
  test("is tried with at least 200 numbers", () => {
    expect(rows(valid).length + rows(invalid).length).toBeGreaterThanOrEqual(200);
  });

  test.each(rows(valid))("%s: %s", (country, [typed, msisdn]) => {
    expect(parseMsisdn(typed, { country })).toBe(msisdn);
    expect(parseMsisdn(typed, { country, allowUnusual: true })).toBe(msisdn);
  });

  test.each(rows(invalid))("%s refuses %s", (country, [typed, message]) => {
    const issue = issueOf(typed, { country, field: "payer" });
    expect(issue?.field).toBe("payer");
    expect(issue?.message).toMatch(message);
  });

  test("names the field msisdn unless told otherwise", () => {
    expect(issueOf("x", { country: "KE" })?.field).toBe("msisdn");
  });

  test.each(["XX", "ke", "", "toString", 254])("refuses the country %j", (country) => {
    const issue = issueOf("0712345678", { country: country as CountryCode });
    expect(issue).toMatchObject({ field: "country", message: "is not a known country" });
  });

  test("says what a number of the country looks like", () => {
    expect(issueOf("0202345678", { country: "KE" })?.message).toBe(
      "****678 is not a mobile number of Kenya (+254): none begins like it",
    );
    expect(issueOf("25471234567", { country: "KE" })?.message).toBe(
      "2547****567 is not a mobile number of Kenya (+254): it has 8 digits after the calling code, not 9",
    );
    expect(issueOf("12345", { country: "KE" })?.remedy).toBe("Write a number of Kenya: +254 and 9 digits.");
  });
});

describe("parseMsisdn and nonsense", () => {
  test.each(nonsense)("refuses case %#: %o", (input) => {
    for (const options of [{}, { country: "KE" }, { country: "KE", allowUnusual: true }] as const) {
      expect(issueOf(input, options)?.message.length).toBeLessThan(120);
    }
  });

  test("refuses a megabyte in no time, and does not repeat it", () => {
    for (const text of ["7".repeat(1_000_000), " ".repeat(1_000_000), `${"-".repeat(1_000_000)}x`]) {
      const issue = issueOf(text, { country: "KE", allowUnusual: true });
      expect(issue?.message.length).toBeLessThan(120);
    }
  });
});

describe("parseMsisdn without a country", () => {
  test.each([
    ["+254 712 345 678", "254712345678"],
    ["00254712345678", "254712345678"],
    ["254712345678", "254712345678"],
    ["+254 (0)712 345 678", "254712345678"],
    ["27831234567", "27831234567"],
    ["242066123456", "242066123456"],
    ["46733123450", "46733123450"],
    ["+46 73 312 34 50", "46733123450"],
    ["+1 (415) 555-2671", "14155552671"],
    ["+29012345", "29012345"],
    ["999999999999999", "999999999999999"],
  ])("reads %s", (typed, msisdn) => {
    expect(parseMsisdn(typed)).toBe(msisdn);
  });

  test.each(["0712345678", "0712 345 678", "+0712345678", "000254712345678", "1234567", "1234567890123456"])(
    "refuses %s",
    (typed) => {
      expect(issueOf(typed)?.remedy).toMatch(/calling code.*or name the country/);
    },
  );

  test.each([
    ["+25471234567", /is not a mobile number of Kenya/],
    ["254202345678", /is not a mobile number of Kenya/],
    ["2331234567", /is not a mobile number of Ghana/],
    ["233123456", /is not a mobile number of Ghana/],
    ["27123456", /is not a mobile number of South Africa/],
  ])("holds %s to the plan of its country", (typed, message) => {
    expect(issueOf(typed)?.message).toMatch(message);
  });
});

describe("parseMsisdn of unusual numbers", () => {
  test.each<[string, CountryCode | undefined, string]>([
    ["0202345678", "KE", "254202345678"],
    ["202345678", "KE", "254202345678"],
    ["+254202345678", "KE", "254202345678"],
    ["+2547123456789", "KE", "2547123456789"],
    ["2547123456789", "KE", "2547123456789"],
    ["25471234567", "KE", "25471234567"],
    ["+254123456789012", "KE", "254123456789012"],
    ["+2546123", "KE", "2546123"],
    ["+231 6123 456", "LR", "2316123456"],
    ["22997123456", "BJ", "22997123456"],
    ["25471234567", undefined, "25471234567"],
    ["+254202345678", undefined, "254202345678"],
  ])("takes %s for %s as %s", (typed, country, msisdn) => {
    expect(parseMsisdn(typed, { country, allowUnusual: true })).toBe(msisdn);
    expect(issueOf(typed, { country })).toBeDefined();
  });

  test.each<[string, CountryCode | undefined, RegExp]>([
    ["+256772123456", "KE", foreign("Uganda", "Kenya")],
    ["256772123456", "KE", foreign("Uganda", "Kenya")],
    ["07123456789", "KE", notOurs],
    ["71234567", "KE", notOurs],
    ["+255712345678", "KE", notOurs],
    ["+254123", "KE", notMobile],
    ["+254 0071234567", "KE", notMobile],
    ["+2541234567890123", "KE", notMobile],
    ["0712345678", undefined, /is not an international number/],
    ["1234567", undefined, /is not an international number/],
  ])("still refuses %s for %s", (typed, country, message) => {
    expect(issueOf(typed, { country, allowUnusual: true })?.message).toMatch(message);
  });

  test("refuses a number that would be read as a local one the next time", () => {
    expect(parseMsisdn("233123456", { country: "GH" })).toBe("233233123456");
    expect(issueOf("+233123456", { country: "GH", allowUnusual: true })).toBeDefined();
  });
});

describe("parseMsisdn, told apart by length", () => {
  test.each<[CountryCode, string, string]>([
    ["GH", "233123456", "233233123456"],
    ["GH", "0233123456", "233233123456"],
    ["GH", "233233123456", "233233123456"],
    ["CM", "237677123456", "237677123456"],
    ["SS", "0912112345", "211912112345"],
    ["NG", "8123412345", "2348123412345"],
    ["ZA", "27721234567", "27721234567"],
    ["ZA", "727123456", "27727123456"],
    ["CG", "012345678", "242012345678"],
  ])("%s: %s", (country, typed, msisdn) => {
    expect(parseMsisdn(typed, { country })).toBe(msisdn);
  });
});

describe("maskMsisdn", () => {
  test.each([
    ["254708374149", "2547****149"],
    ["+254 708 374 149", "2547****149"],
    ["26876123456", "2687****456"],
    ["0712345678", "****678"],
    ["712345678", "****678"],
    ["1234567", "****567"],
    ["123456", "****"],
    ["123", "****"],
    ["", "****"],
    ["no digits", "****"],
  ])("%j is shown as %s", (msisdn, shown) => {
    expect(maskMsisdn(msisdn)).toBe(shown);
  });
});

describe("matchesMsisdn", () => {
  const msisdn = "254708374149";
  // printf 254708374149 | sha256sum
  const hash = "bbff37cea44ac0b2d964ee0dfb8d2df8513dc7ba1b36129a929fc3fbd6dd4af4";

  test.each([
    hash,
    hash.toUpperCase(),
    "2547 ***** 149",
    "2547*****149",
    "2547****149",
    "2547*149",
    "254***149",
    "254708***149",
    "254708374149",
    "+254708374149",
    "254 708 374 149",
  ])("%s can be it", async (claim) => {
    expect(await matchesMsisdn(claim, msisdn)).toBe(true);
    expect(await matchesMsisdn(claim, "+254 708 374 149")).toBe(true);
  });

  test.each([
    ...["", " ", "*", "*****", "**** *****", "+", "-", "null", "undefined"],
    ...["2547*****", "*****149", "2547 *****", "***** 149", "25*****149", "2547*****49"],
    ...["2547 ***** 126", "2546 ***** 149", "2547*****1490", "12547*****149"],
    ...["2547*37*149", "2547 ***** 149 *", "2547xxxxx149", "2547.....149", "2547 ***** 149\n"],
    ...["254708374148", "0708374149", "708374149", "254708374", "8374149", "149", "2547083741490"],
    ...["254708*374149", "254708374*374149", "254708374149*149", "254*254708374149", "25470837414*149"],
    ...[hash.slice(1), `${hash}0`, `0${hash.slice(1)}`, `0x${hash.slice(2)}`, `${hash} `.padStart(66)],
    "0".repeat(64),
    "*".repeat(64),
    // printf 0708374149 | sha256sum, and the number with a plus: not what Safaricom hashes
    "c55f98a725ccd3df76d20690a64f76cf29de75fa4c0494d1a8770150b2c923c7",
    "a1737b2b67fc92c07edff9e96b9a7fe4a0bfb297eea676e80041a539fb2a18b7",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  ])("%s cannot be it", async (claim) => {
    expect(await matchesMsisdn(claim, msisdn)).toBe(false);
  });

  test.each(["0708374149", "", "x"])("wants a number with its calling code, not %j", async (local) => {
    await expect(matchesMsisdn(hash, local)).rejects.toThrow(RequestInvalidError);
  });

  test("works for a number of unusual length", async () => {
    expect(await matchesMsisdn("2547 *** 567", "25471234567")).toBe(true);
  });
});
