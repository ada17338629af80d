import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defined } from "../../src/core/defined.js";

describe("defined", () => {
  test("leaves out undefined alone", () => {
    const fields = { a: undefined, b: null, c: 0, d: "", e: false, f: Number.NaN };
    expect(defined(fields)).toStrictEqual({ b: null, c: 0, d: "", e: false, f: Number.NaN });
  });

  test("copies, and leaves the original as it is", () => {
    const fields = { a: 1, b: undefined };
    expect(defined(fields)).not.toBe(fields);
    expect(fields).toStrictEqual({ a: 1, b: undefined });
  });

  test("gives what JSON keeps", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.option(fc.jsonValue(), { nil: undefined })), (fields) => {
        fc.pre(!Object.hasOwn(fields, "__proto__"));
        expect(JSON.stringify(defined(fields))).toBe(JSON.stringify(fields));
      }),
    );
  });
});
