import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  type CallbackFacts,
  type CallbackUrl,
  type CallbackUrlRules,
  callbackUrlProblems,
  fixedUrlProblems,
  resolveCallbackUrl,
} from "../../src/core/callback-url.js";
import { failure, rejection } from "../support/failure.js";

// The words that Safaricom forbids (Daraja docs, "Register URL", read 2026-11)
const forbiddenWords = /m-?pesa|safaricom|exec?|cmd|sql|query/i;

const sandbox: CallbackUrlRules = { httpsOnly: false, isLocal: false };
const production: CallbackUrlRules = { httpsOnly: true, isLocal: false };
const local: CallbackUrlRules = { httpsOnly: true, isLocal: true };
const daraja: CallbackUrlRules = { ...production, forbiddenWords };

const faultOf = (url: string, rules: CallbackUrlRules) => callbackUrlProblems(url, rules)[0]?.message;

describe("callbackUrlProblems", () => {
  test.each([
    "https://shop.example/hooks",
    "https://shop.example:8443/hooks/8c4f2d57?order=1042",
    "https://pay.shop.example",
    "https://xn--bcher-kva.example/hooks",
    "HTTPS://SHOP.EXAMPLE/",
  ])("takes %j everywhere", (url) => {
    for (const rules of [sandbox, production, local, daraja])
      expect(callbackUrlProblems(url, rules)).toEqual([]);
  });

  test("takes http outside production, and for a simulator on this machine", () => {
    const url = "http://shop.example/hooks";
    expect(faultOf(url, sandbox)).toBeUndefined();
    expect(faultOf(url, local)).toBeUndefined();
    expect(faultOf(url, production)).toBe("is not https");
  });

  test.each([
    "http://127.0.0.1:3000/hooks",
    "http://localhost:3000/hooks",
    "http://[::1]:3000/hooks",
    "http://shop/hooks",
  ])("takes %j for a simulator on this machine alone", (url) => {
    expect(faultOf(url, local)).toBeUndefined();
    for (const rules of [sandbox, production, daraja]) expect(faultOf(url, rules)).toBeDefined();
  });

  test.each([
    "https://localhost/hooks",
    "https://localhost./hooks",
    "https://shop.localhost/hooks",
    "https://shop/hooks",
    "https://127.0.0.1/hooks",
    "https://127.1/hooks",
    "https://2130706433/hooks",
    "https://0x7f000001/hooks",
    "https://0177.0.0.1/hooks",
    "https://127.0.0.1./hooks",
    "https://0/hooks",
    "https://10.0.0.1/hooks",
    "https://192.168.1.1/hooks",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/hooks",
    "https://[::ffff:127.0.0.1]/hooks",
    "https://[fd00::1]/hooks",
    "https://[fe80::1]/hooks",
  ])("refuses %j, which names no public host", (url) => {
    expect(faultOf(url, production)).toBe("names no public host");
    expect(faultOf(url, sandbox)).toBe("names no public host");
  });

  test.each([
    ["", "is not a URL"],
    ["shop.example/hooks", "is not a URL"],
    ["/hooks", "is not a URL"],
    ["https://", "is not a URL"],
    [" https://shop.example/hooks", "is not a URL"],
    ["https://shop.example/hooks ", "is not a URL"],
    ["https://shop.example/ho\noks", "is not a URL"],
    ["https://shop.example/hooks\r\nX-Other: 1", "is not a URL"],
    ["https://shop.example/ho oks", "is not a URL"],
    // A header holds ASCII; the rest is written in Punycode and with percent signs.
    ["https://shop.example/支付", "is not a URL"],
    ["https://bücher.example/hooks", "is not a URL"],
    ["https://①②⑦.⓪.⓪.①/hooks", "is not a URL"],
    ["https://shop.example/\u007f", "is not a URL"],
    ["https://user@shop.example/hooks", "has credentials or a fragment"],
    ["https://user:password@shop.example/hooks", "has credentials or a fragment"],
    ["https://shop.example@evil.example/hooks", "has credentials or a fragment"],
    ["https://shop.example/hooks#part", "has credentials or a fragment"],
    ["ftp://shop.example/hooks", "is not https"],
    ["file:///hooks", "is not https"],
    ["javascript:alert(1)", "is not https"],
    ["data:text/plain,1", "is not https"],
    [`https://shop.example/${"a".repeat(2_000)}`, "is longer than 2000 characters"],
  ])("refuses %j, even for a simulator on this machine", (url, message) => {
    for (const rules of [sandbox, production, local, daraja]) {
      expect(callbackUrlProblems(url, rules)).toEqual([
        { field: "callbackUrl", message, remedy: expect.any(String) },
      ]);
    }
  });

  test.each([
    ["https://shop.example/mpesa", "mpesa"],
    ["https://shop.example/M-PESA/result", "M-PESA"],
    ["https://mpesa.shop.example/", "mpesa"],
    ["https://shop.example/?q=Safaricom", "Safaricom"],
    ["https://shop.example/hooks.exe", "exe"],
    ["https://shop.example/execute", "exec"],
    ["https://shop.example/cmd", "cmd"],
    ["https://shop.example/mySQLhook", "SQL"],
    ["https://shop.example/query", "query"],
    ["https://shop.example/hooks/aGVsbG8tZXhlYw-exe9", "exe"],
  ])("refuses %j for its word", (url, word) => {
    expect(faultOf(url, daraja)).toBe(`has the word "${word}", which the provider refuses`);
    expect(faultOf(url, production)).toBeUndefined();
  });

  test("takes no address whose text, as it is sent, has a forbidden word", () => {
    const word = fc.constantFrom("mpesa", "M-Pesa", "safaricom", "EXE", "cmd", "sql", "Query");
    const piece = fc.oneof(word, fc.constantFrom("/", "..", ".", "?", "a", "%2e%2e", "\\", "hooks"));
    const url = fc.array(piece, { maxLength: 6 }).map((pieces) => `https://shop.example/${pieces.join("")}`);
    fc.assert(
      fc.property(url, (url) => {
        if (callbackUrlProblems(url, daraja).length === 0) expect(url).not.toMatch(forbiddenWords);
      }),
      { numRuns: 2_000 },
    );
  });

  test("has an answer for any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.webUrl()), (url) => {
        expect(callbackUrlProblems(url, daraja).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("fixedUrlProblems", () => {
  test.each([undefined, () => "http://localhost", async () => "", { mint: async () => "" }])(
    "says nothing about %s, which is not known before it is made",
    (source) => {
      expect(fixedUrlProblems(source, daraja)).toEqual([]);
    },
  );

  test("says of a plain address what is wrong with it", () => {
    expect(fixedUrlProblems("https://shop.example/hooks", daraja)).toEqual([]);
    expect(fixedUrlProblems("https://shop.example/mpesa", daraja)).toHaveLength(1);
  });

  test.each([null, 5, {}, [], "", new URL("https://shop.example/hooks")])("refuses %j", (source) => {
    expect(fixedUrlProblems(source as CallbackUrl, daraja)).toMatchObject([{ field: "callbackUrl" }]);
  });
});

describe("resolveCallbackUrl", () => {
  const facts: CallbackFacts = {
    provider: "mpesa",
    operation: "stk.push",
    purpose: "result",
    reference: "8c4f2d57-0f5e-4a53-8a7e-6b8f6d7d0c21",
    environment: "sandbox",
    amount: { amount: "10", currency: "KES" },
    party: "254708374149",
  };
  const url = "https://shop.example/hooks";

  test.each<[string, CallbackUrl]>([
    ["text", url],
    ["a function", () => url],
    ["an async function", async () => url],
    ["a minter", { mint: async () => url }],
  ])("takes %s", async (_label, source) => {
    expect(await resolveCallbackUrl(source, facts, daraja)).toBe(url);
  });

  test("gives the facts to what makes the address, and calls a minter as a method", async () => {
    const make = vi.fn(() => url);
    await resolveCallbackUrl(make, facts, daraja);
    expect(make.mock.calls).toEqual([[facts]]);
    const minter = {
      base: url,
      async mint({ reference }: CallbackFacts) {
        return `${this.base}/${reference}`;
      },
    };
    expect(await resolveCallbackUrl(minter, facts, daraja)).toBe(`${url}/${facts.reference}`);
  });

  test.each<[string, unknown]>([
    ["a bad address", "http://localhost/mpesa"],
    ["a function that gives a bad address", () => "http://localhost/mpesa"],
    ["a function that gives nothing", () => undefined],
    ["a function that gives a number", async () => 5],
    ["a minter that gives nothing", { mint: async () => undefined }],
    ["null", null],
    ["a number", 5],
    ["an object without mint", {}],
    ["a URL object", new URL(url)],
  ])("refuses %s by its field", async (_label, source) => {
    const error = await failure(resolveCallbackUrl(source as CallbackUrl, facts, daraja));
    expect(error).toMatchObject({
      code: "request_invalid",
      provider: "mpesa",
      issues: [{ field: "callbackUrl" }],
    });
  });

  test("lets an error of the application's own function through", async () => {
    const error = new Error("no keys");
    const thrown = await rejection(resolveCallbackUrl(() => Promise.reject(error), facts, daraja));
    expect(thrown).toBe(error);
  });
});
