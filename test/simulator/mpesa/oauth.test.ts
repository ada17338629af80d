import { describe, expect, test } from "vitest";
import { createPlay, daraja, darajaToken, stkPush } from "../raw-calls.js";

const address = "https://daraja.test/oauth/v1/generate?grant_type=client_credentials";
const basic = (user: string, password: string) => ({ authorization: `Basic ${btoa(`${user}:${password}`)}` });
const requestId = expect.stringMatching(/^[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\d{6}$/);

describe("Daraja OAuth", () => {
  test("a token of 28 characters, its life as a text one second short", async () => {
    const { simulator } = createPlay();
    const { consumerKey, consumerSecret } = simulator.mpesa.credentials;
    const answer = await simulator.fetch(address, { headers: basic(consumerKey, consumerSecret) });
    expect(await answer.json()).toEqual({
      access_token: expect.stringMatching(/^[A-Za-z0-9]{28}$/),
      expires_in: "3599",
    });
  });

  test("wrong keys are 400 with an empty body", async () => {
    const { simulator } = createPlay();
    const { consumerKey } = simulator.mpesa.credentials;
    const answer = await simulator.fetch(address, { headers: basic(consumerKey, "wrong") });
    expect([answer.status, await answer.text(), answer.headers.get("content-type")]).toEqual([400, "", null]);
  });

  test("anything but Basic is 400.008.01", async () => {
    const { simulator } = createPlay();
    const answer = await simulator.fetch(address, { headers: { authorization: "Bearer x" } });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { requestId, errorCode: "400.008.01", errorMessage: "Invalid authentication type passed" },
    ]);
  });

  test("another grant type is 400.008.02", async () => {
    const { simulator } = createPlay();
    const answer = await simulator.fetch("https://daraja.test/oauth/v1/generate", {
      headers: basic("a", "b"),
    });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { requestId, errorCode: "400.008.02", errorMessage: "Invalid grant type passed" },
    ]);
  });

  test("POST is refused", async () => {
    const answer = await createPlay().simulator.fetch(address, { method: "POST" });
    expect(await answer.json()).toMatchObject({
      errorCode: "405.001",
      errorMessage: "POST Method Not Allowed",
    });
  });

  test("a token ends by the clock; then STK answers 404 404.001.03", async () => {
    const { simulator, clock } = createPlay();
    const authorization = `Bearer ${await darajaToken(simulator)}`;
    const call = () =>
      daraja(simulator, "/mpesa/stkpush/v1/processrequest", stkPush(simulator), { authorization });
    await clock.advance(3_599_999);
    expect((await call()).status).toBe(200);
    await clock.advance(1);
    const refused = await call();
    expect([refused.status, await refused.json()]).toEqual([
      404,
      { requestId, errorCode: "404.001.03", errorMessage: "Invalid Access Token" },
    ]);
  });

  test("a missing or revoked token is 404 404.001.03", async () => {
    const { simulator } = createPlay();
    const body = stkPush(simulator);
    const missing = await daraja(simulator, "/mpesa/stkpush/v1/processrequest", body, {
      authorization: undefined,
    });
    const authorization = `Bearer ${await darajaToken(simulator)}`;
    simulator.mpesa.revokeTokens();
    const revoked = await daraja(simulator, "/mpesa/stkpushquery/v1/query", body, { authorization });
    for (const answer of [missing, revoked]) {
      expect([answer.status, await answer.json()]).toEqual([
        404,
        expect.objectContaining({ errorCode: "404.001.03" }),
      ]);
    }
  });

  test.each([true, false])("a new token ends the former one: %s", async (isTokenSingle) => {
    const { simulator } = createPlay({ mpesa: { quirks: { isTokenSingle } } });
    const authorization = `Bearer ${await darajaToken(simulator)}`;
    await darajaToken(simulator);
    const answer = await daraja(simulator, "/mpesa/stkpush/v1/processrequest", stkPush(simulator), {
      authorization,
    });
    expect(answer.status).toBe(isTokenSingle ? 404 : 200);
  });
});
