import { http, HttpResponse } from "msw";
import { MtnMomoClient } from "mobile-money/mtn-momo";
import { expect, test } from "vitest";
import { network } from "../support/msw.js";
test("x", async () => {
  const seen: unknown[] = [];
  network.use(
    http.post("https://sandbox.momodeveloper.mtn.com/collection/token/", () => HttpResponse.json({ access_token: "t", token_type: "access_token", expires_in: 3600 })),
    http.post("https://sandbox.momodeveloper.mtn.com/collection/v1_0/requesttopay", async ({ request }) => { seen.push(request.method, request.url, Object.fromEntries(request.headers), await request.text()); return new HttpResponse(null, { status: 202 }); }),
  );
  const c = new MtnMomoClient({ environment: "sandbox", collection: { subscriptionKey: "k", apiUser: "u", apiKey: "a" } });
  const p = await c.collection.requestToPay({ payer: "46733123450", amount: { amount: "10", currency: "EUR" } });
  console.log(seen, p, typeof MessageChannel, typeof setImmediate, globalThis.navigator?.userAgent, typeof EdgeRuntime);
  expect(1).toBe(1);
});
