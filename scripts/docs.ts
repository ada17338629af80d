/**
 * Keeps the documentation equal to the code: TypeScript blocks, error codes, environment variables.
 *
 * A TypeScript block of README.md or docs/ stands below a marker that names the file it comes from, and where only a
 * part of the file is shown, the region: `<!-- snippet: examples/snippets/start.ts#client -->`. A region of a file lies
 * between `// #region client` and `// #endregion`. `--write` fills the blocks in.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { isMain } from "./is-main.js";

type ReadFile = (path: string) => string | undefined;

/** A page with its blocks filled in, and what was wrong before. */
export interface CheckedPage {
  readonly text: string;
  readonly problems: readonly string[];
}

const fence = /^```(\w*)/;
const typescript = ["ts", "tsx", "mts", "cts", "typescript"];

/** Compares every TypeScript block of a Markdown page with its snippet. */
export function checkPage(path: string, markdown: string, readFile: ReadFile): CheckedPage {
  const lines = markdown.split("\n");
  const text: string[] = [];
  const problems: string[] = [];
  let marker: string | undefined;

  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    const language = fence.exec(line.trim())?.[1];
    text.push(line);
    if (language === undefined) {
      if (line.trim() !== "") marker = /^<!-- snippet: (\S+) -->$/.exec(line.trim())?.[1];
      continue;
    }
    const end = lines.findIndex((candidate, at) => at > index && candidate.trim() === "```");
    if (end === -1) {
      problems.push(`${path}:${index + 1}: the block has no end`);
      text.push(...lines.slice(index + 1));
      break;
    }
    const block = lines.slice(index + 1, end);
    const wanted = typescript.includes(language) ? snippetOf(marker, readFile) : block.join("\n");
    if (wanted === undefined) {
      problems.push(
        `${path}:${index + 1}: ${marker ? `there is no ${marker}` : "no snippet marker above the block"}`,
      );
    } else if (wanted !== block.join("\n")) {
      problems.push(`${path}:${index + 1}: differs from ${marker}; run \`npm run docs:write\``);
    }
    text.push(...(wanted?.split("\n") ?? block), lines[end] as string);
    marker = undefined;
    index = end;
  }
  return { text: text.join("\n"), problems };
}

/** The text that a marker names, without region comments and common indent. */
function snippetOf(marker: string | undefined, readFile: ReadFile): string | undefined {
  const [file, region] = marker?.split("#") ?? [];
  if (!file?.startsWith("examples/")) return undefined; // only these are compiled by `npm run typecheck`
  const lines = cutOut(readFile(file)?.trimEnd().split("\n") ?? [], region);
  const shown = lines.filter((line) => !/^\s*\/\/ #(end)?region/.test(line));
  if (shown.length === 0) return undefined;
  const indent = Math.min(...shown.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return shown.map((line) => line.slice(indent)).join("\n");
}

/** The lines of a region, or all of them when no region is asked for. */
function cutOut(lines: string[], region: string | undefined): string[] {
  if (region === undefined) return lines;
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  const end = lines.findIndex((line, at) => at > start && line.trim().startsWith("// #endregion"));
  return start === -1 || end === -1 ? [] : lines.slice(start + 1, end);
}

/** The literal codes of the error classes. */
export function errorCodes(errorsSource: string): string[] {
  const file = ts.createSourceFile("errors.ts", errorsSource, ts.ScriptTarget.Latest);
  return file.statements.filter(ts.isClassDeclaration).flatMap((declaration) =>
    declaration.members
      .filter(ts.isPropertyDeclaration)
      .filter(({ name }) => ts.isIdentifier(name) && name.text === "code")
      .flatMap(({ initializer }) =>
        initializer && ts.isStringLiteral(initializer) ? [initializer.text] : [],
      ),
  );
}

/** Codes without a section in docs/errors.md, and sections without a code. */
export function checkErrorPage(codes: readonly string[], page: string): string[] {
  const sections = [...page.matchAll(/^## `?([a-z]+(?:_[a-z]+)+)`?$/gm)].map(([, code]) => code as string);
  return [
    ...codes
      .filter((code) => !sections.includes(code))
      .map((code) => `docs/errors.md: no section "## ${code}"`),
    ...sections
      .filter((code) => !codes.includes(code))
      .map((code) => `docs/errors.md: no error has code ${code}`),
  ];
}

function pages(): string[] {
  const guides = readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && !path.startsWith("reference"))
    .map((path) => `docs/${path}`);
  return ["README.md", ...guides.sort()];
}

if (isMain(import.meta.url)) {
  const readFile: ReadFile = (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  const problems: string[] = [];
  for (const path of pages()) {
    if (process.argv.includes("--write")) {
      writeFileSync(path, checkPage(path, readFileSync(path, "utf8"), readFile).text);
    }
    problems.push(...checkPage(path, readFileSync(path, "utf8"), readFile).problems);
  }
  problems.push(
    ...checkErrorPage(
      errorCodes(readFileSync("src/core/errors.ts", "utf8")),
      readFile("docs/errors.md") ?? "",
    ),
  );
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
