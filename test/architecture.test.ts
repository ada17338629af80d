import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, test } from "vitest";
import { checkArchitecture } from "./support/architecture.js";
import { importName, sourceOf, subpaths } from "./support/entries.js";
import { readSource } from "./support/source-facts.js";

const listFiles = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(ending))
    .sort();

test("the sources keep the rules of the floors", () => {
  const files = listFiles("src", ".ts").map((path) => readSource(path, readFileSync(`src/${path}`, "utf8")));
  expect(files.length).toBeGreaterThan(20);
  expect(checkArchitecture(files)).toEqual([]);
});

test.each<[rule: string, path: string, text: string]>([
  ["floors", "core/http.ts", `import { x } from "../mpesa/client.js";`],
  ["floors", "core/http.ts", `import type { X } from "../mpesa/client.js";`],
  ["floors", "core/http.ts", `const x = await import("../mpesa/client.js");`],
  ["floors", "core/http.ts", `type X = import("../mpesa/client.js").X;`],
  ["floors", "core/http.ts", `export { x } from "../mpesa/client.js";`],
  ["floors", "mpesa/client.ts", `import { x } from "../mtn-momo/client.js";`],
  ["floors", "mpesa/client.ts", `import { x } from "../fees/quote.js";`],
  ["floors", "mtn-momo/client.ts", `import { x } from "../index.js";`],
  ["floors", "config/resolve.ts", `import { x } from "../webhooks/handler.js";`],
  ["floors", "simulator/core.ts", `import { x } from "../stores/memory/index.js";`],
  ["floors", "index.ts", `import { x } from "./simulator/index.js";`],
  ["floors", "mpesa/client.ts", `import { x } from "../elsewhere/x.js";`],
  ["strangers", "config/resolve.ts", `import { x } from "../mpesa/client.js";`],
  ["strangers", "mobile-money.ts", `import { x } from "./mpesa/client.js";`],
  ["strangers", "mobile-money.ts", `import { x } from "./fees/index.js";`],
  ["strangers", "payments/send.ts", `import { x } from "../mtn-momo/client.js";`],
  ["strangers", "webhooks/handler.ts", `import { x } from "../mpesa/callback.js";`],
  ["strangers", "simulator/routes.ts", `import { x } from "../mpesa/schemas.js";`],
  ["libraries", "mpesa/client.ts", `import ky from "ky";`],
  ["libraries", "mpesa/client.ts", `import * as z from "zod/mini";`],
  ["libraries", "mpesa/schemas.ts", `import * as z from "zod";`],
  ["libraries", "mpesa/schemas.ts", `import { string } from "zod/mini";`],
  ["libraries", "mpesa/schemas.ts", `import z from "zod/mini";`],
  ["libraries", "core/secret.ts", `import { SignJWT } from "jose";`],
  ["libraries", "core/http.ts", `import { fetch } from "undici";`],
  ["libraries", "core/http.ts", `import lodash from "lodash";`],
  ["libraries", "core/http.ts", `const lodash = await import(name);`],
  ["web standards", "mpesa/client.ts", `import { readFileSync } from "node:fs";`],
  ["web standards", "mpesa/client.ts", `import { readFileSync } from "fs";`],
  ["web standards", "node/index.ts", `import { readFileSync } from "fs";`],
  ["web standards", "mpesa/client.ts", `const fs = require("fs");`],
  ["web standards", "mpesa/client.ts", `import fs = require("fs");`],
  ["web standards", "mpesa/client.ts", `const x = Buffer.from("x");`],
  ["web standards", "mpesa/client.ts", `const x = globalThis.Buffer;`],
  ["web standards", "mpesa/client.ts", `const x = globalThis["process"];`],
  ["web standards", "mpesa/client.ts", `const x = { process };`],
  ["web standards", "mpesa/client.ts", `let x: Buffer;`],
  ["web standards", "simulator/core.ts", `import { x } from "./node/listen.js";`],
  ["web standards", "cli.ts", `const x = await import("./simulator/node/index.js");`],
  ["injected world", "core/poll.ts", `setTimeout(f, 1);`],
  ["injected world", "core/poll.ts", `globalThis.setTimeout(f, 1);`],
  ["injected world", "core/poll.ts", `const x = Date.now();`],
  ["injected world", "core/poll.ts", `const x = new Date();`],
  ["injected world", "core/poll.ts", `const x = performance.now();`],
  ["injected world", "core/poll.ts", `const x = AbortSignal.timeout(1);`],
  ["injected world", "core/poll.ts", `const x = Math.random();`],
  ["injected world", "core/poll.ts", `console.log("x");`],
  ["file shape", "core/http.ts", `export default 1;`],
  ["file shape", "core/http.ts", `export default function x() {}`],
  ["file shape", "core/http.ts", `export { x as default };`],
  ["file shape", "core/http.ts", `export * from "./path.js";`],
  ["file shape", "core/http.ts", `export * as path from "./path.js";`],
  ["file shape", "mpesa/index.ts", `import "./client.js";`],
  ["file shape", "core/utils/text.ts", ``],
  ["file shape", "core/text-helpers.ts", ``],
  ["file shape", "core/types.ts", ``],
  ["file shape", "elsewhere/x.ts", ``],
])("planted violation of %s in %s is caught: %s", (rule, path, text) => {
  expect(checkArchitecture([readSource(path, text)]).map((violation) => violation.rule)).toContain(rule);
});

test("a planted file of 351 lines is caught, one of 350 is not", () => {
  const shapeOf = (lines: number) =>
    checkArchitecture([readSource("core/http.ts", "const x = 0;\n".repeat(lines))]);
  expect(shapeOf(351)).toEqual([{ rule: "file shape", path: "core/http.ts", detail: "has 351 lines" }]);
  expect(shapeOf(350)).toEqual([]);
});

test("a planted circle of imports is caught", () => {
  const files = [
    readSource("core/a.ts", `import { b } from "./b.js";`),
    readSource("core/b.ts", `import { c } from "./c.js";`),
    readSource("core/c.ts", `export { a } from "./a.js";`),
  ];
  expect(checkArchitecture(files)).toEqual([
    { rule: "cycles", path: "core/a.ts", detail: "core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts" },
  ]);
});

test.each<[path: string, text: string]>([
  ["core/http.ts", `import ky from "ky"; import { x } from "./path.js"; export { x };`],
  ["core/clock.ts", `setTimeout(f, Date.now() + performance.now());`],
  ["core/uuid.ts", `export const x = Math.random();`],
  ["core/poll.ts", `const x = new Date(0); call.process(); const y = { Buffer: 1, setTimeout() {} };`],
  ["mpesa/schemas.ts", `import * as z from "zod/mini";`],
  ["mpesa/client.ts", `import { x } from "../core/http.js"; import { y } from "./stk.js";`],
  ["config/resolve.ts", `import type { X } from "../mpesa/options.js"; import * as z from "zod/mini";`],
  ["index.ts", `export { x } from "./mobile-money.js"; export { y } from "./mpesa/client.js";`],
  [
    "node/index.ts",
    `import { connect } from "node:net"; import { fetch } from "undici"; export const x = Buffer;`,
  ],
  ["cli/simulate.ts", `import { x } from "../simulator/node/index.js";`],
])("what is allowed in %s is let through: %s", (path, text) => {
  expect(checkArchitecture([readSource(path, text)])).toEqual([]);
});

/** Whether a module's first comment is a `@module` comment that says by which name it is imported. */
const introducesItself = (text: string, name: string) => {
  const [comment = ""] = /^\/\*\*.*?\*\//s.exec(text) ?? [];
  return comment.includes("@module") && comment.includes(`\`${name}\``);
};

test.each(subpaths)("the module of %s introduces itself", (subpath) => {
  expect(introducesItself(readFileSync(sourceOf(subpath), "utf8"), importName(subpath))).toBe(true);
});

test("planted: modules that do not introduce themselves", () => {
  expect(introducesItself("/** Fees: `mobile-money/fees`. @module */", "mobile-money/fees")).toBe(true);
  expect(introducesItself("/** Fees: `mobile-money/fee`. @module */", "mobile-money/fees")).toBe(false);
  expect(introducesItself("/** Fees: `mobile-money/fees`. */", "mobile-money/fees")).toBe(false);
  expect(introducesItself("export {};\n/** Fees: `mobile-money/fees`. @module */", "mobile-money/fees")).toBe(
    false,
  );
});

test("the reference is made of every entry", () => {
  const { entryPoints } = JSON.parse(readFileSync("typedoc.json", "utf8"));
  expect(entryPoints).toEqual(subpaths.map(sourceOf));
});

/** Test files on disk that no vitest project runs. */
const forgotten = (onDisk: readonly string[], run: readonly string[]) =>
  onDisk.filter((file) => !run.includes(file));

test("every test file on disk is run by a project, and every project by an npm script", () => {
  const vitest = ["node_modules/vitest/vitest.mjs", "list", "--filesOnly", "--json"];
  const listed: { file: string; projectName: string }[] = JSON.parse(
    execFileSync(process.execPath, vitest, { encoding: "utf8" }),
  );
  const run = listed.map(({ file }) => relative("test", file).replaceAll("\\", "/"));
  const onDisk = [...listFiles("test", ".test.ts"), ...listFiles("test", ".test-d.ts")];
  expect(forgotten(onDisk, run)).toEqual([]);
  expect(forgotten([...onDisk, "core/planted.test.ts"], run)).toEqual(["core/planted.test.ts"]);

  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const started = [scripts.test, scripts["test:package"], scripts["test:runtimes"]].join(" ");
  for (const project of new Set(listed.map(({ projectName }) => projectName))) {
    expect(started).toContain(`--project ${project}`);
  }
}, 30_000);
