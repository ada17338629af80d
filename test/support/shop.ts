import {
  type CollectInput,
  MobileMoney,
  type MobileMoneyProvider,
  MpesaClient,
  MtnMomoClient,
} from "mobile-money";
import { acknowledgement } from "../mpesa/answers.js";
import { empty, json, numberedTokens } from "./answers.js";
import {
  countedRandom,
  firstReference,
  mpesaHost,
  mpesaRoutes,
  mtnMomoKeys,
  sandboxPasskey,
} from "./clients.js";
import { createTestClock } from "./clock.js";
import { playHost } from "./host.js";

/** Routes of MTN that the facade uses. */
export const mtnRoutes = {
  collect: "POST /collection/v1_0/requesttopay",
  payOut: "POST /disbursement/v1_0/transfer",
  read: `GET /collection/v1_0/requesttopay/${firstReference}`,
} as const;

/** A shop in Uganda and Kenya, both networks ready to take its requests. */
export function setUpShop() {
  const clock = createTestClock();
  const mtnHost = playHost("https://proxy.momoapi.mtn.com");
  mtnHost.answer("POST /collection/token/", numberedTokens());
  mtnHost.answer("POST /disbursement/token/", numberedTokens());
  mtnHost.answer(mtnRoutes.collect, empty(202));
  mtnHost.answer(mtnRoutes.payOut, empty(202));
  const darajaHost = playHost(mpesaHost);
  darajaHost.answer(mpesaRoutes.token, numberedTokens("3599"));
  darajaHost.answer(mpesaRoutes.push, json(200, acknowledgement));

  const mtnOptions = { environment: "mtnuganda", ...mtnMomoKeys, clock } as const;
  const mtn = new MtnMomoClient(mtnOptions);
  const mpesa = new MpesaClient({
    environment: "sandbox",
    consumerKey: "key",
    consumerSecret: "secret",
    shortcode: "174379",
    passkey: sandboxPasskey,
    callbackUrl: "https://shop.example/hooks/result",
    clock,
  });
  const withProviders = (...providers: MobileMoneyProvider[]) =>
    new MobileMoney({ providers, random: countedRandom() });
  const money = withProviders(mtn, mpesa);
  return { money, mtn, mpesa, mtnOptions, mtnHost, darajaHost, clock, run: clock.run, withProviders };
}

/** A request that fits MTN alone, and one that fits M-Pesa alone. */
export const inUganda: CollectInput = {
  from: "0772 123 456",
  amount: { amount: "15,000", currency: "UGX" },
  reference: "order-1042",
};
export const inKenya: CollectInput = {
  from: "+254 712 345 678",
  amount: { amount: "1,500", currency: "KES" },
  reference: "order-1042",
};
