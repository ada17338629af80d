import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { createFolder, install, pack } from "../support/tarball.js";

declare module "vitest" {
  interface ProvidedContext {
    matrixFolder: string;
  }
}

/** Installs, once for all tests, the runtimes of package.json here, and the package as it would be published. */
export function setup(project: TestProject): () => void {
  const { path, remove } = createFolder();
  copyFileSync("test/runtimes/package.json", join(path, "package.json"));
  install(path, pack(path).path);
  project.provide("matrixFolder", path);
  return remove;
}

/** Path in the folder where everything is installed. */
export function inMatrix(...path: string[]): string {
  return join(inject("matrixFolder"), ...path);
}

/** Copies a file of this folder there, so that it imports the installed package. */
export function place(file: string): string {
  copyFileSync(`test/runtimes/${file}`, inMatrix(file));
  return inMatrix(file);
}

/** Loads a package that is installed there. */
export function load<T>(name: string): T {
  return createRequire(inMatrix("package.json"))(name);
}
