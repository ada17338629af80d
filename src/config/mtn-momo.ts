/**
 * The options of `MtnMomoClient` out of the MOMO_… variables.
 */
import { defined } from "../core/defined.js";
import type { Problem } from "../core/errors.js";
import { Secret } from "../core/secret.js";
import {
  checkMtnMomoOptions,
  type MtnMomoCredentials,
  type MtnMomoOptions,
  type MtnMomoProduct,
} from "../mtn-momo/options.js";
import { checkBaseUrl, checkCallbackUrl } from "./addresses.js";
import { isAnyGiven, problemWith, requireValue, type Values } from "./read-variables.js";
import { type Environment, mtnMomoKeyNames, type VariableName } from "./variables.js";

const products: readonly MtnMomoProduct[] = ["collection", "disbursement"];

/** The options, absent when no variable of MTN MoMo is given, and everything that is wrong with them. */
export function resolveMtnMomo(
  values: Values,
  environment: Environment,
): { options?: MtnMomoOptions; problems: Problem[] } {
  if (!isAnyGiven(values, "mtn_momo")) return { problems: [] };

  const problems = checkSeparation(values, environment);
  const given = products.filter((product) => hasKeys(values, environment, product));
  // Other variables of the network are given, so one product is wanted: the one that takes payments.
  const wanted: readonly MtnMomoProduct[] = given.length > 0 ? given : ["collection"];
  const isSandbox = environment === "sandbox";
  const target = isSandbox ? "sandbox" : requireValue(values, "MOMO_PRODUCTION_TARGET_ENVIRONMENT", problems);
  const options: MtnMomoOptions = {
    environment: target as Extract<MtnMomoOptions["environment"], string>,
    ...Object.fromEntries(
      wanted.map((product) => [product, readKeys(values, mtnMomoKeyNames(environment, product), problems)]),
    ),
    ...defined({ baseUrl: values.MOMO_BASE_URL, callbackUrl: values.CALLBACK_BASE_URL }),
  };

  // Of what the check may find, missing keys are reported already; the market is left.
  const { market, problems: unsound } = checkMtnMomoOptions(options);
  const isMarket =
    !unsound.some(({ field }) => field === "environment") && (target === "sandbox") === isSandbox;
  if (target && !isMarket) {
    problems.push(problemWith("MOMO_PRODUCTION_TARGET_ENVIRONMENT", "is not a production market of MTN's"));
  }
  // An unknown market comes back as the sandbox. Then its host is the only one that is known to be wrong.
  const isOwnHost = (origin: string) => (origin === market.baseUrl) === isMarket;
  problems.push(...checkBaseUrl(values, "MOMO_BASE_URL", isOwnHost));
  problems.push(...checkCallbackUrl(values, environment, { baseUrl: "MOMO_BASE_URL" }));
  return { options, problems };
}

/** What shows that settings of the two environments are taken for each other. */
function checkSeparation(values: Values, environment: Environment): Problem[] {
  const problems: Problem[] = [];
  const other = environment === "sandbox" ? "production" : "sandbox";
  const hasOwn = products.some((product) => hasKeys(values, environment, product));
  const hasOther = products.some((product) => hasKeys(values, other, product));
  if (hasOther && !hasOwn) {
    const message = `chooses ${environment}, but MTN MoMo has keys for ${other} alone`;
    const remedy = "Give that environment's keys, remove the other's, or change PAYMENT_TEST_MODE.";
    problems.push(problemWith("PAYMENT_TEST_MODE", message, remedy));
  }
  if (environment === "sandbox" && !hasOther && values.MOMO_PRODUCTION_TARGET_ENVIRONMENT !== undefined) {
    const message =
      "names a market, but there are no production keys and PAYMENT_TEST_MODE chooses the sandbox";
    const remedy =
      "Remove it until production's keys are there: the sandbox is no market, and its currency is EUR.";
    problems.push(problemWith("MOMO_PRODUCTION_TARGET_ENVIRONMENT", message, remedy));
  }
  for (const sandbox of givenKeys(values, "sandbox")) {
    const same = givenKeys(values, "production").find((name) => values[name] === values[sandbox]);
    if (same === undefined) continue;
    const remedy = "Give each environment the keys of its own portal.";
    problems.push(problemWith(sandbox, `is the same as ${same}`, remedy));
  }
  return problems;
}

function givenKeys(values: Values, environment: Environment): VariableName[] {
  return products
    .flatMap((product) => Object.values(mtnMomoKeyNames(environment, product)))
    .filter((name) => values[name]);
}

function hasKeys(values: Values, environment: Environment, product: MtnMomoProduct): boolean {
  return Object.values(mtnMomoKeyNames(environment, product)).some((name) => values[name] !== undefined);
}

function readKeys(
  values: Values,
  names: ReturnType<typeof mtnMomoKeyNames>,
  problems: Problem[],
): MtnMomoCredentials {
  return {
    subscriptionKey: new Secret(requireValue(values, names.subscriptionKey, problems)),
    apiUser: requireValue(values, names.apiUser, problems),
    apiKey: new Secret(requireValue(values, names.apiKey, problems)),
  };
}
