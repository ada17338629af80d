import { ConfigurationError, type Problem } from "mobile-money";
import { resolveConfig } from "mobile-money/config";

/** What `resolveConfig` finds wrong; nothing when it resolves. Any other error passes through. */
export function problemsOf(env: Readonly<Record<string, unknown>>): readonly Problem[] {
  try {
    resolveConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems;
  }
}

/** The same in short: `NAME: message`, sorted. */
export function faultsOf(env: Readonly<Record<string, unknown>>): string[] {
  return problemsOf(env)
    .map(({ field, message }) => `${field}: ${message}`)
    .sort();
}
