import { createManualClock, createSimulator } from "mobile-money/simulator";
import { describe, expect, test, vi } from "vitest";
import { createPlay, mtnMomo, postRequestToPay, push, requestToPay, stkPush } from "./raw-calls.js";

describe("the record of requests", () => {
  test("method, path, headers without credentials, body and status", async () => {
    const { simulator } = createPlay();
    const { reference } = await postRequestToPay(simulator);
    expect(simulator.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ["token", 200],
      ["collection.request_to_pay", 202],
    ]);
    expect(simulator.requests[1]).toEqual({
      at: "2026-11-23T09:00:00.000Z",
      provider: "mtn_momo",
      operation: "collection.request_to_pay",
      method: "POST",
      path: "/collection/v1_0/requesttopay",
      headers: {
        authorization: "Bearer [redacted]",
        "content-type": "application/json",
        "ocp-apim-subscription-key": "[redacted]",
        "x-reference-id": reference,
        "x-target-environment": "sandbox",
      },
      body: JSON.stringify(requestToPay),
      status: 202,
    });
    const { subscriptionKey, apiKey, apiUser } = simulator.mtnMomo.credentials.collection;
    await mtnMomo(simulator, `/collection/v1_0/account/balance?subscription-key=${subscriptionKey}`);
    const written = JSON.stringify(simulator.requests);
    for (const secret of [subscriptionKey, apiKey, btoa(`${apiUser}:${apiKey}`)])
      expect(written).not.toContain(secret);
  });

  test("a path of neither network is 404 and is recorded", async () => {
    const { simulator } = createPlay();
    expect((await simulator.fetch("https://any.test/elsewhere")).status).toBe(404);
    expect(simulator.requests[0]).toMatchObject({ path: "/elsewhere", status: 404 });
    expect(simulator.requests[0]).not.toHaveProperty("provider");
  });
});

describe("callbacks over the merchant's fetch", () => {
  test("a merchant that cannot be reached is written down, and nothing is thrown", async () => {
    const clock = createManualClock();
    const simulator = createSimulator({
      clock,
      deliver: () => Promise.reject(new TypeError("fetch failed")),
    });
    await push(simulator);
    await clock.advance(1000);
    expect(simulator.deliveries).toMatchObject([{ provider: "mpesa", error: "TypeError: fetch failed" }]);
    expect(simulator.deliveries[0]).not.toHaveProperty("status");
  });

  test("a merchant that never answers is given up on after ten seconds", async () => {
    const clock = createManualClock();
    const simulator = createSimulator({
      clock,
      deliver: (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
        }),
    });
    await push(simulator);
    await clock.advance(10_120);
    expect(simulator.deliveries).toMatchObject([{ error: "Error: no answer in time" }]);
  });

  test("idle waits for the merchant", async () => {
    const clock = createManualClock();
    let answer: (response: Response) => void = () => {};
    const deliver = () => new Promise<Response>((resolve) => (answer = resolve));
    const simulator = createSimulator({ clock, deliver });
    await push(simulator);
    await clock.advance(200);
    const events: string[] = [];
    const idle = simulator.idle().then(() => events.push("idle"));
    await clock.advance(1);
    events.push("answered");
    answer(new Response(null, { status: 204 }));
    await idle;
    expect(events).toEqual(["answered", "idle"]);
    expect(simulator.deliveries[0]?.status).toBe(204);
  });

  test("the global fetch delivers when nothing else is given", async () => {
    const deliver = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response());
    const clock = createManualClock();
    await push(createSimulator({ clock }));
    await clock.advance(1000);
    expect(deliver.mock.calls[0]?.[0]).toBe("https://shop.test/callbacks/1");
    deliver.mockRestore();
  });
});

test("the same seed plays the same game", async () => {
  const play = async (seed: number) => {
    const { simulator, clock, received } = createPlay({ seed });
    await push(simulator);
    await clock.advance(1000);
    return received[0]?.body;
  };
  expect(await play(7)).toBe(await play(7));
  expect(await play(7)).not.toBe(await play(8));
});

test("stop cancels what was to come", async () => {
  const { simulator, clock, received } = createPlay();
  await push(simulator);
  simulator.stop();
  await clock.advance(600_000);
  expect([received, simulator.ledger.all]).toEqual([[], []]);
});

test("the merchant's name and the phones' haste can be set", async () => {
  const { simulator, clock } = createPlay({
    merchantName: "Duka",
    phones: { afterMs: 5000 },
    callbacks: { afterMs: 0 },
  });
  await push(simulator, stkPush(simulator));
  const [prompt] = simulator.phones.get("254712345678").prompts;
  await clock.advance(4999);
  expect(prompt).toMatchObject({ from: "Duka" });
  expect(prompt).not.toHaveProperty("answer");
  await clock.advance(1);
  expect(prompt).toHaveProperty("answer", "approved");
  expect(simulator.deliveries).toHaveLength(1);
});
