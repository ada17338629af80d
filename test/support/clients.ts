import {
  MpesaClient,
  type MpesaOptions,
  MtnMomoClient,
  type MtnMomoOptions,
  type Random,
} from "mobile-money";
import { numberedTokens } from "./answers.js";
import { createTestClock, type TestClock } from "./clock.js";
import { type Host, playHost } from "./host.js";

/** The reference that a client under test makes first. */
export const firstReference = "00000000-0000-4000-8000-000000000001";

/** Randomness that can be foretold: numbered references, and no jitter up or down. */
export function countedRandom(): Random {
  let count = 0;
  return {
    uuid() {
      count += 1;
      return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
    },
    fraction: () => 0.5,
  };
}

/** A client, the provider that it talks to, and the time that both live in. */
export interface Setup<Client> {
  readonly client: Client;
  readonly host: Host;
  readonly clock: TestClock;
  /** Lets time pass until the call has ended. */
  run<Value>(work: Promise<Value>): Promise<Value>;
}

/** Hosts of the sandboxes (MTN portal and Daraja docs, read 2026-11). */
export const mtnMomoHost = "https://sandbox.momodeveloper.mtn.com";
export const mpesaHost = "https://sandbox.safaricom.co.ke";

/** Keys of two products of one sandbox account. */
export const mtnMomoKeys = {
  collection: { subscriptionKey: "collection-key", apiUser: "collection-user", apiKey: "collection-secret" },
  disbursement: {
    subscriptionKey: "disbursement-key",
    apiUser: "disbursement-user",
    apiKey: "disbursement-secret",
  },
};

/** An MTN client in the sandbox; its tokens are `token-1`, `token-2`, … for each product. */
export function setUpMtnMomo(options: Partial<MtnMomoOptions> = {}): Setup<MtnMomoClient> {
  const clock = createTestClock();
  const host = playHost(options.baseUrl ?? mtnMomoHost);
  host.answer("POST /collection/token/", numberedTokens());
  host.answer("POST /disbursement/token/", numberedTokens());
  const client = new MtnMomoClient({
    environment: "sandbox",
    ...mtnMomoKeys,
    clock,
    random: countedRandom(),
    ...options,
  });
  return { client, host, clock, run: clock.run };
}

/** Safaricom's published values for STK push in the sandbox. */
export const sandboxShortcode = "174379";
export const sandboxPasskey = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";

/** Routes of Daraja. */
export const mpesaRoutes = {
  token: "GET /oauth/v1/generate",
  push: "POST /mpesa/stkpush/v1/processrequest",
  query: "POST /mpesa/stkpushquery/v1/query",
} as const;

/** An M-Pesa client in the sandbox; its tokens are `token-1`, `token-2`, …. */
export function setUpMpesa(options: Partial<MpesaOptions> = {}): Setup<MpesaClient> {
  const clock = createTestClock();
  const host = playHost(options.baseUrl ?? mpesaHost);
  host.answer(mpesaRoutes.token, numberedTokens("3599"));
  const client = new MpesaClient({
    environment: "sandbox",
    consumerKey: "consumer-key",
    consumerSecret: "consumer-secret",
    shortcode: sandboxShortcode,
    passkey: sandboxPasskey,
    callbackUrl: "https://shop.example/hooks/result",
    clock,
    random: countedRandom(),
    ...options,
  });
  return { client, host, clock, run: clock.run };
}
