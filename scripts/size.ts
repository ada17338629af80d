/**
 * Measures what an application pays for each entry of size.json, from the built files, and fails over a budget.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { bundle, packageOf } from "./bundle.js";
import { isMain } from "./is-main.js";

/** What one entry weighs. */
export interface Size {
  /** Minified and compressed, dependencies included: the number that has a budget. */
  readonly gzipBytes: number;
  /** Minified bytes before compression, by package; this package's own are under `own`. */
  readonly bytesByPackage: Readonly<Record<string, number>>;
}

/** Bundles a built file with its dependencies and weighs it. */
export async function measure(file: string): Promise<Size> {
  const { code, metafile } = await bundle({ entryPoints: [file] });
  const bytesByPackage: Record<string, number> = {};
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = packageOf(path) ?? "own";
      bytesByPackage[name] = (bytesByPackage[name] ?? 0) + bytesInOutput;
    }
  }
  return { gzipBytes: gzipSync(code, { level: 9 }).length, bytesByPackage };
}

/** One line for people; starts with FAIL over the budget. */
export function report(subpath: string, size: Size, budget: number): string {
  const split = Object.entries(size.bytesByPackage)
    .filter(([, bytes]) => bytes > 0)
    .map(([name, bytes]) => `${name} ${bytes}`);
  const verdict = size.gzipBytes > budget ? "FAIL" : "ok  ";
  return `${verdict} ${subpath.padEnd(12)} ${size.gzipBytes} of ${budget} B gzip; minified: ${split.join(", ")} B`;
}

if (isMain(import.meta.url)) {
  const { budgets } = JSON.parse(readFileSync("size.json", "utf8")) as { budgets: Record<string, number> };
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const [subpath, budget] of Object.entries(budgets)) {
    const line = report(subpath, await measure(exports[subpath].import.default), budget);
    console.log(line);
    if (line.startsWith("FAIL")) process.exitCode = 1;
  }
}
