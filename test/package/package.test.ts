/**
 * The package as an application gets it: packed, installed, imported, required, bundled.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inlinedPackages } from "../../scripts/notices.js";
import * as guard from "../support/built-files.js";
import { entries, importName, subpaths, webStandardSubpaths } from "../support/entries.js";
import { createFolder, install, pack, run, type Tarball } from "../support/tarball.js";

const folder = createFolder();
let tarball: Tarball;

beforeAll(() => {
  tarball = pack(folder.path);
  install(folder.path, tarball.path);
});
afterAll(() => folder.remove());

/** Runs a module in the application's folder and returns the JSON that it prints. */
function runModule(file: string, lines: readonly string[]) {
  writeFileSync(join(folder.path, file), lines.join("\n"));
  return JSON.parse(run(process.execPath, [file], folder.path));
}

/** The names that each subpath exports, loaded by `import` or by `require`. */
function namesOf(format: "mjs" | "cjs", paths: readonly string[]): Record<string, string[]> {
  const load = format === "mjs" ? "await import" : "require";
  return runModule(`names.${format}`, [
    "const names = {};",
    ...paths.map((path) => `names["${path}"] = Object.keys(${load}("${importName(path)}")).sort();`),
    "console.log(JSON.stringify(names));",
  ]);
}

describe("loading", () => {
  test("every web-standard subpath loads without the optional peer, with the same names in ESM and CommonJS", () => {
    const names = namesOf("mjs", webStandardSubpaths);
    expect(Object.keys(names)).toEqual(webStandardSubpaths);
    for (const list of Object.values(names)) expect(list).not.toEqual([]);
    expect(namesOf("cjs", webStandardSubpaths)).toEqual(names);
  });

  test("with the optional peer, the subpaths for Node load too", () => {
    const { peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
    install(folder.path, `undici@${peerDependencies.undici}`);
    const names = namesOf("mjs", subpaths);
    for (const list of Object.values(names)) expect(list).not.toEqual([]);
    expect(namesOf("cjs", subpaths)).toEqual(names);
  });

  test("an error of the ESM copy is recognised by the CommonJS copy and the other way round", () => {
    const seen = runModule("copies.mjs", [
      `import { createRequire } from "node:module";`,
      `import * as esm from "mobile-money";`,
      `const cjs = createRequire(import.meta.url)("mobile-money");`,
      `const thrownBy = (copy) => { try { copy.money("one", "UGX"); } catch (error) { return error; } };`,
      `console.log(JSON.stringify([`,
      `  esm.isMobileMoneyError(thrownBy(cjs)),`,
      `  cjs.isMobileMoneyError(thrownBy(esm)),`,
      `  thrownBy(cjs) instanceof esm.RequestInvalidError,`,
      `  esm.isMobileMoneyError(new Error("other")),`,
      `]));`,
    ]);
    expect(seen).toEqual([true, true, false, false]);
  });

  test.each([
    ["errors.mjs", `const load = (name) => import(name);`],
    ["errors.cjs", `const load = async (name) => require(name);`],
  ])("all subpaths share one copy of each error class (%s)", (file, load) => {
    const shared = runModule(file, [
      load,
      `(async () => {`,
      `  const { RequestInvalidError, ConfigurationError } = await load("mobile-money");`,
      `  const { MtnMomoClient } = await load("mobile-money/mtn-momo");`,
      `  const { quoteRevenue } = await load("mobile-money/fees");`,
      `  const thrownBy = (call) => { try { call(); } catch (error) { return error; } };`,
      `  console.log(JSON.stringify([`,
      `    thrownBy(() => new MtnMomoClient({ environment: "nowhere" })) instanceof ConfigurationError,`,
      `    thrownBy(() => quoteRevenue({ amount: { amount: "one", currency: "UGX" }, providerFee: { percent: "1" } })) instanceof RequestInvalidError,`,
      `  ]));`,
      `})();`,
    ]);
    expect(shared).toEqual([true, true]);
  });
});

describe("types", () => {
  test.each(["application.mts", "application.cts"])(
    "an application compiles against every subpath (%s)",
    (file) => {
      const lines = subpaths.map((path, index) => `import * as entry${index} from "${importName(path)}";`);
      const use = `import { money, type Money } from "mobile-money";\nexport const fee: Money<"UGX"> = money("1", "UGX");`;
      const all = `export const names: object[] = [${subpaths.map((_, index) => `entry${index}`)}];`;
      writeFileSync(join(folder.path, file), [...lines, use, all].join("\n"));
      expect(guard.typeErrors(folder.path, file)).toEqual([]);
    },
  );

  test("planted: a name that is not exported and a wrong currency do not compile", () => {
    const text = `import { nowhere, money, type Money } from "mobile-money";\nexport const x: Money<"KES"> = money("1", "UGX");`;
    writeFileSync(join(folder.path, "planted.mts"), text);
    expect(guard.typeErrors(folder.path, "planted.mts")).toHaveLength(2);
  });

  test("declarations hold no any and no type of another package", () => {
    const files = tarball.files.filter((file) => /\.d\.c?ts$/.test(file));
    expect(files.length).toBeGreaterThanOrEqual(2 * subpaths.length);
    expect(files.flatMap((file) => guard.checkDeclarations(file, readFileSync(file, "utf8")))).toEqual([]);
  });

  test.each([
    "export declare function f(x: any): void;",
    "export type T = Record<string, any>;",
    `import { KyInstance } from "ky";`,
    `export type T = import("zod").ZodType;`,
    `/// <reference types="node" />`,
  ])("planted: %s", (text) => {
    expect(guard.checkDeclarations("planted.d.ts", text)).toHaveLength(1);
  });
});

describe("files", () => {
  test("the package holds what it should and nothing else", () => {
    expect(guard.strayFiles(tarball.files)).toEqual([]);
    const targets = Object.values(entries).flatMap((entry) =>
      Object.values(entry).flatMap(Object.values<string>),
    );
    const promised = targets.map((target) => target.replace("./", ""));
    expect(tarball.files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "THIRD_PARTY_NOTICES", ...promised]),
    );
  });

  test("planted: stray files", () => {
    const planted = [
      "src/index.ts",
      ".env",
      "dist/tsconfig.tsbuildinfo",
      "test/architecture.test.ts",
      "size.json",
    ];
    expect(guard.strayFiles([...planted, "dist/fees/index.d.cts"])).toEqual(planted);
  });

  /** Packages whose code is in built files, as their source maps tell. */
  const inlinedIn = (maps: readonly string[]) =>
    guard.packagesOf(maps.flatMap((map) => JSON.parse(map).sources));
  const mapsOf = (ending: string) =>
    tarball.files.filter((file) => file.endsWith(ending)).map((file) => readFileSync(file, "utf8"));

  test("CommonJS contains the packages of THIRD_PARTY_NOTICES, ESM none", () => {
    expect(inlinedIn(mapsOf(".cjs.map"))).toEqual(inlinedPackages);
    expect(inlinedIn(mapsOf(".js.map"))).toEqual([]);
    expect(inlinedIn(['{ "sources": ["../node_modules/@planted/x/index.js"] }'])).toEqual(["@planted/x"]);
  });
});

describe("bundles", () => {
  const importAll = (subpath: string) => `export * from "${importName(subpath)}";`;
  const mtnHosts = [/mtn\.com/, /Ocp-Apim/i];
  const safaricomHosts = [/safaricom/i, /stkpush/i];
  const httpClients = [/\bfetch\b/, /XMLHttpRequest/, /\bRequest\b/];

  test("one provider does not bring the other", async () => {
    const mtn = await guard.bundleText(folder.path, importAll("./mtn-momo"));
    const mpesa = await guard.bundleText(folder.path, importAll("./mpesa"));
    expect(guard.found(mtn.code, safaricomHosts)).toEqual([]);
    expect(guard.found(mpesa.code, mtnHosts)).toEqual([]);
  });

  test("planted: both providers in one bundle", async () => {
    const { code } = await guard.bundleText(folder.path, importAll("."));
    expect(guard.found(code, mtnHosts)).toHaveLength(mtnHosts.length);
    expect(guard.found(code, safaricomHosts)).toHaveLength(safaricomHosts.length);
  });

  test("./fees holds no HTTP client, no provider and no dependency", async () => {
    const fees = await guard.bundleText(folder.path, importAll("./fees"));
    expect(guard.packagesIn(fees)).toEqual(["mobile-money"]);
    expect(guard.found(fees.code, [...httpClients, ...mtnHosts, ...safaricomHosts])).toEqual([]);
  });

  test("planted: a client beside ./fees", async () => {
    const both = await guard.bundleText(folder.path, `${importAll("./fees")} ${importAll("./mpesa")}`);
    expect(guard.packagesIn(both)).toContain("ky");
    expect(guard.found(both.code, httpClients)).not.toEqual([]);
  });

  test.each(webStandardSubpaths)("%s reaches no module of Node, in ESM and in CommonJS", async (subpath) => {
    expect(guard.builtinsIn(await guard.bundleText(folder.path, importAll(subpath)))).toEqual([]);
    const commonjs = `module.exports = require("${importName(subpath)}");`;
    expect(guard.builtinsIn(await guard.bundleText(folder.path, commonjs))).toEqual([]);
  });

  test("the entries for Node name its modules with `node:`", async () => {
    for (const subpath of subpaths) {
      const builtins = guard.builtinsIn(await guard.bundleText(folder.path, importAll(subpath)));
      expect(builtins.filter((name) => !name.startsWith("node:"))).toEqual([]);
    }
  });

  test("planted: modules of Node", async () => {
    const text = `import "node:fs"; require("crypto"); export const later = () => import("net");`;
    expect(guard.builtinsIn(await guard.bundleText(folder.path, text))).toEqual(["node:fs", "crypto", "net"]);
  });
});
