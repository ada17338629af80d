import { expect, test, vi } from "vitest";
import {
  believeMpesaOnly,
  callbackRoute,
  readMtnMomo,
  secretAddresses,
} from "../../examples/snippets/callbacks.js";
import { payByEither, pushByMpesa } from "../../examples/snippets/collecting.js";
import type { Attempt, Attempts } from "../../examples/snippets/shop.js";
import { decline, open, ugandan } from "../support/snippet-shop.js";

test("the claim and the fact", async () => {
  const { clock, mpesa, received } = open();
  const pending = await pushByMpesa(mpesa);
  await clock.advance(90_000);
  const request = new Request("https://shop.example/paid", {
    method: "POST",
    body: received[0]?.body ?? "",
  });
  expect(await believeMpesaOnly(request, mpesa, pending)).toMatchObject({
    claim: { claimedStatus: "succeeded", amount: { amount: "1500", currency: "KES" } },
    fact: { status: "succeeded" },
  });
});

/** A shop with a secret address for each attempt. */
function openWithAddresses() {
  const kept = new Map<string, Attempt>();
  const attempts: Attempts = {
    keep: async (secret, attempt) => void kept.set(secret, attempt),
    find: async (secret) => kept.get(secret),
  };
  const shop = open({ callbackUrl: secretAddresses(attempts) });
  const settled: string[] = [];
  const work: Promise<void>[] = [];
  const receive = callbackRoute(
    shop.money,
    attempts,
    (job) => work.push(job()),
    async ({ status }) => void settled.push(status),
  );
  const post = async (url: string, body: string) => {
    const response = await receive(
      new Request(url, { method: "POST", body }),
      url.split("/").at(-1) as string,
    );
    await Promise.all(work.splice(0));
    return response.status;
  };
  return { ...shop, kept, settled, post };
}

test("a push whose answer was lost is found by its callback", async () => {
  const { clock, kept, money, orders, post, received, settled, simulator } = openWithAddresses();
  simulator.scenario({ operation: "stk.push", do: "lose_answer" });
  await payByEither(money, orders);
  expect([...kept.values()]).toMatchObject([{ amount: { amount: "1500", currency: "KES" } }]);
  await clock.advance(90_000);
  const [callback] = received;
  expect(callback?.url).toMatch(/^https:\/\/shop\.example\/paid\/[0-9a-f]{32}$/);
  expect(await post(callback?.url ?? "", callback?.body ?? "")).toBe(200);
  expect(settled).toEqual(["succeeded"]);
});

test("a wrong address is 404, and a forged success changes nothing", async () => {
  const { clock, kept, money, orders, post, received, settled, simulator } = openWithAddresses();
  decline(simulator);
  await payByEither(money, orders);
  await clock.advance(90_000);
  const { url, body } = received[0] as { url: string; body: string };
  expect(await post(`${url}0`, body)).toBe(404);
  expect(settled).toEqual([]);
  const forged = JSON.parse(body) as { Body: { stkCallback: { ResultCode: number } } };
  forged.Body.stkCallback.ResultCode = 0;
  expect(await post(url, JSON.stringify(forged))).toBe(200);
  expect(settled).toEqual(["failed"]);
  expect(kept.size).toBe(1);
});

test.each(["", "{", "[]", '{"Body":{}}'])(
  "a body that is no callback leads to a question too: %s",
  async (body) => {
    const { kept, money, orders, post, settled } = openWithAddresses();
    await payByEither(money, orders);
    expect(await post(`https://shop.example/paid/${[...kept.keys()][0]}`, body)).toBe(200);
    expect(settled).toEqual(["unknown"]);
  },
);

test("MTN's", () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  readMtnMomo({ status: "SUCCESSFUL", externalId: "order-1042", payer: { partyId: ugandan } });
  expect(log.mock.calls).toEqual([["succeeded", "order-1042"]]);
});
