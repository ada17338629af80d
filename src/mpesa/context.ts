/**
 * What the operations of M-Pesa need: its keys, its tokens, its environment.
 */
import type { ClientSettings } from "../core/client-options.js";
import { base64, sha256Hex } from "../core/encoding.js";
import { isMobileMoneyError } from "../core/errors.js";
import { createHttp } from "../core/http.js";
import { revealSecret } from "../core/secret.js";
import { type Channel, read } from "../core/send.js";
import { createTokenCache, type FreshToken } from "../core/token-cache.js";
import { readAccessToken } from "../core/wire.js";
import { expecting, judgeTokenRefusal } from "./failures.js";
import type { MpesaOptions } from "./options.js";

/** One M-Pesa account. */
export interface MpesaContext {
  readonly options: MpesaOptions;
  readonly settings: ClientSettings;
  readonly channel: Channel;
}

const judgeToken = expecting("token", readAccessToken);

/** Makes the context; asks nobody yet. */
export function createMpesaContext(options: MpesaOptions, settings: ClientSettings): MpesaContext {
  const { clock, random, telemetry } = settings;
  const withoutToken: Channel = {
    ...settings,
    provider: "mpesa",
    http: createHttp(settings),
  };

  const fetchToken = async (): Promise<FreshToken> => {
    const key = await revealSecret(options.consumerKey);
    const basic = base64(`${key}:${await revealSecret(options.consumerSecret)}`);
    return read(withoutToken, {
      name: "token",
      request: {
        method: "GET",
        path: "/oauth/v1/generate",
        query: { grant_type: "client_credentials" },
        headers: { Authorization: `Basic ${basic}` },
      },
      judge: (answer) => (answer.status === 200 ? judgeToken(answer) : judgeTokenRefusal(answer)),
    });
  };

  const tokens = createTokenCache({
    key: async () => {
      // A digest, because the consumer key is half of the credential.
      const holder = await sha256Hex(`${settings.baseUrl}\n${await revealSecret(options.consumerKey)}`);
      return `mobile-money:token:mpesa:${options.environment}:${holder.slice(0, 32)}`;
    },
    fetchToken,
    isRefusal: (error) => isMobileMoneyError(error) && error.code === "authentication_failed",
    store: settings.tokenStore,
    onStoreError: (error) => telemetry.storeFailed("mpesa", error),
    clock,
    random,
  });
  return { options, settings, channel: { ...withoutToken, tokens } };
}
