/**
 * Making clients.
 */
// #region start
import { MpesaClient, MtnMomoClient } from "mobile-money";
import { resolveConfig } from "mobile-money/config";

export function createClients(env: Readonly<Record<string, unknown>>) {
  const config = resolveConfig(env);
  const mtn = new MtnMomoClient(config.mtnMomo);
  const mpesa = new MpesaClient(config.mpesa);
  return { mtn, mpesa };
}
// #endregion

export function createByHand(fetchSecret: (name: string) => Promise<string>) {
  // #region by-hand
  const mtn = new MtnMomoClient({
    environment: "mtnuganda",
    collection: {
      subscriptionKey: () => fetchSecret("momo-subscription-key"),
      apiUser: "7c7c7c7c-0000-4000-8000-000000000000",
      apiKey: () => fetchSecret("momo-api-key"),
    },
    callbackUrl: "https://shop.example/paid",
  });
  // #endregion
  return mtn;
}
