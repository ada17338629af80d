/**
 * From environment variables to the clients' options.
 */
import { defined } from "../core/defined.js";
import { ConfigurationError, type Problem } from "../core/errors.js";
import type { MpesaOptions } from "../mpesa/options.js";
import type { MtnMomoOptions } from "../mtn-momo/options.js";
import { resolveMpesa } from "./mpesa.js";
import { resolveMtnMomo } from "./mtn-momo.js";
import { readVariables, type Values } from "./read-variables.js";
import type { Environment } from "./variables.js";

/** What the environment variables say, ready for the clients. A network without any variable is absent. */
export interface ResolvedConfig {
  /** As PAYMENT_TEST_MODE says. */
  readonly environment: "sandbox" | "production";
  /** What `MtnMomoClient` takes. */
  readonly mtnMomo?: MtnMomoOptions;
  /** What `MpesaClient` takes. */
  readonly mpesa?: MpesaOptions;
}

/**
 * Reads the settings of both networks for one environment, which PAYMENT_TEST_MODE names.
 *
 * Sandbox and production settings that are mixed are refused; nothing is guessed and nothing is sent. Blanks around a
 * value are cut off, and an empty value counts as absent. Credentials come out as `Secret`.
 *
 * @param env - `process.env`, or a Worker's bindings. Nothing but the variables of `.env.example` is looked at.
 * @throws A {@link ConfigurationError} with every problem: the variable's name, what is wrong with it, what to do; never
 * its value.
 */
export function resolveConfig(env: Readonly<Record<string, unknown>>): ResolvedConfig {
  const { environment, values, problems } = readVariables(env);
  if (environment === undefined) throw new ConfigurationError([...problems, ...certainProblems(values)]);
  const { config, problems: further } = assemble(values, environment);
  problems.push(...further);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return config;
}

function assemble(values: Values, environment: Environment): { config: ResolvedConfig; problems: Problem[] } {
  const mtnMomo = resolveMtnMomo(values, environment);
  const mpesa = resolveMpesa(values, environment);
  const problems = [...mtnMomo.problems, ...mpesa.problems].filter(
    // Both networks may find the same fault with the callback address that they share.
    (problem, index, all) => all.findIndex((other) => isSame(other, problem)) === index,
  );
  return { config: defined({ environment, mtnMomo: mtnMomo.options, mpesa: mpesa.options }), problems };
}

/** What is wrong whichever environment is meant. */
function certainProblems(values: Values): Problem[] {
  const inProduction = assemble(values, "production").problems;
  return assemble(values, "sandbox").problems.filter((problem) =>
    inProduction.some((other) => isSame(other, problem)),
  );
}

function isSame(one: Problem, other: Problem): boolean {
  return one.field === other.field && one.message === other.message;
}
