import type { StkPush } from "mobile-money";
import { mpesaHost, sandboxPasskey, sandboxShortcode } from "../support/clients.js";
import type { SeenRequest } from "../support/host.js";

/** A push that is right in every way. */
export const rightPush: StkPush = {
  phoneNumber: "0708 374 149",
  amount: { amount: "1500", currency: "KES" },
  accountReference: "ORDER1042",
  description: "Order 1042",
};

/** The request for a token, as Daraja must see it (Daraja docs, "Authorization", read 2026-11). */
export const tokenRequest: SeenRequest = {
  method: "GET",
  url: `${mpesaHost}/oauth/v1/generate?grant_type=client_credentials`,
  headers: { authorization: `Basic ${btoa("consumer-key:consumer-secret")}` },
  body: undefined,
};

/** The headers of every other call, with the client's first token. */
export const callHeaders = { authorization: "Bearer token-1", "content-type": "application/json" };

/** When the test's time begins: 09:00 UTC is noon in East Africa. */
export const timestamp = "20261123120000";

/** The password at that time, beside its timestamp. */
export const signature: { Password: string; Timestamp: string } = {
  Password: btoa(`${sandboxShortcode}${sandboxPasskey}${timestamp}`),
  Timestamp: timestamp,
};
