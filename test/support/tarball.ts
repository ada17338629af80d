import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The built package, packed as `npm publish` would. */
export interface Tarball {
  readonly path: string;
  /** Every file in it. */
  readonly files: readonly string[];
}

/** A new folder outside the repository, with a package.json of its own, so that nothing resolves into this one. */
export function createFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "mobile-money-"));
  writeFileSync(join(path, "package.json"), '{ "private": true }');
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Packs what `npm run build` made. */
export function pack(folder: string): Tarball {
  if (!existsSync("dist/index.js")) throw new Error("dist is missing: run `npm run build` first");
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder]));
  return {
    path: join(folder, packed.filename),
    files: packed.files.map((file: { path: string }) => file.path),
  };
}

/** Installs packages into a folder. */
export function install(folder: string, ...packages: string[]): void {
  run(
    "npm",
    ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", ...packages],
    folder,
  );
}

/** Runs a program and returns what it printed; its errors are in the message when it fails. */
export function run(program: string, args: readonly string[], cwd?: string): string {
  return execFileSync(program, args, {
    encoding: "utf8",
    cwd,
    timeout: 240_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
