/**
 * The table of environment variables. The resolver and `.env.example` come from it.
 */
import type { ProviderName } from "../core/provider.js";
import { sandboxPasskey, sandboxStkShortcode } from "../mpesa/options.js";
import type { MtnMomoProduct } from "../mtn-momo/options.js";
import { address, type Form, key, testMode, text, uuid } from "./forms.js";

/** Named by PAYMENT_TEST_MODE, never guessed. */
export type Environment = "sandbox" | "production";

type MtnMomoKey = "SUBSCRIPTION_KEY" | "API_USER" | "API_KEY";
type MtnMomoStem = `MOMO_${"SANDBOX" | "PRODUCTION"}_${"" | "DISBURSEMENT_"}`;

/** Name of a variable. */
export type VariableName =
  | "PAYMENT_TEST_MODE"
  | "CALLBACK_BASE_URL"
  | `${MtnMomoStem}${MtnMomoKey}`
  | "MOMO_PRODUCTION_TARGET_ENVIRONMENT"
  | "MOMO_BASE_URL"
  | "MPESA_CONSUMER_KEY"
  | "MPESA_CONSUMER_SECRET"
  | "MPESA_SHORTCODE"
  | "MPESA_PASSKEY"
  | "MPESA_TILL"
  | "MPESA_BASE_URL";

/** One variable. */
export interface Variable {
  readonly name: VariableName;
  /** Absent when it serves both networks. */
  readonly network?: ProviderName;
  /** Where it counts. In the other environment it may be there, and is not read into the result. */
  readonly environment: Environment | "both";
  readonly isSecret: boolean;
  /** When it must be there, in words that follow "Required"; absent when it may always be left out. */
  readonly required?: string;
  /** What it is and where it comes from; also the remedy when it is missing or malformed. */
  readonly meaning: string;
  readonly example: string;
  readonly form: Form;
}

/** All variables, in the order in which a person fills them in. */
export const variables: readonly Variable[] = [
  {
    name: "PAYMENT_TEST_MODE",
    environment: "both",
    isSecret: false,
    required: "always",
    meaning: "true for the sandbox, false for production. There is no default.",
    example: "true",
    form: testMode,
  },
  {
    name: "CALLBACK_BASE_URL",
    environment: "both",
    isSecret: false,
    meaning:
      "address of your callback route, https in production. Both clients hand it to their network as it is, unless a request names another. MTN takes only the host that the API user was registered with; M-Pesa refuses the words mpesa, m-pesa, safaricom, exe, exec, cmd, sql and query.",
    example: "https://shop.example/api/payments/mobile-money/webhook",
    form: address,
  },
  ...mtnMomoKeys("sandbox", "collection"),
  ...mtnMomoKeys("sandbox", "disbursement"),
  ...mtnMomoKeys("production", "collection"),
  ...mtnMomoKeys("production", "disbursement"),
  {
    name: "MOMO_PRODUCTION_TARGET_ENVIRONMENT",
    network: "mtn_momo",
    environment: "production",
    isSecret: false,
    required: "with MTN MoMo in production",
    meaning:
      "market of the account, one of mtnuganda, mtnghana, mtnivorycoast, mtnzambia, mtncameroon, mtnbenin, mtncongo, mtnswaziland, mtnguineaconakry, mtnsouthafrica, mtnliberia, mtnsouthsudan, mtnnigeria, mtnrwanda.",
    example: "mtnuganda",
    form: text,
  },
  baseUrl("MOMO_BASE_URL", "mtn_momo"),
  {
    name: "MPESA_CONSUMER_KEY",
    network: "mpesa",
    environment: "both",
    isSecret: true,
    required: "with M-Pesa",
    meaning: "consumer key of your Daraja app in this environment, from developer.safaricom.co.ke.",
    example: "5a5aExampleConsumerKey",
    form: key,
  },
  {
    name: "MPESA_CONSUMER_SECRET",
    network: "mpesa",
    environment: "both",
    isSecret: true,
    required: "with M-Pesa",
    meaning: "consumer secret of the same Daraja app.",
    example: "5a5aExampleConsumerSecret",
    form: key,
  },
  {
    name: "MPESA_SHORTCODE",
    network: "mpesa",
    environment: "both",
    isSecret: false,
    required: "with M-Pesa",
    meaning: `paybill number, or the store number of the till. The sandbox's is ${sandboxStkShortcode}, as Safaricom publishes it.`,
    example: sandboxStkShortcode,
    form: text,
  },
  {
    name: "MPESA_PASSKEY",
    network: "mpesa",
    environment: "both",
    isSecret: true,
    required: "with M-Pesa",
    meaning:
      "key of STK push: in production from the go-live letter, in the sandbox the one that Safaricom publishes among the test credentials.",
    example: sandboxPasskey,
    form: key,
  },
  {
    name: "MPESA_TILL",
    network: "mpesa",
    environment: "both",
    isSecret: false,
    meaning: "till number, when money goes to a till; the sandbox has none.",
    example: "5123456",
    form: text,
  },
  baseUrl("MPESA_BASE_URL", "mpesa"),
];

/** The variables that hold one product's keys, under the names of the client's options. */
export function mtnMomoKeyNames(
  environment: Environment,
  product: MtnMomoProduct,
): Readonly<Record<"subscriptionKey" | "apiUser" | "apiKey", VariableName>> {
  // Names without a product are the Collection product's.
  const stem: MtnMomoStem = `MOMO_${environment === "sandbox" ? "SANDBOX" : "PRODUCTION"}_${product === "collection" ? "" : "DISBURSEMENT_"}`;
  return { subscriptionKey: `${stem}SUBSCRIPTION_KEY`, apiUser: `${stem}API_USER`, apiKey: `${stem}API_KEY` };
}

/** The sandbox's users are made through the API, production's in the Partner Portal (MTN portal, "API User", read 2026-11). */
function mtnMomoKeys(environment: Environment, product: MtnMomoProduct): Variable[] {
  const names = mtnMomoKeyNames(environment, product);
  const isSandbox = environment === "sandbox";
  const title = product === "collection" ? "Collection" : "Disbursement";
  const portal = isSandbox ? "momodeveloper.mtn.com" : "momoapi.mtn.com";
  const maker = isSandbox ? "createSandboxUser makes it" : "from the country's Partner Portal";
  const pair = isSandbox ? "5a" : "7c";
  const shared = {
    network: "mtn_momo",
    environment,
    required: "with the other keys of the product",
  } as const;
  return [
    {
      ...shared,
      name: names.subscriptionKey,
      isSecret: true,
      meaning: `subscription key of the ${title} product, from your profile on ${portal}.`,
      example: pair.repeat(16),
      form: key,
    },
    {
      ...shared,
      name: names.apiUser,
      isSecret: false,
      meaning: `UUID of the ${title} product's API user: ${maker}.`,
      example: `${pair.repeat(4)}-0000-4000-8000-000000000000`,
      form: uuid,
    },
    {
      ...shared,
      name: names.apiKey,
      isSecret: true,
      meaning: `key of the same API user: ${maker}.`,
      example: pair.repeat(16),
      form: key,
    },
  ];
}

function baseUrl(name: "MOMO_BASE_URL" | "MPESA_BASE_URL", network: ProviderName): Variable {
  return {
    name,
    network,
    environment: "both",
    isSecret: false,
    meaning:
      "loopback address of a simulator. Leave it out for the real network; the environment's own host is taken too, any other is refused.",
    example: "http://127.0.0.1:4010",
    form: address,
  };
}
