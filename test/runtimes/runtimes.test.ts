/**
 * The packed package on every runtime that it promises.
 */
import { writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { bundle } from "../../scripts/bundle.js";
import { importName, webStandardSubpaths } from "../support/entries.js";
import { run } from "../support/tarball.js";
import { inMatrix, load, place } from "./matrix.js";

const names = webStandardSubpaths.map(importName);
const modules = `{ ${webStandardSubpaths.map((subpath, index) => `"${subpath}": entry${index}`).join(", ")} }`;
const print = "outcome.then((value) => console.log(JSON.stringify(value)));";

/** Programs that load every web-standard subpath, run the smoke test and print what came of it. */
const esmProgram = [
  ...names.map((name, index) => `import * as entry${index} from "${name}";`),
  `import { smoke } from "./smoke.mjs";`,
  `export const outcome = smoke(${modules});`,
  print,
];
const cjsProgram = [
  ...names.map((name, index) => `const entry${index} = require("${name}");`),
  `const outcome = import("./smoke.mjs").then(({ smoke }) => smoke(${modules}));`,
  print,
];

const expected = {
  statuses: ["succeeded", "succeeded", "request_invalid"],
  executions: 2,
  platformFee: { amount: "200", currency: "UGX" },
};

beforeAll(() => {
  place("smoke.mjs");
  writeFileSync(inMatrix("esm.mjs"), esmProgram.join("\n"));
  writeFileSync(inMatrix("cjs.cjs"), cjsProgram.join("\n"));
});

test.each([
  { runtime: "Node 22", command: ["node_modules/node22/bin/node"] },
  { runtime: "Node 24", command: ["node_modules/node24/bin/node"] },
  { runtime: "Bun", command: ["node_modules/.bin/bun", "run"] },
  { runtime: "Deno", command: ["node_modules/.bin/deno", "run", "--allow-all", "--quiet"] },
])("$runtime: import and require", ({ command: [program = "", ...flags] }) => {
  for (const file of ["esm.mjs", "cjs.cjs"]) {
    const printed = run(inMatrix(program), [...flags, file], inMatrix());
    expect(JSON.parse(printed), file).toEqual(expected);
  }
});

test("edge-runtime: bundled", async () => {
  const { code } = await bundle({
    entryPoints: [inMatrix("esm.mjs")],
    format: "iife",
    globalName: "program",
  });
  const { EdgeRuntime } = load<{ EdgeRuntime: new () => { evaluate(code: string): unknown } }>(
    "edge-runtime",
  );
  const runtime = new EdgeRuntime();
  runtime.evaluate(code);
  expect(JSON.parse(String(await runtime.evaluate("program.outcome.then(JSON.stringify)")))).toEqual(
    expected,
  );
});
