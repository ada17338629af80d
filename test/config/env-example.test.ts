import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { resolveConfig } from "mobile-money/config";
import { expect, test } from "vitest";
import { envExample } from "../../scripts/env-example.js";
import { variables } from "../../src/config/variables.js";
import { mtnMomoMarkets } from "../../src/mtn-momo/markets.js";
import { faultsOf } from "./problems-of.js";

const examples = Object.fromEntries(variables.map(({ name, example }) => [name, example]));

test("the file equals the table: run `npx tsx scripts/env-example.ts` after a change", () => {
  expect(readFileSync(".env.example", "utf8")).toBe(envExample());
});

test("a copy of the file starts, in the sandbox, with no network", () => {
  const env = parseEnv(envExample());
  expect(Object.keys(env).sort()).toEqual(variables.map(({ name }) => name).sort());
  expect(resolveConfig(env)).toEqual({ environment: "sandbox" });
});

test("lines are short, and every variable has its facts", () => {
  const text = envExample();
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
  for (const { name, isSecret, required, example } of variables) {
    const paragraph = text.split("\n\n").find((part) => part.includes(`\n${name}=`)) ?? "";
    expect(paragraph).toContain(`# Example: ${example}\n`);
    expect(paragraph).toContain(required ? `Required ${required}.` : "Optional.");
    expect(paragraph.includes("Secret.")).toBe(isSecret);
  }
});

test("the examples are a good environment", () => {
  expect(faultsOf({ ...examples, MPESA_TILL: "" })).toEqual([]);
  const own = { MPESA_SHORTCODE: "5654321", MPESA_PASSKEY: "7c".repeat(32) };
  expect(faultsOf({ ...examples, ...own, PAYMENT_TEST_MODE: "false" })).toEqual([]);
});

test("names are unique, and sentences end", () => {
  expect(new Set(variables.map(({ name }) => name)).size).toBe(variables.length);
  for (const { meaning } of variables) expect(meaning).toMatch(/^\S.*\.$/);
});

test("the table names every market of MTN's", () => {
  const { meaning = "" } = variables.find(({ name }) => name === "MOMO_PRODUCTION_TARGET_ENVIRONMENT") ?? {};
  const markets = Object.keys(mtnMomoMarkets).filter((name) => name !== "sandbox");
  expect(meaning.match(/\bmtn[a-z]+/g)?.sort()).toEqual(markets.sort());
});
