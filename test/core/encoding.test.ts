import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64, sha256Hex } from "../../src/core/encoding.js";

describe("base64", () => {
  // RFC 4648, section 10
  test.each([
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
    ["clé", "Y2zDqQ=="],
    ["😀", "8J+YgA=="],
  ])("of %j is %s", (text, encoded) => {
    expect(base64(text)).toBe(encoded);
  });

  test("takes a long text", () => {
    expect(base64("x".repeat(100_000))).toHaveLength(133_336);
  });

  test("reads back as the UTF-8 bytes of the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const bytes = Uint8Array.from(atob(base64(text)), (character) => character.charCodeAt(0));
        expect(bytes).toEqual(new TextEncoder().encode(text));
      }),
    );
  });
});

describe("sha256Hex", () => {
  // FIPS 180-4 examples
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ])("of %j", async (text, digest) => {
    expect(await sha256Hex(text)).toBe(digest);
  });

  test("is 64 lower-case digits, whatever the text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        expect(await sha256Hex(text)).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
  });
});
