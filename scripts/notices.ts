/**
 * Writes THIRD_PARTY_NOTICES from the installed licences of what the CommonJS build contains.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isMain } from "./is-main.js";

/** ESM-only dependencies that the CommonJS build contains, so that `require` works under Jest and on old loaders. */
export const inlinedPackages: string[] = ["ky"];

/** What THIRD_PARTY_NOTICES must say about these packages; a test compares. */
export function notices(packages: readonly string[], modules = "node_modules"): string {
  const sections = packages.map((name) => {
    const folder = `${modules}/${name}`;
    const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const licence = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
    if (licence === undefined) throw new Error(`${name} ships no licence text`);
    return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${licence}`, "utf8").trim()}\n`;
  });
  return ["The CommonJS files of this package contain the packages below.\n", ...sections].join(
    `\n${"-".repeat(80)}\n\n`,
  );
}

if (isMain(import.meta.url)) writeFileSync("THIRD_PARTY_NOTICES", notices(inlinedPackages));
