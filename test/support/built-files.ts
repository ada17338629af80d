import { builtinModules } from "node:module";
import { join } from "node:path";
import ts from "typescript";
import { type Bundle, bundle, packageOf } from "../../scripts/bundle.js";

/** Bundles source text that imports the package installed in `folder`; Node's own modules stay outside. */
export function bundleText(folder: string, text: string): Promise<Bundle> {
  return bundle({ stdin: { contents: text, resolveDir: folder }, external: ["node:*", ...builtinModules] });
}

/** Which of these patterns the text matches. */
export function found(text: string, patterns: readonly RegExp[]): string[] {
  return patterns.filter((pattern) => pattern.test(text)).map(String);
}

/** Packages whose code is in a bundle. */
export function packagesIn({ metafile }: Bundle): string[] {
  return packagesOf(Object.keys(metafile.inputs));
}

/** Packages that these files belong to. */
export function packagesOf(paths: readonly string[]): string[] {
  return [...new Set(paths.map(packageOf).filter((name) => name !== undefined))].sort();
}

/** Node's own modules that a bundle imports or requires. */
export function builtinsIn({ metafile }: Bundle): string[] {
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const names = imports
    .map(({ path }) => path)
    .filter((path) => path.startsWith("node:") || builtinModules.includes(path));
  return [...new Set(names)];
}

/** Uses of `any`, and imports from other packages, in a declaration file. */
export function checkDeclarations(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (node.kind === ts.SyntaxKind.AnyKeyword) problems.push(`${path}:${line}: any`);
    if (ts.isStringLiteral(node) && isModuleName(node) && !node.text.startsWith(".")) {
      problems.push(`${path}:${line}: type of ${node.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const { fileName } of file.typeReferenceDirectives) problems.push(`${path}: types of ${fileName}`);
  return problems;
}

function isModuleName({ parent }: ts.StringLiteral): boolean {
  const isType = ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent);
  return (
    isType ||
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isExternalModuleReference(parent)
  );
}

/** Files that have no place in the published package. */
export function strayFiles(files: readonly string[]): string[] {
  const allowed =
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|THIRD_PARTY_NOTICES|dist\/.+\.(js|cjs|d\.ts|d\.cts)(\.map)?)$/;
  return files.filter((file) => !allowed.test(file));
}

/** Type errors of a module in `folder`, under the rules of a Node application. */
export function typeErrors(folder: string, file: string): string[] {
  const program = ts.createProgram([join(folder, file)], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    strict: true,
    noEmit: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
