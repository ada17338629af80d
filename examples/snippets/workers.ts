/**
 * Access tokens in Workers KV.
 */
import type { StoredToken, TokenStore } from "mobile-money";

/** The part of a KV namespace that is used here. */
export interface KvNamespace {
  get<Value>(key: string, type: "json"): Promise<Value | null>;
  put(key: string, value: string, options: { expiration: number }): Promise<void>;
  delete(key: string): Promise<void>;
}

// #region store
/** Shares access tokens between all requests and all places. Whoever reads them can act as your account. */
export function createKvTokenStore(kv: KvNamespace): TokenStore {
  return {
    get: async (key) => (await kv.get<StoredToken>(key, "json")) ?? undefined,
    set: (key, token) =>
      kv.put(key, JSON.stringify(token), { expiration: Math.floor(token.expiresAtMs / 1_000) }),
    delete: (key) => kv.delete(key),
  };
}
// #endregion
