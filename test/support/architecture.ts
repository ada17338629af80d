import { builtinModules } from "node:module";
import { posix } from "node:path";
import type { ImportFact, SourceFacts } from "./source-facts.js";

/** Which rule is broken, where and how. */
export interface Violation {
  readonly rule: Rule;
  readonly path: string;
  readonly detail: string;
}

type Rule =
  | "floors"
  | "strangers"
  | "libraries"
  | "web standards"
  | "injected world"
  | "cycles"
  | "file shape";

/** Imports point down: from a higher number to a lower one, or inside one folder. */
const floors: Readonly<Record<string, number>> = {
  core: 0,
  "mtn-momo": 1,
  mpesa: 1,
  fees: 1,
  encryption: 1,
  webhooks: 2,
  payments: 2,
  config: 2,
  "index.ts": 3,
  "mobile-money.ts": 3,
  simulator: 3,
  stores: 3,
  cli: 4,
  testing: 4,
  node: 4,
};

/** Parts that work with every provider and must know none of them; the simulator reads the wire with its own eyes. */
const knowsNoProvider = ["mobile-money.ts", "payments", "webhooks", "simulator"];
const providers = ["mtn-momo", "mpesa"];

/** Folders that may use Node's own modules. Each has an entry of its own. */
const nodeOnly = ["node/", "simulator/node/", "stores/sqlite/", "webhooks/node/", "cli/"];

/** Where a package may be imported. A package that is not here may be imported nowhere. */
const libraries: Readonly<Record<string, RegExp>> = {
  ky: /^core\/http\.ts$/,
  "zod/mini": /(^|\/)schemas\.ts$|^core\/validate\.ts$|^config\//,
  jose: /^(webhooks|encryption)\/|^mpesa\/security-credential\.ts$/,
  undici: /^node\//,
};

const nodeGlobals = /^(Buffer|process|global|require|module|__dirname|__filename|(set|clear)Immediate)$/;
const timeGlobals =
  /^((set|clear)(Timeout|Interval)|Date\.now|new Date\(\)|performance|AbortSignal\.timeout|requestAnimationFrame)$/;

const longestFile = 350;
/** Tables of data, which may be longer. */
const tables: readonly string[] = [];

/** Every broken rule among these files, which must be all of `src`. */
export function checkArchitecture(files: readonly SourceFacts[]): Violation[] {
  const found = files.flatMap((file) => [
    ...file.imports.flatMap((fact) => checkImport(file, fact)),
    ...checkGlobals(file),
    ...checkShape(file),
  ]);
  return [...found, ...findCycles(files)];
}

function checkImport(file: SourceFacts, fact: ImportFact): Violation[] {
  const { path } = file;
  const { specifier } = fact;
  if (!specifier.startsWith(".")) return checkPackage(path, fact);

  const target = resolveImport(path, specifier);
  const from = partOf(path);
  const to = partOf(target);
  const imports = `imports ${target}`;
  const found: Violation[] = [];
  if (isNodeOnly(target) && !isNodeOnly(path)) found.push({ rule: "web standards", path, detail: imports });
  if (from === to) return found;

  const gathersFacade = path === "index.ts" && target === "mobile-money.ts";
  if (!((floors[from] ?? -1) > (floors[to] ?? Number.POSITIVE_INFINITY)) && !gathersFacade) {
    found.push({ rule: "floors", path, detail: imports });
  }
  const isStranger =
    (knowsNoProvider.includes(from) && providers.includes(to)) ||
    (from === "mobile-money.ts" && to !== "core") ||
    (from === "config" && providers.includes(to) && target !== `${to}/options.ts`);
  if (isStranger) found.push({ rule: "strangers", path, detail: imports });
  return found;
}

function checkPackage(path: string, { specifier, isNamespace }: ImportFact): Violation[] {
  const detail = `imports ${specifier}`;
  const isBuiltin = specifier.startsWith("node:") || builtinModules.includes(specifier);
  if (isBuiltin) {
    if (!specifier.startsWith("node:"))
      return [{ rule: "web standards", path, detail: `${detail} without node:` }];
    return isNodeOnly(path) ? [] : [{ rule: "web standards", path, detail }];
  }
  if (!libraries[specifier]?.test(path)) return [{ rule: "libraries", path, detail }];
  if (specifier === "zod/mini" && !isNamespace) {
    return [{ rule: "libraries", path, detail: `${detail} other than as \`* as z\`` }];
  }
  return [];
}

function checkGlobals({ path, globals }: SourceFacts): Violation[] {
  if (isNodeOnly(path)) return [];
  return globals.flatMap((name): Violation[] => {
    const detail = `uses ${name}`;
    if (nodeGlobals.test(name)) return [{ rule: "web standards", path, detail }];
    const isHandedIn =
      (timeGlobals.test(name) && path !== "core/clock.ts") ||
      (name === "Math.random" && path !== "core/uuid.ts") ||
      name === "console";
    return isHandedIn ? [{ rule: "injected world", path, detail }] : [];
  });
}

function checkShape(file: SourceFacts): Violation[] {
  const { path, lineCount, exportedNames, hasExportStar } = file;
  const problems: string[] = [];
  if (lineCount > longestFile && !tables.includes(path)) problems.push(`has ${lineCount} lines`);
  if (exportedNames.includes("default")) problems.push("has a default export");
  if (hasExportStar) problems.push("exports *");
  if (posix.basename(path) === "index.ts" && exportedNames.length === 0) problems.push("exports no name");
  if (/(^|[/-])(utils?|helpers?|types?|interfaces?|constants?)(\/|\.ts$)/.test(path))
    problems.push("has a vague name");
  if (!(partOf(path) in floors)) problems.push("stands on no floor");
  return problems.map((detail) => ({ rule: "file shape", path, detail }));
}

/** Files that import each other's values in a circle; types alone may. */
function findCycles(files: readonly SourceFacts[]): Violation[] {
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier, isTypeOnly }) => specifier.startsWith(".") && !isTypeOnly)
        .map(({ specifier }) => resolveImport(path, specifier)),
    ]),
  );
  const finished = new Set<string>();
  const found: Violation[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      const circle = [...trail.slice(trail.indexOf(path)), path].join(" -> ");
      found.push({ rule: "cycles", path, detail: circle });
    } else if (!finished.has(path)) {
      for (const target of targets.get(path) ?? []) walk(target, [...trail, path]);
      finished.add(path);
    }
  };
  for (const path of targets.keys()) walk(path, []);
  return found;
}

function resolveImport(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, ".ts");
}

function partOf(path: string): string {
  return path.split("/")[0] as string;
}

function isNodeOnly(path: string): boolean {
  return nodeOnly.some((folder) => path.startsWith(folder));
}
