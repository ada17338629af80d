import { describe, expect, test } from "vitest";
import { createPlay, mtnMomo, postRequestToPay, requestToPay } from "../raw-calls.js";

const address = { "x-callback-url": "http://localhost:4000/callbacks/1?x=2" };

describe("MTN callbacks", () => {
  test("one callback, as seen on the wire: no payerMessage, no reference id", async () => {
    const { simulator, clock, received } = createPlay();
    const { reference } = await postRequestToPay(simulator, requestToPay, address);
    expect(received).toHaveLength(0);
    await clock.advance(60_000);
    expect(received).toHaveLength(1);
    const { url, method, headers, body } = received[0] as (typeof received)[0];
    expect([url, method]).toEqual([address["x-callback-url"], "POST"]);
    expect(Object.fromEntries(headers)).toEqual({
      "content-type": "application/json; charset=utf-8",
      "user-agent": "LWAC Http Client 1.0",
    });
    expect(body).toMatch(
      /^\{"financialTransactionId":"\d{10}","externalId":"order-1001","amount":"100","currency":"EUR","payer":\{"partyIdType":"MSISDN","partyId":"46700000001"\},"payeeNote":"Shop payment","status":"SUCCESSFUL"\}$/,
    );
    expect(simulator.deliveries).toMatchObject([
      { provider: "mtn_momo", reference, method: "POST", body, status: 200 },
    ]);
  });

  test("a failure has its reason as a text", async () => {
    const { simulator, clock, received } = createPlay();
    const payer = { partyIdType: "MSISDN", partyId: "46733123451" };
    await postRequestToPay(simulator, { ...requestToPay, payer }, address);
    await clock.advance(1000);
    expect(received[0]?.body).toBe(
      '{"externalId":"order-1001","amount":"100","currency":"EUR","payer":{"partyIdType":"MSISDN","partyId":"46733123451"},"payeeNote":"Shop payment","status":"FAILED","reason":"APPROVAL_REJECTED"}',
    );
  });

  test("without the header there is none", async () => {
    const { simulator, clock, received } = createPlay();
    await postRequestToPay(simulator);
    await clock.advance(60_000);
    expect([received, simulator.deliveries]).toEqual([[], []]);
  });

  test("the verb can be PUT", async () => {
    const { simulator, clock, received } = createPlay({ mtnMomo: { quirks: { callbackMethod: "PUT" } } });
    await postRequestToPay(simulator, requestToPay, address);
    await clock.advance(1000);
    expect(received[0]?.method).toBe("PUT");
  });

  test.each([
    ["http://127.0.0.1:80/x", 202],
    ["http://[::1]:80/x", 202],
    ["https://localhost", 202],
    ["https://shop.test/x", 500],
    ["localhost/x", 500],
    ["ftp://localhost/x", 500],
  ])("%s at a local API user is %i", async (url, status) => {
    const { simulator } = createPlay();
    const { answer } = await postRequestToPay(simulator, requestToPay, { "x-callback-url": url });
    expect(answer.status).toBe(status);
  });

  test("a loopback address is foreign to an API user with a public host", async () => {
    const { simulator } = createPlay({ mtnMomo: { callbackHost: "shop.test" } });
    const { answer } = await postRequestToPay(simulator, requestToPay, address);
    expect(answer.status).toBe(500);
  });

  test("a foreign host is INVALID_CALLBACK_URL_HOST and makes nothing", async () => {
    const { simulator } = createPlay({ mtnMomo: { callbackHost: "shop.test" } });
    const { reference, answer } = await postRequestToPay(simulator, requestToPay, {
      "x-callback-url": "https://evil.test/x",
    });
    expect(await answer.text()).toBe(
      '{"message":"Callback URL does not match the configured value.","code":"INVALID_CALLBACK_URL_HOST"}',
    );
    expect((await mtnMomo(simulator, `/collection/v1_0/requesttopay/${reference}`)).status).toBe(404);
    const { answer: own } = await postRequestToPay(simulator, requestToPay, {
      "x-callback-url": "https://shop.test:8443/x",
      "x-reference-id": reference,
    });
    expect(own.status).toBe(202);
  });
});
