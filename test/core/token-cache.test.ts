import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { StoredToken, TokenStore } from "../../src/core/stores.js";
import { createTokenCache, type FreshToken, type TokenCacheOptions } from "../../src/core/token-cache.js";
import { rejection } from "../support/failure.js";
import { createManualClock, type ManualClock, settled } from "../support/manual-clock.js";

const refusal = new Error("wrong credentials");
const outage = new Error("no connection");

interface Setup {
  readonly clock: ManualClock;
  readonly cache: ReturnType<typeof createTokenCache>;
  /** The token endpoint: `token-1`, `token-2`, … for an hour each, unless a test says otherwise. */
  readonly fetchToken: ReturnType<typeof vi.fn<() => Promise<FreshToken>>>;
  readonly onStoreError: ReturnType<typeof vi.fn<(error: unknown) => void>>;
}

function setUp(options: Partial<TokenCacheOptions> & { clock?: ManualClock; fraction?: number } = {}): Setup {
  const { clock = createManualClock(), fraction = 0, ...rest } = options;
  let count = 0;
  const fetchToken = vi.fn(async () => {
    count += 1;
    return { accessToken: `token-${count}`, expiresInSeconds: 3_600 };
  });
  const onStoreError = vi.fn<(error: unknown) => void>();
  const cache = createTokenCache({
    key: async () => "the-key",
    fetchToken,
    isRefusal: (error) => error === refusal,
    onStoreError,
    clock,
    random: { uuid: () => "", fraction: () => fraction },
    ...rest,
  });
  return { clock, cache, fetchToken, onStoreError };
}

function memoryStore(): TokenStore & { readonly tokens: Map<string, StoredToken> } {
  const tokens = new Map<string, StoredToken>();
  return {
    tokens,
    get: async (key) => tokens.get(key),
    set: async (key, token) => void tokens.set(key, token),
    delete: async (key) => void tokens.delete(key),
  };
}

const thousand = <T>(make: () => Promise<T>) => Promise.allSettled(Array.from({ length: 1_000 }, make));
const valuesOf = (results: PromiseSettledResult<string>[]) =>
  new Set(results.map((result) => (result.status === "fulfilled" ? result.value : result.reason)));

describe("a token", () => {
  test("is not asked for before it is needed", async () => {
    const { fetchToken, clock } = setUp();
    await clock.advance(10_000);
    expect(fetchToken).not.toHaveBeenCalled();
  });

  test("is kept until a tenth of its life is left, then replaced", async () => {
    const { cache, clock, fetchToken } = setUp();
    expect(await cache.get()).toBe("token-1");
    await clock.advance(3_240_000 - 1);
    expect(await cache.get()).toBe("token-1");
    await clock.advance(1);
    expect(await cache.get()).toBe("token-2");
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  test("is replaced as long before its end as the provider advises", async () => {
    const { cache, clock } = setUp({ renewBeforeMs: 600_000 });
    await cache.get();
    await clock.advance(3_000_000 - 1);
    expect(await cache.get()).toBe("token-1");
    await clock.advance(1);
    expect(await cache.get()).toBe("token-2");
  });

  test("is replaced early, at a time that differs between processes, and never before it is used", async () => {
    const life = fc.integer({ min: 1, max: 100_000 });
    const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const advised = fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(life, fraction, advised, async (expiresInSeconds, fraction, renewBeforeMs) => {
        const store = memoryStore();
        const { cache, clock } = setUp({
          store,
          fraction,
          fetchToken: async () => ({ accessToken: "token", expiresInSeconds }),
          ...(renewBeforeMs !== undefined && { renewBeforeMs }),
        });
        await cache.get();
        const { expiresAtMs, refreshAtMs } = store.tokens.get("the-key") as StoredToken;
        const lifeMs = expiresInSeconds * 1_000;
        const leadMs = Math.min(renewBeforeMs ?? Math.max(60_000, lifeMs / 10), lifeMs / 2);
        expect(expiresAtMs).toBe(clock.now() + lifeMs);
        expect(refreshAtMs).toBeGreaterThan(clock.now());
        expect(refreshAtMs).toBeLessThanOrEqual(expiresAtMs - Math.floor(leadMs));
        expect(refreshAtMs).toBeGreaterThanOrEqual(expiresAtMs - Math.ceil(leadMs * 1.2));
      }),
      { numRuns: 1_000 },
    );
  });

  test("moves with the jitter", async () => {
    const refreshTimes = await Promise.all(
      [0, 0.5, 0.999].map(async (fraction) => {
        const store = memoryStore();
        await setUp({ store, fraction }).cache.get();
        return store.tokens.get("the-key")?.refreshAtMs;
      }),
    );
    expect(new Set(refreshTimes).size).toBe(3);
  });
});

describe("a thousand calls at once", () => {
  test("share one request when there is no token", async () => {
    const { cache, fetchToken } = setUp();
    expect(valuesOf(await thousand(() => cache.get()))).toEqual(new Set(["token-1"]));
    expect(fetchToken).toHaveBeenCalledTimes(1);
  });

  test("share one request when the token has expired", async () => {
    const { cache, clock, fetchToken } = setUp();
    await cache.get();
    await clock.advance(3_600_000);
    expect(valuesOf(await thousand(() => cache.get()))).toEqual(new Set(["token-2"]));
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  test("share one request after the provider refused the token of them all", async () => {
    const { cache, fetchToken } = setUp();
    const sendTwice = async () => {
      await cache.refuse(await cache.get());
      return cache.get();
    };
    expect(valuesOf(await thousand(sendTwice))).toEqual(new Set(["token-2"]));
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  test("share one failed request, and one more a second later", async () => {
    const { cache, clock, fetchToken } = setUp();
    fetchToken.mockRejectedValueOnce(outage);
    expect(valuesOf(await thousand(() => cache.get()))).toEqual(new Set([outage]));
    expect(fetchToken).toHaveBeenCalledTimes(1);
    await clock.advance(1_000);
    expect(valuesOf(await thousand(() => cache.get()))).toEqual(new Set(["token-1"]));
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });
});

describe("a refused token", () => {
  test("is dropped once: a late refusal does not hurt its successor", async () => {
    const { cache, fetchToken } = setUp();
    await cache.get();
    await cache.refuse("token-1");
    expect(await cache.get()).toBe("token-2");
    await cache.refuse("token-1");
    expect(await cache.get()).toBe("token-2");
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  test("is not handed out again when its early renewal fails", async () => {
    const { cache, clock, fetchToken } = setUp();
    await cache.get();
    await clock.advance(3_300_000);
    let fail: (error: Error) => void = () => {};
    fetchToken.mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)));
    const waiting = rejection(cache.get());
    await settled();
    await cache.refuse("token-1");
    fail(outage);
    expect(await waiting).toBe(outage);
    expect(await rejection(cache.get())).toBe(outage);
  });

  test("is replaced once per revocation, however calls, refusals and token requests interleave", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(3),
        fc.boolean(),
        async (scheduler, workerCount, revocationCount, withStore) => {
          let issued = 0;
          let revoked = 0;
          const fetchToken = async () => {
            await scheduler.schedule(Promise.resolve(), "token request");
            issued += 1;
            return { accessToken: `${issued}`, expiresInSeconds: 3_600 };
          };
          const { cache } = setUp({ fetchToken, store: withStore ? memoryStore() : undefined });
          let isKnownRefused = 0;
          const work = async (): Promise<void> => {
            for (;;) {
              const floor = isKnownRefused;
              const token = await cache.get();
              expect(Number(token)).toBeGreaterThan(floor);
              await scheduler.schedule(Promise.resolve(), "payment request");
              if (Number(token) > revoked) return;
              await cache.refuse(token);
              isKnownRefused = Math.max(isKnownRefused, Number(token));
            }
          };
          const revoke = async () => {
            await scheduler.schedule(Promise.resolve(), "revocation");
            revoked = issued;
          };
          const everything = [
            ...Array.from({ length: workerCount }, work),
            ...Array.from({ length: revocationCount }, revoke),
          ];
          await scheduler.waitFor(Promise.all(everything));
          expect(issued).toBeLessThanOrEqual(1 + revocationCount);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a failed token request", () => {
  /** Asks for a token every 50 ms, and returns when the endpoint was asked, in milliseconds. */
  const askFor = async ({ cache, clock, fetchToken }: Setup, ms: number, error: Error) => {
    const times: number[] = [];
    fetchToken.mockImplementation(async () => {
      times.push(clock.monotonic());
      throw error;
    });
    for (let passed = 0; passed < ms; passed += 50) {
      expect(await rejection(cache.get())).toBe(error);
      await clock.advance(50);
    }
    return times;
  };

  test("is made again after a second when the endpoint is out of reach", async () => {
    expect(await askFor(setUp(), 5_000, outage)).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
  });

  test("is made again ever more slowly when the credentials are refused: five times in the first minute", async () => {
    const times = await askFor(setUp(), 240_000, refusal);
    expect(times).toEqual([0, 2_000, 6_000, 14_000, 30_000, 62_000, 122_000, 182_000]);
  });

  test("starts from the shortest pause again after a success", async () => {
    const setup = setUp();
    await askFor(setup, 10_000, refusal);
    setup.fetchToken.mockImplementation(async () => ({ accessToken: "good", expiresInSeconds: 3_600 }));
    await setup.clock.advance(60_000);
    expect(await setup.cache.get()).toBe("good");
    await setup.cache.refuse("good");
    const start = setup.clock.monotonic();
    const times = await askFor(setup, 3_000, refusal);
    expect(times.map((time) => time - start)).toEqual([0, 2_000]);
  });

  test("does not stop calls that still have a token that works, and is not repeated at each of them", async () => {
    const { cache, clock, fetchToken } = setUp();
    await cache.get();
    fetchToken.mockRejectedValue(outage);
    await clock.advance(3_300_000);
    for (let count = 0; count < 100; count++) expect(await cache.get()).toBe("token-1");
    expect(fetchToken).toHaveBeenCalledTimes(2);
    await clock.advance(300_000);
    expect(await rejection(cache.get())).toBe(outage);
  });
});

describe("a caller that gives up", () => {
  const reason = new DOMException("gone", "AbortError");

  test("does not hurt the others, and the token is kept", async () => {
    const { cache, fetchToken } = setUp();
    const controller = new AbortController();
    const first = rejection(cache.get(controller.signal));
    const others = [cache.get(), cache.get(new AbortController().signal)];
    controller.abort(reason);
    expect(await first).toBe(reason);
    expect(await Promise.all(others)).toEqual(["token-1", "token-1"]);
    expect(await cache.get()).toBe("token-1");
    expect(fetchToken).toHaveBeenCalledTimes(1);
  });

  test("before it began gets its own reason", async () => {
    const { cache } = setUp();
    expect(await rejection(cache.get(AbortSignal.abort(reason)))).toBe(reason);
  });

  test("gets its own reason, not a token that still works", async () => {
    const { cache, clock, fetchToken } = setUp();
    await cache.get();
    await clock.advance(3_300_000);
    fetchToken.mockImplementationOnce(() => new Promise(() => {}));
    const controller = new AbortController();
    const waiting = rejection(cache.get(controller.signal));
    controller.abort(reason);
    expect(await waiting).toBe(reason);
  });

  test("alone, leaves no rejection that nobody handles", async () => {
    const { cache, fetchToken } = setUp();
    let fail: (error: Error) => void = () => {};
    fetchToken.mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)));
    const controller = new AbortController();
    const waiting = rejection(cache.get(controller.signal));
    await settled();
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    fail(outage); // a rejection without a handler would fail the whole run
    await settled();
  });

  test("leaves no listener on its signal", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    for (let count = 0; count < 1_000; count++) await setUp().cache.get(signal);
    await settled();
    expect(added).toHaveBeenCalledTimes(1_000);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });
});

describe("a shared store", () => {
  const stored = (
    clock: ManualClock,
    accessToken: string,
    changes: Partial<StoredToken> = {},
  ): StoredToken => ({
    accessToken,
    expiresAtMs: clock.now() + 3_600_000,
    refreshAtMs: clock.now() + 3_000_000,
    ...changes,
  });

  test("gives the token of another process", async () => {
    const store = memoryStore();
    const { cache, clock, fetchToken } = setUp({ store });
    store.tokens.set("the-key", stored(clock, "another's"));
    expect(await cache.get()).toBe("another's");
    expect(fetchToken).not.toHaveBeenCalled();
  });

  test("is asked once while the token is fresh", async () => {
    const store = memoryStore();
    const get = vi.spyOn(store, "get");
    const { cache } = setUp({ store });
    await cache.get();
    await cache.get();
    expect(get).toHaveBeenCalledTimes(1);
  });

  test("keeps what one process fetched for the next", async () => {
    const store = memoryStore();
    const clock = createManualClock();
    const first = setUp({ store, clock });
    const second = setUp({ store, clock });
    expect(await first.cache.get()).toBe("token-1");
    expect(store.tokens).toEqual(
      new Map([
        [
          "the-key",
          {
            accessToken: "token-1",
            expiresAtMs: clock.now() + 3_600_000,
            refreshAtMs: clock.now() + 3_240_000,
          },
        ],
      ]),
    );
    expect(await second.cache.get()).toBe("token-1");
    expect(second.fetchToken).not.toHaveBeenCalled();
  });

  test.each([null, undefined, {}, "token", { accessToken: "old", expiresAtMs: 1, refreshAtMs: 1 }])(
    "that has no fresh token, but %j, is passed over",
    async (value) => {
      const store = { ...memoryStore(), get: async () => value as unknown as StoredToken };
      const { cache } = setUp({ store });
      expect(await cache.get()).toBe("token-1");
    },
  );

  test("loses a refused token, and no newer one", async () => {
    const store = memoryStore();
    const { cache, clock } = setUp({ store });
    await cache.get();
    await cache.refuse("token-1");
    expect(store.tokens.size).toBe(0);
    store.tokens.set("the-key", stored(clock, "another's"));
    await cache.refuse("token-1");
    expect(store.tokens.get("the-key")?.accessToken).toBe("another's");
  });

  test("is not believed when it still has the refused token", async () => {
    const store = { ...memoryStore(), delete: async () => {} };
    const { cache } = setUp({ store });
    await cache.get();
    await cache.refuse("token-1");
    expect(await cache.get()).toBe("token-2");
  });

  test.each(["get", "set", "delete"] as const)(
    "that fails at %s is reported, and does not stop payments",
    async (method) => {
      const error = new Error("store down");
      const store = { ...memoryStore(), [method]: () => Promise.reject(error) };
      const { cache, onStoreError } = setUp({ store });
      expect(await cache.get()).toBe("token-1");
      await cache.refuse("token-1");
      expect(await cache.get()).toBe("token-2");
      expect(onStoreError).toHaveBeenCalledWith(error);
    },
  );

  test("whose key can't be made is reported, and does not stop payments", async () => {
    const error = new Error("no key");
    const { cache, onStoreError } = setUp({ store: memoryStore(), key: () => Promise.reject(error) });
    expect(await cache.get()).toBe("token-1");
    expect(onStoreError).toHaveBeenCalledWith(error);
  });

  test("that never answers does not stop payments", async () => {
    const never = () => new Promise<never>(() => {});
    const { cache, clock } = setUp({ store: { get: never, set: never, delete: never } });
    expect(await clock.run(cache.get())).toBe("token-1");
    await clock.run(cache.refuse("token-1"));
    expect(await clock.run(cache.get())).toBe("token-2");
  });

  test("never gets a token that was refused while its key was made", async () => {
    const store = memoryStore();
    const set = vi.spyOn(store, "set");
    const keys: (() => void)[] = [];
    const key = () => new Promise<string>((resolve) => keys.push(() => resolve("the-key")));
    const { cache } = setUp({ store, key });
    const first = cache.get();
    await settled();
    keys.shift()?.(); // the store is asked, the token is fetched; its own key is still being made
    await settled();
    expect(await cache.get()).toBe("token-1"); // another call uses it already, and it is refused
    const refusing = cache.refuse("token-1");
    while (keys.length > 0) {
      keys.shift()?.();
      await settled();
    }
    await Promise.all([first, refusing]);
    expect(set.mock.calls.map(([, token]) => token)).toEqual([]);
  });
});

describe("without shared requests", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("each call makes its own, and the token is kept for later ones", async () => {
    const { cache, fetchToken } = setUp({ sharesRequests: false });
    await Promise.all([cache.get(), cache.get(), cache.get()]);
    expect(fetchToken).toHaveBeenCalledTimes(3);
    await cache.get();
    expect(fetchToken).toHaveBeenCalledTimes(3);
  });

  test("a call that hangs or is given up holds up no other", async () => {
    const { cache, fetchToken } = setUp({ sharesRequests: false });
    fetchToken.mockImplementationOnce(() => new Promise(() => {}));
    const controller = new AbortController();
    const first = rejection(cache.get(controller.signal));
    const others = [cache.get(), cache.get()];
    controller.abort(outage);
    expect(await first).toBe(outage);
    expect(await Promise.all(others)).toEqual(["token-1", "token-2"]);
  });

  test("a store is shared all the same", async () => {
    const store = memoryStore();
    const first = setUp({ store, sharesRequests: false });
    const second = setUp({ store, sharesRequests: false, clock: first.clock });
    await first.cache.get();
    await second.cache.get();
    expect(second.fetchToken).not.toHaveBeenCalled();
  });

  test.each([
    ["Cloudflare-Workers", 2],
    ["Node.js/22", 1],
  ])("is how it is on %s by default: %i requests for two calls", async (userAgent, count) => {
    vi.stubGlobal("navigator", { userAgent });
    const { cache, fetchToken } = setUp();
    await Promise.all([cache.get(), cache.get()]);
    expect(fetchToken).toHaveBeenCalledTimes(count);
  });
});

describe("a wall clock that jumps", () => {
  test("back: the token is used until the provider refuses it, then replaced", async () => {
    const { cache, clock, fetchToken } = setUp({ store: memoryStore() });
    await cache.get();
    clock.setBack(86_400_000);
    await clock.advance(3_600_000);
    expect(await cache.get()).toBe("token-1");
    await cache.refuse("token-1");
    expect(await cache.get()).toBe("token-2");
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  test("forward: the token is replaced once", async () => {
    const { cache, clock, fetchToken } = setUp();
    await cache.get();
    clock.setBack(-86_400_000);
    expect(await cache.get()).toBe("token-2");
    expect(await cache.get()).toBe("token-2");
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  test("back: a failure is not paused over for longer", async () => {
    const { cache, clock, fetchToken } = setUp();
    fetchToken.mockRejectedValueOnce(outage);
    await rejection(cache.get());
    clock.setBack(86_400_000);
    await clock.advance(1_000);
    expect(await cache.get()).toBe("token-1");
  });
});
