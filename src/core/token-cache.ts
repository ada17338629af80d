/**
 * Access tokens: fetched once however many ask, renewed early, dropped when the provider refuses them.
 */
import { type Clock, unlessAborted, within } from "./clock.js";
import type { StoredToken, TokenStore } from "./stores.js";
import type { Random } from "./uuid.js";

/** What a provider's token endpoint gives. */
export interface FreshToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

/** How to build a cache for one credential. */
export interface TokenCacheOptions {
  /** Names the credential in a shared store; must hold no secret. */
  readonly key: () => Promise<string>;
  readonly fetchToken: () => Promise<FreshToken>;
  /** Whether an error of `fetchToken` means that the credentials are wrong: then the next try waits longer. */
  readonly isRefusal: (error: unknown) => boolean;
  readonly store?: TokenStore | undefined;
  readonly onStoreError: (error: unknown) => void;
  readonly clock: Clock;
  readonly random: Random;
  /** How long before its end a token is replaced, in milliseconds. @defaultValue a tenth of its life, at least 60 s */
  readonly renewBeforeMs?: number;
  /** Whether calls wait for each other's token request. @defaultValue everywhere but on Cloudflare Workers */
  readonly sharesRequests?: boolean;
}

/** The tokens of one credential. */
export interface TokenCache {
  /** A token that works as far as is known. Rejects with the signal's reason when aborted; others go on waiting. */
  get(signal?: AbortSignal): Promise<string>;
  /** The provider refused this token: it is dropped, unless a newer one has taken its place already. */
  refuse(token: string): Promise<void>;
}

const shortestRenewalMs = 60_000;
const pauseAfterFailureMs = 1_000;
const longestPauseMs = 60_000;
const longestStoreWaitMs = 2_000;

/** Makes the cache. Nothing is fetched before the first `get`. */
export function createTokenCache(options: TokenCacheOptions): TokenCache {
  const { fetchToken, store, clock, random, sharesRequests = !isCloudflareWorker() } = options;
  let current: StoredToken | undefined;
  let refused: string | undefined;
  let underway: Promise<string> | undefined;
  let failure: { error: unknown; until: number; refusals: number } | undefined;

  /** A shared store that fails or hangs must not stop payments: the token is then fetched here. */
  async function tryStore<T>(use: (store: TokenStore, key: string) => Promise<T>): Promise<T | undefined> {
    if (store === undefined) return undefined;
    try {
      return await within(
        clock,
        longestStoreWaitMs,
        options.key().then((key) => use(store, key)),
      );
    } catch (error) {
      options.onStoreError(error);
      return undefined;
    }
  }

  async function renew(): Promise<string> {
    const shared = await tryStore((tokens, key) => tokens.get(key));
    if (shared && shared.accessToken !== refused && clock.now() < shared.refreshAtMs) {
      current = shared;
      return shared.accessToken;
    }
    try {
      current = withDeadlines(await fetchToken());
      failure = undefined;
    } catch (error) {
      const refusals = options.isRefusal(error) ? (failure?.refusals ?? 0) + 1 : 0;
      // Wrong credentials: 2, 4, 8 … 60 s, so that an account is not locked by our own insistence.
      const pauseMs = refusals === 0 ? pauseAfterFailureMs : Math.min(longestPauseMs, 1_000 * 2 ** refusals);
      failure = { error, until: clock.monotonic() + pauseMs, refusals };
      throw error;
    }
    const fresh = current;
    await tryStore(async (tokens, key) => {
      if (fresh.accessToken !== refused) await tokens.set(key, fresh);
    });
    return fresh.accessToken;
  }

  function withDeadlines({ accessToken, expiresInSeconds }: FreshToken): StoredToken {
    const lifeMs = expiresInSeconds * 1_000;
    const leadMs = Math.min(options.renewBeforeMs ?? Math.max(shortestRenewalMs, lifeMs / 10), lifeMs / 2);
    // Jitter, so that a fleet started together does not renew together.
    const jitterMs = random.fraction() * leadMs * 0.2;
    const expiresAtMs = clock.now() + lifeMs;
    return { accessToken, expiresAtMs, refreshAtMs: Math.round(expiresAtMs - leadMs - jitterMs) };
  }

  function shareRenewal(): Promise<string> {
    if (!sharesRequests) return renew();
    underway ??= renew().finally(() => {
      underway = undefined;
    });
    return underway;
  }

  return {
    async get(signal) {
      const now = clock.now();
      if (current && now < current.refreshAtMs) return current.accessToken;
      const usable = current && now < current.expiresAtMs ? current.accessToken : undefined;
      if (failure && clock.monotonic() < failure.until) {
        if (usable !== undefined) return usable;
        throw failure.error;
      }
      try {
        return await unlessAborted(shareRenewal(), signal);
      } catch (error) {
        if (usable === undefined || usable === refused || signal?.aborted) throw error;
        return usable;
      }
    },

    async refuse(token) {
      refused = token;
      if (current?.accessToken === token) current = undefined;
      await tryStore(async (tokens, key) => {
        if ((await tokens.get(key))?.accessToken === token) await tokens.delete(key);
      });
    },
  };
}

/**
 * On Workers, I/O belongs to the request that began it: a promise of one request that another one awaits may never
 * settle (Cloudflare Workers docs, "Errors and exceptions", read 2026-11).
 */
function isCloudflareWorker(): boolean {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}
