import type { MpesaClient } from "mobile-money";
import { describe, expect, test } from "vitest";
import { empty, html, json } from "../support/answers.js";
import { mpesaRoutes, setUpMpesa } from "../support/clients.js";
import { failure } from "../support/failure.js";
import { tokenCases } from "../support/token-cases.js";
import { createTokenStore } from "../support/token-store-cases.js";
import { acknowledgement, darajaError, queryAnswer, tokenRefusals } from "./answers.js";
import { rightPush } from "./requests.js";

const push = (client: MpesaClient, options?: { signal?: AbortSignal }) => client.stk.push(rightPush, options);
const accepted = json(200, acknowledgement);

describe("the tokens of M-Pesa", () => {
  tokenCases({
    setUp: setUpMpesa,
    users: [
      { name: "push", route: mpesaRoutes.push, tokenRoute: mpesaRoutes.token, accepted, call: push },
      {
        name: "query",
        route: mpesaRoutes.query,
        tokenRoute: mpesaRoutes.token,
        accepted: json(200, queryAnswer("0")),
        call: (client) => client.stk.query(acknowledgement.CheckoutRequestID),
      },
    ],
    tokenRefusals,
    credentialRefusals: [
      // Wrong keys, and the other environment's (observed 2025 and 2026).
      ["400 without a body", empty(400)],
      ["401 without a body", empty(401)],
      ["401 with a code", darajaError("401.002.01", "Error Occurred - Invalid Access Token")],
      ["401 HTML", html(401)],
    ],
    renewedBeforeSeconds: 360,
  });

  test.each([
    ["400.008.01 Invalid authentication type passed", "400.008.01"],
    ["400.008.02 Invalid grant type passed", "400.008.02"],
  ])("%s → AuthenticationError: a proxy changed the request", async (title, code) => {
    const { client, host, run } = setUpMpesa();
    host.answer(mpesaRoutes.token, darajaError(code, title.slice(11)));
    await expect(run(failure(push(client)))).resolves.toMatchObject({
      code: "authentication_failed",
      providerCode: code,
      remedy: expect.stringMatching(/proxy/),
    });
    expect(host.requests).toHaveLength(1);
  });

  test("HTML of the firewall for a token → ResponseInvalidError: nothing was pushed", async () => {
    const { client, host, run } = setUpMpesa();
    host.answer(mpesaRoutes.token, html(403));
    await expect(run(failure(push(client)))).resolves.toMatchObject({
      code: "response_invalid",
      isRetryable: true,
    });
    expect(host.to(mpesaRoutes.push)).toEqual([]);
  });

  test.each(["3599", 3599])("a lifetime of %j is read alike", async (expiresIn) => {
    const { client, host, clock } = setUpMpesa();
    host.answer(mpesaRoutes.token, json(200, { access_token: "token", expires_in: expiresIn }));
    host.answer(mpesaRoutes.push, accepted);
    await push(client);
    await clock.advance(3_000_000);
    await push(client);
    expect(host.to(mpesaRoutes.token)).toHaveLength(1);
    await clock.advance(599_000);
    await push(client);
    expect(host.to(mpesaRoutes.token)).toHaveLength(2);
  });

  test("two accounts never share a token, not even in one store", async () => {
    const tokenStore = createTokenStore();
    const setups = [
      setUpMpesa({ tokenStore }),
      setUpMpesa({ tokenStore, consumerKey: "another-key" }),
      setUpMpesa({ tokenStore, baseUrl: "https://daraja.example" }),
      setUpMpesa({
        tokenStore,
        environment: "production",
        baseUrl: "https://api.safaricom.co.ke",
        shortcode: "600999",
        passkey: "our-own",
      }),
    ];
    for (const { host } of setups) host.answer(mpesaRoutes.push, accepted);
    for (const { client } of setups) await push(client);
    expect(tokenStore.tokens.size).toBe(4);
  });
});
