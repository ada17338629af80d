/**
 * MTN's target environments.
 */
import type { Currency } from "../../core/currencies.js";

/** A value of the X-Target-Environment header. */
export type MtnMomoTargetEnvironment =
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

interface Environment {
  /** ISO 4217 codes that it takes; the first is its own. */
  readonly currencies: readonly [Currency, ...Currency[]];
  /** Country calling code; the sandbox takes any number. */
  readonly callingCode?: string;
}

// Names: MTN portal, "Common Error Codes", read 2026-09. Currencies: ISO 4217. Calling codes: ITU E.164.
const environments: Readonly<Record<MtnMomoTargetEnvironment, Environment>> = {
  sandbox: { currencies: ["EUR"] },
  mtnuganda: { currencies: ["UGX"], callingCode: "256" },
  mtnghana: { currencies: ["GHS"], callingCode: "233" },
  mtnivorycoast: { currencies: ["XOF"], callingCode: "225" },
  mtnzambia: { currencies: ["ZMW"], callingCode: "260" },
  mtncameroon: { currencies: ["XAF"], callingCode: "237" },
  mtnbenin: { currencies: ["XOF"], callingCode: "229" },
  mtncongo: { currencies: ["XAF"], callingCode: "242" },
  mtnswaziland: { currencies: ["SZL"], callingCode: "268" },
  mtnguineaconakry: { currencies: ["GNF"], callingCode: "224" },
  mtnsouthafrica: { currencies: ["ZAR"], callingCode: "27" },
  mtnliberia: { currencies: ["LRD", "USD"], callingCode: "231" },
  mtnsouthsudan: { currencies: ["SSP"], callingCode: "211" },
  mtnnigeria: { currencies: ["NGN"], callingCode: "234" },
  mtnrwanda: { currencies: ["RWF"], callingCode: "250" },
};

/** What is known about a target environment. */
export function environmentOf(name: MtnMomoTargetEnvironment): Environment {
  return environments[name];
}
