/**
 * What the operations of one product need: its keys, its tokens, its environment.
 */
import type { ClientSettings } from "../core/client-options.js";
import { base64, sha256Hex } from "../core/encoding.js";
import { ConfigurationError, isMobileMoneyError } from "../core/errors.js";
import { createHttp, type HttpAnswer } from "../core/http.js";
import { revealSecret } from "../core/secret.js";
import { type Channel, read, type Verdict } from "../core/send.js";
import { createTokenCache, type FreshToken } from "../core/token-cache.js";
import { readAccessToken } from "../core/wire.js";
import { expecting, judgeTokenRefusal } from "./failures.js";
import type { MtnMomoMarket } from "./markets.js";
import type { MtnMomoCredentials, MtnMomoProduct } from "./options.js";

/** One product of one client. */
export interface ProductContext {
  readonly product: MtnMomoProduct;
  readonly market: MtnMomoMarket;
  readonly settings: ClientSettings;
  readonly isConfigured: boolean;
  /** The way to MTN. Throws `ConfigurationError` when the client was given no keys for this product. */
  channel(): Channel;
}

/** MTN advises to renew a token about ten minutes before its end (developer community, "Best practices", read 2026-11). */
const renewBeforeMs = 600_000;

/** Makes the context; asks nobody yet. */
export function createProductContext(
  product: MtnMomoProduct,
  credentials: MtnMomoCredentials | undefined,
  market: MtnMomoMarket,
  settings: ClientSettings,
): ProductContext {
  // A copy: what the caller changes later was never checked.
  const channel = credentials && createChannel(product, { ...credentials }, market, settings);
  return {
    product,
    market,
    settings,
    isConfigured: channel !== undefined,
    channel() {
      if (channel) return channel;
      const problem = {
        field: product,
        message: "is not configured",
        remedy: `Give the client the option ${product}, with all three keys.`,
      };
      throw new ConfigurationError([problem], "mtn_momo");
    },
  };
}

function createChannel(
  product: MtnMomoProduct,
  credentials: MtnMomoCredentials,
  market: MtnMomoMarket,
  settings: ClientSettings,
): Channel {
  const { clock, random, telemetry } = settings;
  const withoutToken: Channel = {
    ...settings,
    provider: "mtn_momo",
    http: createHttp(settings),
    headers: async () => ({
      "Ocp-Apim-Subscription-Key": await revealSecret(credentials.subscriptionKey),
      "X-Target-Environment": market.targetEnvironment,
    }),
  };

  const fetchToken = async (): Promise<FreshToken> => {
    const basic = base64(`${credentials.apiUser}:${await revealSecret(credentials.apiKey)}`);
    const headers = { Authorization: `Basic ${basic}` };
    // The slash at the end is part of the path: without it MTN answers 404 or a redirect (observed 2020 to 2026).
    const request = { method: "POST", path: `/${product}/token/`, headers } as const;
    return read(withoutToken, { name: "token", request, judge: judgeToken });
  };

  const tokens = createTokenCache({
    key: async () => {
      const holder = await sha256Hex(`${settings.baseUrl}\n${credentials.apiUser}`);
      return `mobile-money:token:mtn_momo:${market.targetEnvironment}:${product}:${holder.slice(0, 32)}`;
    },
    fetchToken,
    isRefusal: (error) => isMobileMoneyError(error) && error.code === "authentication_failed",
    store: settings.tokenStore,
    onStoreError: (error) => telemetry.storeFailed("mtn_momo", error),
    clock,
    random,
    renewBeforeMs,
  });
  return { ...withoutToken, tokens };
}

function judgeToken(answer: HttpAnswer): Verdict<FreshToken> {
  return answer.status === 200 ? expecting("token", 200, readAccessToken)(answer) : judgeTokenRefusal(answer);
}
