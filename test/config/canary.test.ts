import { inspect } from "node:util";
import fc from "fast-check";
import { resolveConfig } from "mobile-money/config";
import { expect, test } from "vitest";
import { variables } from "../../src/config/variables.js";
import { production, sandbox } from "./environments.js";

/** Everything that a program may print of a value. */
function printed(value: unknown): string {
  const texts = [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
  ];
  if (value instanceof Error) texts.push(value.message, value.stack ?? "", printed({ ...value }));
  return texts.join("\n");
}

/** Ways in which a text may hide in another, and the pieces that nobody should see either. */
function tracesOf(secret: string): string[] {
  const pieces = secret.match(/.{8}/g) ?? [];
  return [secret, btoa(secret), encodeURIComponent(secret), secret.toLowerCase(), ...pieces];
}

function expectNoTrace(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) for (const trace of tracesOf(secret)) expect(text).not.toContain(trace);
}

function errorOf(env: Readonly<Record<string, unknown>>): Error {
  try {
    resolveConfig(env);
  } catch (error) {
    return error as Error;
  }
  throw new Error("resolved");
}

/** A text of its own for each variable, which looks like nothing else. */
const canary = (name: string) => `zq${variables.findIndex((row) => row.name === name)}xk9f3b7c21wvj5hg`;

test("no value of any variable gets into an error, well-formed or not", () => {
  const names = variables.map(({ name }) => name);
  for (const shape of [
    (secret: string) => secret,
    (secret: string) => `${secret} ${secret}`,
    (secret: string) => `"${secret}"`,
    (secret: string) => `<${secret}>`,
    (secret: string) => `your-${secret}`,
    (secret: string) => `https://${secret}.example/${secret}?${secret}#${secret}`,
    (secret: string) => `https://${secret}@127.0.0.1/${secret}`,
    (secret: string) => ({ [secret]: secret }),
    (secret: string) => [secret],
  ]) {
    for (const mode of [{}, { PAYMENT_TEST_MODE: "true" }, { PAYMENT_TEST_MODE: "false" }]) {
      const bound = Object.fromEntries(names.map((name) => [name, shape(canary(name))]));
      const error = errorOf({ ...bound, ...mode });
      expectNoTrace(printed(error), names.map(canary));
    }
  }
});

test("no secret gets into an error when another variable is wrong", () => {
  const wrong = fc.constantFrom(...variables.map(({ name }) => name));
  const value = fc.constantFrom("changeme", "two words", "https://evil.example", 7, "");
  fc.assert(
    fc.property(fc.constantFrom(sandbox, production), wrong, value, (good, name, bad) => {
      const secrets = variables
        .filter((variable) => variable.isSecret && variable.name !== name)
        .flatMap((variable) => good[variable.name] ?? []);
      try {
        resolveConfig({ ...good, [name]: bad });
      } catch (error) {
        expectNoTrace(printed(error), secrets);
      }
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["sandbox", sandbox],
  ["production", production],
])("the result prints no secret: %s", (_environment, env) => {
  const secrets = variables.filter(({ isSecret }) => isSecret).flatMap(({ name }) => env[name] ?? []);
  expect(secrets.length).toBeGreaterThan(6);
  const config = resolveConfig(env);
  expectNoTrace(printed(config), secrets);
  expectNoTrace(JSON.stringify(structuredClone({ ...config.mpesa })), secrets);
  expect(printed(config)).toContain("[REDACTED]");
});

test("planted: a printed secret is found", () => {
  const secret = canary("MPESA_PASSKEY");
  for (const leak of [
    secret,
    { a: [{ b: secret }] },
    new Error(btoa(secret)),
    new Error("x", { cause: secret }),
  ]) {
    expect(() => expectNoTrace(printed(leak), [secret])).toThrow();
  }
});
