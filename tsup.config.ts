import { readFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";
import { inlinedPackages } from "./scripts/notices.js";

/** The entries are the `exports` of package.json, so that each public name is written down once. */
const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };

const entry = Object.fromEntries(
  Object.keys(exports)
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => (subpath === "." ? "index" : `${subpath.slice(2)}/index`))
    .map((name) => [name, `src/${name}.ts`]),
);

const shared: Options = {
  entry,
  target: "es2022",
  platform: "neutral",
  splitting: true, // one copy of each error class for all entries, so that instanceof works
  external: [/^node:/],
  removeNodeProtocol: false, // Workers refuse bare names of built-ins, and `sqlite` without `node:` does not exist
  clean: false, // three builds share dist; the script empties it first
};

export default defineConfig([
  { ...shared, format: "esm", sourcemap: true },
  {
    ...shared,
    format: "cjs",
    sourcemap: true,
    noExternal: inlinedPackages,
    treeshake: true, // without it tsup splits CommonJS with sucrase, which lowers `??` and `?.`
  },
  {
    ...shared,
    format: ["esm", "cjs"],
    // `ignoreDeprecations`: tsup hands TypeScript a `baseUrl`, which TypeScript 6 deprecates.
    dts: { only: true, compilerOptions: { types: ["node"], ignoreDeprecations: "6.0" } },
  },
]);
