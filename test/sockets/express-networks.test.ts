import { isMobileMoneyError } from "mobile-money";
import { expect, test } from "vitest";
import { connectNetworks } from "../../examples/express/networks.js";

const keys = {
  PAYMENT_TEST_MODE: "true",
  MPESA_CONSUMER_KEY: "key-of-a-test",
  MPESA_CONSUMER_SECRET: "secret-of-a-test",
  // Published by Safaricom for the sandbox.
  MPESA_SHORTCODE: "174379",
  MPESA_PASSKEY: "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919",
  CALLBACK_BASE_URL: "https://shop.example/api/payments/mobile-money/webhook/",
};

async function problemsOf(env: NodeJS.ProcessEnv): Promise<string[]> {
  const error: unknown = await connectNetworks(env).catch((error: unknown) => error);
  if (!isMobileMoneyError(error) || error.code !== "config_invalid") throw error;
  return error.problems.map(({ field }) => field);
}

test("without credentials the networks are simulated", async () => {
  const networks = await connectNetworks({ PATH: "/bin", PORT: "3000" });
  try {
    expect(networks.description).toContain("simulated networks on http://127.0.0.1:");
    expect(networks.callbackBaseUrl).toBeUndefined();
    const sent = await networks.money.collect({
      from: "0772 123 456",
      amount: { amount: 500, currency: "UGX" },
      reference: "A1",
    });
    expect(sent).toMatchObject({ status: "pending", provider: "mtn_momo" });
  } finally {
    await networks.close();
  }
});

test("with credentials they are the real sandboxes", async () => {
  const networks = await connectNetworks(keys);
  expect(networks).toMatchObject({
    description: "the real sandboxes",
    callbackBaseUrl: "https://shop.example/api/payments/mobile-money/webhook",
  });
});

test("real networks need a callback address", async () => {
  expect(await problemsOf({ ...keys, CALLBACK_BASE_URL: "" })).toEqual(["CALLBACK_BASE_URL"]);
});

test("the example takes no real money", async () => {
  const production = {
    ...keys,
    PAYMENT_TEST_MODE: "false",
    MPESA_SHORTCODE: "600100",
    MPESA_PASSKEY: "5a".repeat(32),
  };
  expect(await problemsOf(production)).toEqual(["PAYMENT_TEST_MODE"]);
});
