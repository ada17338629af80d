import ts from "typescript";

/** A source file as the architecture rules see it. */
export interface SourceFacts {
  /** Path under `src`, such as `core/http.ts`. */
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly ImportFact[];
  /** Globals that the code names, such as `Buffer`, `Date.now` or `new Date()`. */
  readonly globals: readonly string[];
  readonly exportedNames: readonly string[];
  readonly hasExportStar: boolean;
}

/** One import, re-export, `import()`, `require()` or `import("…")` type. */
export interface ImportFact {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
  readonly isNamespace: boolean;
}

/** Reads a file's text with TypeScript's parser. */
export function readSource(path: string, text: string): SourceFacts {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: ImportFact[] = [];
  const globals: string[] = [];
  const exportedNames: string[] = [];
  let hasExportStar = false;

  const addImport = (specifier: ts.Node | undefined, isTypeOnly: boolean, isNamespace = false) =>
    imports.push({
      specifier: specifier && ts.isStringLiteralLike(specifier) ? specifier.text : "(computed)",
      isTypeOnly,
      isNamespace,
    });

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      const bindings = clause?.namedBindings;
      const isNamespace =
        clause?.name === undefined && bindings !== undefined && ts.isNamespaceImport(bindings);
      addImport(node.moduleSpecifier, clause?.phaseModifier === ts.SyntaxKind.TypeKeyword, isNamespace);
    } else if (ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier) addImport(node.moduleSpecifier, node.isTypeOnly);
      if (node.exportClause && ts.isNamedExports(node.exportClause)) {
        exportedNames.push(...node.exportClause.elements.map((element) => element.name.text));
      } else hasExportStar = true;
    } else if (ts.isExportAssignment(node)) {
      exportedNames.push("default");
    } else if (ts.isExternalModuleReference(node)) {
      addImport(node.expression, false);
    } else if (ts.isImportTypeNode(node)) {
      addImport(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node) && isModuleCall(node)) {
      addImport(node.arguments[0], false);
    } else if (ts.isIdentifier(node) && isReference(node)) {
      globals.push(...globalsNamedBy(node));
    }
    if (
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)
    ) {
      const isDefault = ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword);
      exportedNames.push(isDefault ? "default" : "declared");
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return {
    path,
    lineCount: text.trimEnd().split("\n").length,
    imports,
    globals,
    exportedNames,
    hasExportStar,
  };
}

function isModuleCall(node: ts.CallExpression): boolean {
  return node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === "require";
}

/** Whether an identifier stands for a value or type in scope, and is not the name of a member or of an import. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  const isNamedMember =
    ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent);
  return !(isNamedMember && parent.name === node);
}

/** `Date` in `Date.now()` names `Date` and `Date.now`; `globalThis` in `globalThis.Buffer` names `Buffer`. */
function globalsNamedBy(node: ts.Identifier): string[] {
  const { parent } = node;
  if (ts.isNewExpression(parent) && parent.expression === node && !parent.arguments?.length) {
    return [node.text, `new ${node.text}()`];
  }
  const member = ts.isPropertyAccessExpression(parent)
    ? parent.name.text
    : ts.isElementAccessExpression(parent) && ts.isStringLiteralLike(parent.argumentExpression)
      ? parent.argumentExpression.text
      : undefined;
  if (member === undefined) return [node.text];
  return /^(globalThis|self|window|global)$/.test(node.text)
    ? [node.text, member]
    : [node.text, `${node.text}.${member}`];
}
