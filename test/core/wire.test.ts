import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ResponseInvalidError } from "../../src/core/errors.js";
import type { HttpAnswer } from "../../src/core/http.js";
import {
  attempt,
  optionalText,
  readAccessToken,
  readBody,
  textOrNothing,
  wireMoney,
  wireObject,
  wireText,
} from "../../src/core/wire.js";

describe("wireObject", () => {
  test("takes an object as it is", () => {
    const value = { a: 1 };
    expect(wireObject(value)).toBe(value);
  });

  test.each([undefined, null, "text", 5, true, []])("refuses %j", (value) => {
    expect(() => wireObject(value)).toThrow(TypeError);
  });
});

describe("optionalText", () => {
  test.each([
    ["text", "text"],
    ["", ""],
    [0, "0"],
    [254708374149, "254708374149"],
    [-1.5, "-1.5"],
    [undefined, undefined],
    [null, undefined],
  ])("reads %j as %j", (value, text) => {
    expect(optionalText(value)).toBe(text);
  });

  test.each([true, {}, [], ["text"]])("refuses %j", (value) => {
    expect(() => optionalText(value)).toThrow(TypeError);
  });
});

describe("wireText", () => {
  test("reads text and numbers", () => {
    expect([wireText("a"), wireText(0)]).toEqual(["a", "0"]);
  });

  test.each([undefined, null, "", {}, [], false])("refuses %j", (value) => {
    expect(() => wireText(value)).toThrow(TypeError);
  });
});

describe("textOrNothing", () => {
  test.each([
    ["text", "text"],
    ["", ""],
    [5, undefined],
    [null, undefined],
    [undefined, undefined],
    [{}, undefined],
  ])("reads %j as %j", (value, text) => {
    expect(textOrNothing(value)).toBe(text);
  });
});

describe("wireMoney", () => {
  test.each([
    ["100", "EUR", "100"],
    ["100.50", "EUR", "100.5"],
    [100, "UGX", "100"],
    [10.5, "KES", "10.5"],
    ["100.00", "UGX", "100"],
  ])("reads %j %s as %s", (amount, currency, canonical) => {
    expect(wireMoney(amount, currency)).toStrictEqual({ amount: canonical, currency });
  });

  test.each([
    ["100", "XXX"],
    ["100", "eur"],
    ["100", undefined],
    ["100", "toString"],
    [undefined, "EUR"],
    ["", "EUR"],
    ["1e3", "EUR"],
    [1e21, "EUR"],
    ["1,000", "EUR"],
    ["100.5", "UGX"],
    [0.1 + 0.2, "EUR"],
    [{}, "EUR"],
    [true, "EUR"],
  ])("refuses %j %s", (amount, currency) => {
    expect(() => wireMoney(amount, currency)).toThrow(TypeError);
  });
});

describe("readAccessToken", () => {
  test.each([3_600, "3599", 1, "0.5"])("reads a life of %j seconds", (expires_in) => {
    expect(readAccessToken({ access_token: "abc", token_type: "access_token", expires_in })).toStrictEqual({
      accessToken: "abc",
      expiresInSeconds: Number(expires_in),
    });
  });

  test.each([
    0,
    -1,
    "0",
    "-5",
    "",
    "soon",
    undefined,
    null,
    {},
    true,
    "Infinity",
    "1e999",
    Number.POSITIVE_INFINITY,
  ])("refuses a life of %j seconds: it would never be renewed, or at every call", (expires_in) => {
    expect(() => readAccessToken({ access_token: "abc", expires_in })).toThrow(TypeError);
  });

  test.each([undefined, null, "", {}, []])("refuses the token %j", (access_token) => {
    expect(() => readAccessToken({ access_token, expires_in: 3_600 })).toThrow(TypeError);
  });

  test.each([undefined, null, "abc", [], 5])("refuses the body %j", (json) => {
    expect(() => readAccessToken(json)).toThrow(TypeError);
  });
});

describe("readBody", () => {
  const unreadable = new ResponseInvalidError({ message: "unreadable", remedy: "None.", issues: [] });
  const answer = (json: unknown): HttpAnswer => ({ status: 200, headers: new Headers(), json, text: "" });

  test("accepts what can be read, false and zero too", () => {
    for (const value of ["text", 0, false, null]) {
      expect(readBody(answer({}), () => value, unreadable)).toStrictEqual({ kind: "accepted", value });
    }
  });

  test("is unclear about any body that has not the form, and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.constant(undefined)), (json) => {
        const verdict = readBody(
          answer(json),
          (json) => wireText(wireObject(json)["CheckoutRequestID"]),
          unreadable,
        );
        expect(verdict).toStrictEqual({ kind: "unclear", error: unreadable });
      }),
    );
  });
});

describe("attempt", () => {
  test("gives the value, or nothing after a TypeError", () => {
    expect(attempt(() => 5)).toBe(5);
    expect(attempt(() => wireObject(5))).toBeUndefined();
  });

  test("lets other errors through", () => {
    const error = new RangeError("a bug");
    expect(() =>
      attempt(() => {
        throw error;
      }),
    ).toThrow(error);
  });
});
