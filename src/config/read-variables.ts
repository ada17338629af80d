/**
 * From whatever the runtime hands over to trimmed, well-formed values.
 */
import type { Problem } from "../core/errors.js";
import type { ProviderName } from "../core/provider.js";
import { type Environment, type VariableName, variables } from "./variables.js";

/** What each given variable holds; `""` stands for a malformed value, of which nothing more can be said. */
export type Values = Readonly<Partial<Record<VariableName, string>>>;

/** A problem with a variable. Without a remedy of its own, the remedy is to set the variable as the table says. */
export function problemWith(name: VariableName, message: string, remedy?: string): Problem {
  const meaning = variables.find((variable) => variable.name === name)?.meaning;
  return { field: name, message, remedy: remedy ?? `Set ${name}: ${meaning}` };
}

/** What a variable holds that must be there. */
export function requireValue(values: Values, name: VariableName, problems: Problem[]): string {
  if (values[name] === undefined) problems.push(problemWith(name, "is missing"));
  return values[name] ?? "";
}

/** Whether anything is set for a network, in whichever environment. */
export function isAnyGiven(values: Values, network: ProviderName): boolean {
  return variables.some((variable) => variable.network === network && values[variable.name] !== undefined);
}

/** Reads every variable of the table. Those of the other environment may hold anything. */
export function readVariables(env: Readonly<Record<string, unknown>>): {
  environment: Environment | undefined;
  values: Values;
  problems: Problem[];
} {
  const values: Partial<Record<VariableName, string>> = {};
  const malformed = new Map<VariableName, string>();
  for (const { name, form } of variables) {
    const bound = env[name];
    const given = typeof bound === "string" ? bound.trim() : bound;
    if (given === undefined || given === null || given === "") continue;
    const { data = "", error } = form.safeParse(given);
    values[name] = data;
    if (error) malformed.set(name, error.issues[0]?.message ?? "is malformed");
  }
  const problems: Problem[] = [];
  const mode = requireValue(values, "PAYMENT_TEST_MODE", problems);
  for (const { name, environment } of variables) {
    const message = malformed.get(name);
    const isRead = environment === "both" || environment === mode;
    if (message !== undefined && isRead) problems.push(problemWith(name, message));
  }
  return { environment: mode === "" ? undefined : (mode as Environment), values, problems };
}
