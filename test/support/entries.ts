import { readFileSync } from "node:fs";

type Conditions = Readonly<Record<"types" | "default", string>>;

/** The package's `exports`, without `./package.json`. */
export const entries: Readonly<
  Record<string, { readonly import: Conditions; readonly require: Conditions }>
> = readEntries();

/** Subpaths of the package, such as `./fees`. */
export const subpaths: readonly string[] = Object.keys(entries);

/** Subpaths that must load wherever there is `fetch` and Web Crypto: all but those for Node alone. */
export const webStandardSubpaths: readonly string[] = subpaths.filter(
  (subpath) => !["./node", "./simulator/node"].includes(subpath),
);

/** The source file of a subpath. */
export function sourceOf(subpath: string): string {
  return subpath === "." ? "src/index.ts" : `src/${subpath.slice(2)}/index.ts`;
}

/** The name by which an application imports a subpath, such as `mobile-money/fees`. */
export function importName(subpath: string): string {
  return subpath.replace(".", "mobile-money");
}

function readEntries() {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const { "./package.json": _itself, ...rest } = exports;
  return rest;
}
