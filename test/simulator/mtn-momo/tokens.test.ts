import { createSimulator } from "mobile-money/simulator";
import { describe, expect, test } from "vitest";
import { createPlay, mtnMomo, mtnMomoToken } from "../raw-calls.js";

const balance = "/collection/v1_0/account/balance";

describe("MTN tokens", () => {
  test("a token says that it is an access_token and lives an hour", async () => {
    const { simulator } = createPlay();
    const answer = await mtnMomo(simulator, "/collection/token/", { method: "POST" });
    expect(await answer.json()).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: "access_token",
      expires_in: 3600,
    });
    expect(answer.headers.get("content-type")).toBe("application/json;charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("the path without its slash is unknown to the gateway", async () => {
    const { simulator } = createPlay();
    const answer = await mtnMomo(simulator, "/collection/token", {
      method: "POST",
      headers: { authorization: "Basic x" },
    });
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { statusCode: 404, message: "Resource not found" },
    ]);
  });

  test.each([500, 401] as const)("a wrong login is %i with login_failed", async (loginFailureStatus) => {
    const { simulator } = createPlay({ mtnMomo: { quirks: { loginFailureStatus } } });
    const answer = await mtnMomo(simulator, "/collection/token/", {
      method: "POST",
      headers: { authorization: `Basic ${btoa("somebody:secret")}` },
    });
    expect([answer.status, await answer.json()]).toEqual([loginFailureStatus, { error: "login_failed" }]);
  });

  test("a token ends after an hour of the clock", async () => {
    const { simulator, clock } = createPlay();
    const headers = { authorization: `Bearer ${await mtnMomoToken(simulator)}` };
    await clock.advance(3_599_999);
    expect((await mtnMomo(simulator, balance, { headers })).status).toBe(200);
    await clock.advance(1);
    const refused = await mtnMomo(simulator, balance, { headers });
    expect([refused.status, await refused.text(), refused.headers.get("content-type")]).toEqual([
      401,
      "",
      null,
    ]);
  });

  test("tokens can be ended by hand", async () => {
    const { simulator } = createPlay();
    const headers = { authorization: `Bearer ${await mtnMomoToken(simulator)}` };
    simulator.mtnMomo.revokeTokens();
    expect((await mtnMomo(simulator, balance, { headers })).status).toBe(401);
  });

  test("a token without the word Bearer is refused", async () => {
    const { simulator } = createPlay();
    const authorization = await mtnMomoToken(simulator);
    expect((await mtnMomo(simulator, balance, { headers: { authorization } })).status).toBe(401);
  });

  test.each([
    ["0".repeat(32), "invalid subscription key"],
    [undefined, "missing subscription key"],
  ])("the subscription key %s is refused by the gateway", async (key, words) => {
    const { simulator } = createPlay();
    const answer = await mtnMomo(simulator, "/collection/token/", {
      method: "POST",
      headers: { "ocp-apim-subscription-key": key },
    });
    expect([answer.status, answer.statusText]).toEqual([401, "Access Denied"]);
    expect(await answer.json()).toEqual({ statusCode: 401, message: expect.stringContaining(words) });
    expect(answer.headers.get("www-authenticate")).toContain("AzureApiManagementKey");
  });

  test("another product's token is outside its target environment", async () => {
    const { simulator } = createPlay();
    const headers = { authorization: `Bearer ${await mtnMomoToken(simulator, "disbursement")}` };
    const answer = await mtnMomo(simulator, balance, { headers });
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { message: "Access to target environment is forbidden.", code: "NOT_ALLOWED_TARGET_ENVIRONMENT" },
    ]);
  });

  test("an API user of one product is unknown to the other, unless scope is loose", async () => {
    for (const isScopeStrict of [true, false]) {
      const { simulator } = createPlay({ mtnMomo: { quirks: { isScopeStrict } } });
      const { apiUser, apiKey } = simulator.mtnMomo.credentials.collection;
      const authorization = `Basic ${btoa(`${apiUser}:${apiKey}`)}`;
      const answer = await mtnMomo(simulator, "/disbursement/token/", {
        method: "POST",
        headers: { authorization },
      });
      expect(answer.status).toBe(isScopeStrict ? 500 : 200);
    }
  });

  test("a wrong target environment is refused", async () => {
    const { simulator } = createPlay();
    const answer = await mtnMomo(simulator, balance, { headers: { "x-target-environment": "mtnuganda" } });
    expect(await answer.json()).toMatchObject({ code: "NOT_ALLOWED_TARGET_ENVIRONMENT" });
  });

  test("two simulators have different credentials, one seed the same", () => {
    const credentials = (seed?: number) =>
      JSON.stringify(createSimulator(seed === undefined ? {} : { seed }).mtnMomo.credentials);
    expect(credentials(1)).toBe(credentials(1));
    expect(credentials(1)).not.toBe(credentials(2));
    expect(credentials()).not.toBe(credentials());
  });
});
