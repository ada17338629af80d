/**
 * What an MTN MoMo client is built from.
 */
import type { ClientOptions } from "../core/client-options.js";
import { type CountryCode, isCountryCode } from "../core/countries.js";
import { type Currency, isCurrency } from "../core/currencies.js";
import type { Problem } from "../core/errors.js";
import { isSecretGiven, type SecretInput } from "../core/secret.js";
import { findMarket, type MtnMomoEnvironment, type MtnMomoMarket, mtnMomoMarkets } from "./markets.js";

/** The keys of one product. Each product of MTN's portal has keys of its own. */
export interface MtnMomoCredentials {
  /** The product's subscription key, primary or secondary, from the developer portal. */
  readonly subscriptionKey: SecretInput;
  /** The API user's UUID: from `createSandboxUser`, or from the country's Partner Portal. */
  readonly apiUser: string;
  /** The API key that belongs to the API user. */
  readonly apiKey: SecretInput;
}

/** An environment that this version has no name for. */
export interface MtnMomoCustomEnvironment {
  /** Value of the header `X-Target-Environment`, as MTN's onboarding letter gives it. */
  readonly targetEnvironment: string;
  /** Whose numbers the environment takes. */
  readonly country: CountryCode;
  /** The currency that it takes. */
  readonly currency: Currency;
  /** MTN's host for it, `https`. */
  readonly baseUrl: string;
}

/** Options of `MtnMomoClient`. */
export interface MtnMomoOptions extends ClientOptions {
  /** The sandbox, or the market that the account belongs to. Never guessed from the keys. */
  readonly environment: MtnMomoEnvironment | MtnMomoCustomEnvironment;
  /** Keys of the Collection product: asks customers for money. */
  readonly collection?: MtnMomoCredentials;
  /** Keys of the Disbursement product: sends money. */
  readonly disbursement?: MtnMomoCredentials;
}

/** Names of the products, as in the options and in MTN's paths. */
export type MtnMomoProduct = "collection" | "disbursement";

const products: readonly MtnMomoProduct[] = ["collection", "disbursement"];

/** The environment that the options name, and everything that is wrong with the options. */
export function checkMtnMomoOptions(options: MtnMomoOptions): { market: MtnMomoMarket; problems: Problem[] } {
  const problems: Problem[] = [];
  const market = readMarket(options.environment, problems);
  for (const product of products) {
    const credentials = options[product];
    if (credentials === undefined) continue;
    for (const name of ["subscriptionKey", "apiUser", "apiKey"] as const) {
      if (!isSecretGiven(credentials[name])) {
        problems.push({
          field: `${product}.${name}`,
          message: "is missing or empty",
          remedy: "Give all three keys of the product.",
        });
      }
    }
  }
  return { market, problems };
}

function readMarket(environment: MtnMomoOptions["environment"], problems: Problem[]): MtnMomoMarket {
  const known = typeof environment === "string" ? findMarket(environment) : environment;
  const isOfCountry = known === mtnMomoMarkets.sandbox || isCountryCode(known?.country);
  if (known?.targetEnvironment && isCurrency(known.currency) && isOfCountry) return known;
  problems.push({
    field: "environment",
    message: "is not an environment of MTN MoMo",
    remedy: `Give one of ${Object.keys(mtnMomoMarkets).join(", ")}, or an object of your own.`,
  });
  return mtnMomoMarkets.sandbox;
}
