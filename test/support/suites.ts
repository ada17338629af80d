import ts from "typescript";

/** The names in `operation("…", …)` where a test file calls it at its top level: what runs whenever the file does. */
export function suitesIn(source: string): string[] {
  const { statements } = ts.createSourceFile("file.ts", source, ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return [];
    const { expression: callee, arguments: given } = statement.expression;
    const [name, cases] = given;
    const isSuite = ts.isIdentifier(callee) && callee.text === "operation" && cases !== undefined;
    return isSuite && name !== undefined && ts.isStringLiteral(name) ? [name.text] : [];
  });
}

/** What is wrong with the suites: operations without one or with two, and suites without an operation. */
export function faultsOfSuites(operations: readonly string[], suites: readonly string[]): string[] {
  const count = (name: string) => suites.filter((suite) => suite === name).length;
  return [
    ...operations.filter((name) => count(name) === 0).map((name) => `${name} has no suite`),
    ...operations.filter((name) => count(name) > 1).map((name) => `${name} has several suites`),
    ...suites.filter((name) => !operations.includes(name)).map((name) => `${name} is no operation`),
  ];
}

/** The names of an object's public methods, and of those of the resources that it holds, such as `stk.push`. */
export function methodsOf(object: object, prefix: string): string[] {
  const prototype: object = Object.getPrototypeOf(object);
  const own = Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
  const resources = Object.entries(object).filter(([, value]) => typeof value === "object" && value !== null);
  return [
    ...own.map((name) => `${prefix}.${name}`),
    ...resources.flatMap(([name, resource]) => methodsOf(resource as object, `${prefix}.${name}`)),
  ];
}
