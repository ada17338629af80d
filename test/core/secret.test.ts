import { describe, expect, test } from "vitest";
import { isSecretGiven, revealSecret, Secret, type SecretInput } from "../../src/core/secret.js";

const value = "canary-4c1f9b";
const shown = "[REDACTED]";

describe("Secret", () => {
  const secret = new Secret(value);

  test("gives its value when it is asked", () => {
    expect(secret.reveal()).toBe(value);
  });

  test.each<[string, () => unknown]>([
    ["String()", () => String(secret)],
    ["a template", () => `${secret}`],
    ["concat", () => "".concat(secret as unknown as string)],
    ["JSON", () => JSON.parse(JSON.stringify(secret))],
    ["join", () => [secret].join()],
  ])("shows [REDACTED] to %s", (_label, show) => {
    expect(show()).toBe(shown);
  });

  test("shows [REDACTED] inside other values", () => {
    expect(JSON.stringify({ apiKey: secret, list: [secret] })).toBe(
      `{"apiKey":"${shown}","list":["${shown}"]}`,
    );
  });

  test("has nothing to read, list or copy", () => {
    expect(Object.keys(secret)).toEqual([]);
    expect({ ...secret }).toEqual({});
    for (const key of Reflect.ownKeys(secret)) {
      expect(String(Reflect.get(secret, key))).not.toContain(value);
    }
    expect(JSON.stringify(structuredClone({ ...secret }))).toBe("{}");
  });

  test("tells util.inspect what to show", () => {
    const inspect = Reflect.get(secret, Symbol.for("nodejs.util.inspect.custom")) as () => unknown;
    expect(inspect.call(secret)).toBe(shown);
  });

  test("is not told by the error of a method that is called on something else", () => {
    const stolen = Secret.prototype.reveal;
    expect(() => stolen.call({} as Secret)).toThrow(TypeError);
  });
});

/** A secret made by a second copy of the package, such as the CommonJS one beside the ES module. */
async function secretOfAnotherCopy(): Promise<Secret> {
  const copy: typeof import("../../src/core/secret.js") = await import(
    "../../src/core/secret.js?copy" as string
  );
  expect(copy.Secret).not.toBe(Secret);
  return new copy.Secret(value);
}

describe("revealSecret", () => {
  test.each<[string, SecretInput]>([
    ["plain text", value],
    ["a Secret", new Secret(value)],
    ["a function", async () => value],
  ])("reads %s", async (_label, input) => {
    expect(await revealSecret(input)).toBe(value);
  });

  test("calls a function each time, so that it may rotate", async () => {
    let calls = 0;
    const input = async () => `key-${++calls}`;
    expect([await revealSecret(input), await revealSecret(input)]).toEqual(["key-1", "key-2"]);
  });

  test("reads a Secret of another copy of the package", async () => {
    expect(await revealSecret(await secretOfAnotherCopy())).toBe(value);
  });
});

describe("isSecretGiven", () => {
  test.each<[string, SecretInput]>([
    ["plain text", value],
    ["a Secret", new Secret(value)],
    ["a function, which is not called", () => Promise.reject(new Error("called"))],
  ])("takes %s", (_label, input) => {
    expect(isSecretGiven(input)).toBe(true);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["empty text", ""],
    ["white space", " \n"],
    ["an empty Secret", new Secret("")],
    ["a Secret of white space", new Secret(" ")],
    ["a Secret of a variable that is not set", new Secret(undefined as unknown as string)],
    ["a number", 5],
    ["an object", {}],
  ])("refuses %s", (_label, input) => {
    expect(isSecretGiven(input as SecretInput)).toBe(false);
  });

  test("takes a Secret of another copy of the package", async () => {
    expect(isSecretGiven(await secretOfAnotherCopy())).toBe(true);
  });
});
