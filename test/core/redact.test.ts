import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redact, redactId } from "../../src/core/redact.js";

const uuid = "8c4f2d57-0f5e-4a53-8a7e-6b8f6d7d0c21";

describe("redact", () => {
  test.each([
    ["", ""],
    [
      "Duplicated reference id. Creation of resource failed.",
      "Duplicated reference id. Creation of resource failed.",
    ],
    ["PAYEE_NOT_ALLOWED_TO_RECEIVE", "PAYEE_NOT_ALLOWED_TO_RECEIVE"],
    [`Resource ${uuid} not found`, `Resource ${uuid} not found`],
    ["Bad Request - Invalid Amount", "Bad Request - Invalid Amount"],
    ["Internationalisierungsmassnahme", "Internationalisierungsmassnahme"],
    ["Payer 254708374149 not found", "Payer 2547****149 not found"],
    ["Payer 0708374149 not found", "Payer ****149 not found"],
    ["msisdn=256772123456", "msisdn=2567****456"],
    ["Amount 12345678 is too high", "Amount 12345678 is too high"],
    ["policies.ratelimit.SpikeArrestViolation", "policies.ratelimit.SpikeArrestViolation"],
  ])("%j becomes %j", (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  // Daraja docs, "Authorization" and error tables, read 2026-11: the refused token stands in the message.
  test.each([
    "Error Occurred - Invalid Access Token - c9SQxWWhmdVRlyh0zh8gZDTkubVF",
    "Error Occurred - Invalid Access Token - Bearer c9SQxWWhmdVRlyh0zh8gZDTkubVF",
    '{"Authorization":"Bearer c9SQxWWhmdVRlyh0zh8gZDTkubVF"}',
    "token=c9SQxWWhmdVRlyh0zh8gZDTkubVF&x=1",
  ])("takes the token out of %j", (text) => {
    expect(redact(text)).not.toMatch(/c9SQ|kubVF/);
    expect(redact(text)).toContain("[REDACTED]");
  });

  const runs = { numRuns: 2_000 };
  const digits = (minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(..."0123456789"), minLength, maxLength });
  const noise = fc.string({ unit: "grapheme", maxLength: 40 });
  const gap = fc.constantFrom(" ", ": ", '"', "(", ", ", "\n");

  test("leaves no nine digits in a row", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(noise, digits(1, 40), gap)), (parts) => {
        expect(redact(parts.join(""))).not.toMatch(/\d{9}/);
      }),
      runs,
    );
  });

  test("leaves no token, whatever stands around it", () => {
    const hexadecimal = fc.string({
      unit: fc.constantFrom(..."0123456789abcdef"),
      minLength: 32,
      maxLength: 64,
    });
    const base64Url = fc.base64String({ minLength: 28, maxLength: 200 });
    const jwt = fc.tuple(base64Url, base64Url, base64Url).map((parts) => parts.join("."));
    const token = fc.oneof(hexadecimal, base64Url, jwt).filter((token) => /\d/.test(token));
    fc.assert(
      fc.property(noise, gap, token, gap, noise, (before, left, token, right, after) => {
        const around = `${before} ${after}`;
        fc.pre(!around.includes(token.slice(0, 8)) && !around.includes(token.slice(-8)));
        const shown = redact(before + left + token + right + after);
        expect(shown).not.toContain(token.slice(0, 8));
        expect(shown).not.toContain(token.slice(-8));
      }),
      runs,
    );
  });

  test("is short, however long the text", () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ mode: "sentences" }), { maxLength: 50 }), (texts) => {
        const text = texts.join(" ");
        const shown = redact(text);
        expect(shown.length).toBeLessThanOrEqual(257);
        if (text.length > 256) expect(shown).toBe(`${text.slice(0, 256)}…`);
      }),
    );
  });

  test("cuts after it has taken out, so that no half of a token is left at the end", () => {
    for (let before = 220; before < 260; before++) {
      const shown = redact(`${"a ".repeat(before / 2)}c9SQxWWhmdVRlyh0zh8gZDTkubVF`);
      expect(shown).not.toContain("c9SQ");
    }
  });

  test("changes nothing when it is done again", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(noise, digits(1, 20), gap)), (parts) => {
        const once = redact(parts.join(""));
        if (once.length <= 256) expect(redact(once)).toBe(once);
      }),
      runs,
    );
  });

  test.each(["a1", "1", "a-", " 1", "[REDACTED]"])("takes a mebibyte of %j without choking on it", (part) => {
    expect(redact(part.repeat(1_048_576 / part.length)).length).toBeLessThanOrEqual(257);
  });
});

describe("redactId", () => {
  // The forms of Daraja's request ids (Daraja docs, samples, read 2026-11)
  test.each([
    "29115-34620561-1",
    "22205-34066-1",
    "1c5b-4ba8-815c-ac45c57a3db01495926",
    "f1e2-4b95-a71d-b30d3cdbb7a7942864",
  ])("shows %s", (id) => {
    expect(redactId(id)).toBe(id);
  });

  test.each([
    ["c9SQxWWhmdVRlyh0zh8gZDTkubVF", "[REDACTED]"],
    ["ca11ab1e0f00d5ca1ab1e5eedfacade1", "[REDACTED]"],
    ["254708374149", "2547****149"],
    ["1-254708374149-1", "1-2547****149-1"],
    ["29115-34620561-1 Bearer c9SQxWWhmdVRlyh0zh8gZDTkubVF", "29115-34620561-1 Bearer [REDACTED]"],
  ])("shows %s as %s", (id, shown) => {
    expect(redactId(id)).toBe(shown);
  });
});
