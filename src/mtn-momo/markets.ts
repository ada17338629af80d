/**
 * The environments of the MTN MoMo Open API: which country and currency each one is.
 */
import type { CountryCode } from "../core/countries.js";
import type { Currency } from "../core/currencies.js";

/** Name of an environment, as MTN writes it. */
export type MtnMomoEnvironment =
  | "sandbox"
  | "mtnuganda"
  | "mtnghana"
  | "mtnivorycoast"
  | "mtnzambia"
  | "mtncameroon"
  | "mtnbenin"
  | "mtncongo"
  | "mtnswaziland"
  | "mtnguineaconakry"
  | "mtnsouthafrica"
  | "mtnliberia"
  | "mtnsouthsudan"
  | "mtnnigeria"
  | "mtnrwanda";

/** One environment of the API. */
export interface MtnMomoMarket {
  /** Value of the header `X-Target-Environment`. */
  readonly targetEnvironment: string;
  /** Absent for the sandbox, which takes numbers of any country. */
  readonly country?: CountryCode;
  /** The currency that the environment takes; the first one where it takes several. */
  readonly currency: Currency;
  /** Further currencies that it takes. */
  readonly otherCurrencies?: readonly Currency[];
  /** Host of its API. */
  readonly baseUrl: string;
}

/** The sandbox's host (MTN portal, "API environments", read 2026-11). */
const sandboxHost = "https://sandbox.momodeveloper.mtn.com";
/** The gateway shared by the production markets (code samples of MTN's production portal, read 2026-11). */
const productionHost = "https://proxy.momoapi.mtn.com";
/** Rwanda has a gateway of its own (observed with a production client of 2025; one source). */
const rwandaHost = "https://proxy.momoapi.mtn.co.rw";

/**
 * All environments. Names: MTN portal, "Common Error Codes", captured 2026-09-03; South Sudan, Nigeria and Rwanda are
 * missing from the lists before 2024. Currencies: ISO 4217 of the country; the sandbox takes EUR whatever the country.
 */
export const mtnMomoMarkets: Readonly<Record<MtnMomoEnvironment, MtnMomoMarket>> = {
  sandbox: { targetEnvironment: "sandbox", currency: "EUR", baseUrl: sandboxHost },
  mtnuganda: market("mtnuganda", "UG", "UGX"),
  mtnghana: market("mtnghana", "GH", "GHS"),
  mtnivorycoast: market("mtnivorycoast", "CI", "XOF"),
  mtnzambia: market("mtnzambia", "ZM", "ZMW"),
  mtncameroon: market("mtncameroon", "CM", "XAF"),
  mtnbenin: market("mtnbenin", "BJ", "XOF"),
  mtncongo: market("mtncongo", "CG", "XAF"),
  mtnswaziland: market("mtnswaziland", "SZ", "SZL"),
  mtnguineaconakry: market("mtnguineaconakry", "GN", "GNF"),
  mtnsouthafrica: market("mtnsouthafrica", "ZA", "ZAR"),
  mtnliberia: { ...market("mtnliberia", "LR", "LRD"), otherCurrencies: ["USD"] },
  mtnsouthsudan: market("mtnsouthsudan", "SS", "SSP"),
  mtnnigeria: market("mtnnigeria", "NG", "NGN"),
  mtnrwanda: { ...market("mtnrwanda", "RW", "RWF"), baseUrl: rwandaHost },
};

function market(targetEnvironment: string, country: CountryCode, currency: Currency): MtnMomoMarket {
  return { targetEnvironment, country, currency, baseUrl: productionHost };
}

/** Hosts of the production markets. */
export const productionOrigins: readonly string[] = [productionHost, rwandaHost];

/** The environment of a name; `undefined` when MTN has none such. */
export function findMarket(name: string): MtnMomoMarket | undefined {
  return Object.hasOwn(mtnMomoMarkets, name) ? mtnMomoMarkets[name as MtnMomoEnvironment] : undefined;
}
