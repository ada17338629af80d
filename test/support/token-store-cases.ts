import type { StoredToken, TokenStore } from "mobile-money";
import { describe, expect, test } from "vitest";
import { numberedTokens } from "./answers.js";
import { type TokenTarget, tokensSeen } from "./token-target.js";

/** A store in memory, open to view. */
export function createTokenStore(): TokenStore & { readonly tokens: Map<string, StoredToken> } {
  const tokens = new Map<string, StoredToken>();
  return {
    tokens,
    get: async (key) => tokens.get(key),
    set: async (key, token) => void tokens.set(key, token),
    delete: async (key) => void tokens.delete(key),
  };
}

/** Tests of a store that shares tokens, and of one that fails. */
export function tokenStoreCases<Client>({ setUp, users, tokenRefusals }: TokenTarget<Client>): void {
  const [first] = users;
  const { tokenRoute } = first;
  const [[, refused]] = tokenRefusals;

  describe("a token store", () => {
    test("shared by two clients: one token for both", async () => {
      const tokenStore = createTokenStore();
      const one = setUp({ tokenStore });
      const two = setUp({ tokenStore });
      two.host.answer(tokenRoute, numberedTokens());
      two.host.answer(first.route, first.accepted);
      await first.call(one.client);
      await first.call(two.client);
      expect(two.host.to(tokenRoute)).toHaveLength(1);
      expect(tokensSeen(two.host, first.route)).toEqual({ "token-1": 2 });
    });

    test("a token that one client had refused is not used by the other", async () => {
      const tokenStore = createTokenStore();
      const one = setUp({ tokenStore });
      const two = setUp({ tokenStore });
      const { host } = two;
      host.answer(tokenRoute, numberedTokens());
      host.answer(first.route, refused, first.accepted);
      await one.run(first.call(one.client));
      await two.run(first.call(two.client));
      expect(tokensSeen(host, first.route)).toEqual({ "token-1": 1, "token-2": 2 });
    });

    test("keys hold no credential, and each product and credential has its own", async () => {
      const tokenStore = createTokenStore();
      for (const user of users) {
        const { client, host } = setUp({ tokenStore });
        host.answer(user.tokenRoute, numberedTokens());
        host.answer(user.route, user.accepted);
        await user.call(client);
      }
      const keys = [...tokenStore.tokens.keys()];
      expect(keys).toHaveLength(new Set(users.map((user) => user.tokenRoute)).size);
      for (const key of keys) expect(key).not.toMatch(/secret|-key|-user/);
    });

    const broken: readonly (readonly [string, Partial<TokenStore>])[] = [
      ["can't be read", { get: () => Promise.reject(new Error("store down")) }],
      ["can't be written", { set: () => Promise.reject(new Error("store down")) }],
      [
        "throws at once",
        {
          get() {
            throw new Error("store down");
          },
        },
      ],
    ];

    test.each(broken)("that %s does not stop payments, and is told to the logger", async (_, part) => {
      const warnings: unknown[] = [];
      const warn = (...warning: unknown[]) => void warnings.push(warning);
      const logger = { debug() {}, info() {}, warn, error() {} };
      const { client, host } = setUp({ tokenStore: { ...createTokenStore(), ...part }, logger });
      host.answer(first.route, first.accepted);
      await first.call(client);
      await first.call(client);
      expect(host.to(tokenRoute)).toHaveLength(1);
      expect(warnings).toEqual([
        ["the token store failed", expect.objectContaining({ error: "Error: store down" })],
      ]);
    });

    test("that can't forget a refused token does not stop payments", async () => {
      const tokenStore = { ...createTokenStore(), delete: () => Promise.reject(new Error("store down")) };
      const { client, host, run } = setUp({ tokenStore });
      host.answer(first.route, refused, first.accepted);
      await run(first.call(client));
      expect(tokensSeen(host, first.route)).toEqual({ "token-1": 1, "token-2": 1 });
    });

    test("that holds something else does not stop payments", async () => {
      const tokenStore = { ...createTokenStore(), get: async () => ({}) as StoredToken };
      const { client, host } = setUp({ tokenStore });
      host.answer(first.route, first.accepted);
      await first.call(client);
      expect(tokensSeen(host, first.route)).toEqual({ "token-1": 1 });
    });

    test("that never answers does not stop payments for ever", async () => {
      const never = () => new Promise<never>(() => {});
      const { client, host, clock, run } = setUp({ tokenStore: { get: never, set: never, delete: never } });
      host.answer(first.route, first.accepted);
      await run(first.call(client));
      expect(tokensSeen(host, first.route)).toEqual({ "token-1": 1 });
      expect(clock.monotonic()).toBeLessThanOrEqual(5_000);
    });
  });
}
