import { sandboxPasskey } from "../../src/mpesa/options.js";

type Env = Readonly<Record<string, string>>;

/** Keys of one product of MTN MoMo, all different from any other's. */
const keys = (stem: string, hex: string): Env => ({
  [`${stem}SUBSCRIPTION_KEY`]: `${hex}ab`.repeat(8),
  [`${stem}API_USER`]: `${hex.repeat(4)}-1111-4111-8111-111111111111`,
  [`${stem}API_KEY`]: `${hex}cd`.repeat(8),
});

export const momoSandbox: Env = keys("MOMO_SANDBOX_", "51");
export const momoSandboxDisbursement: Env = keys("MOMO_SANDBOX_DISBURSEMENT_", "52");
export const momoProductionKeys: Env = keys("MOMO_PRODUCTION_", "61");
export const momoProductionDisbursement: Env = keys("MOMO_PRODUCTION_DISBURSEMENT_", "62");
export const momoProduction: Env = {
  ...momoProductionKeys,
  MOMO_PRODUCTION_TARGET_ENVIRONMENT: "mtnuganda",
};

/** Shortcode and passkey are published by Safaricom (Daraja docs, "M-Pesa Express", read 2026-11). */
export const mpesaSandbox: Env = {
  MPESA_CONSUMER_KEY: "Sx4kQpWv81ZtLr0c",
  MPESA_CONSUMER_SECRET: "Yd7hNb2mGf95Jq3a",
  MPESA_SHORTCODE: "174379",
  MPESA_PASSKEY: sandboxPasskey,
};
export const mpesaProduction: Env = {
  MPESA_CONSUMER_KEY: "Kw8vTz51RxLm2Hc6",
  MPESA_CONSUMER_SECRET: "Pf3jUe94DsBn7Vg0",
  MPESA_SHORTCODE: "5123456",
  MPESA_PASSKEY: "7e".repeat(32),
};

const CALLBACK_BASE_URL = "https://shop.example/payments/webhook";

/** Everything for both networks. */
export const sandbox: Env = {
  PAYMENT_TEST_MODE: "True",
  CALLBACK_BASE_URL,
  ...momoSandbox,
  ...momoSandboxDisbursement,
  ...mpesaSandbox,
};
export const production: Env = {
  PAYMENT_TEST_MODE: "False",
  CALLBACK_BASE_URL,
  ...momoProduction,
  ...momoProductionDisbursement,
  ...mpesaProduction,
  MPESA_TILL: "7654321",
};

/** The environment without these variables. */
export function without(env: Env, ...names: string[]): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}
