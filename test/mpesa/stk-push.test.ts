import { ConnectionError, OutcomeUnknownError } from "mobile-money";
import { expect, test } from "vitest";
import { type Answer, broken, json, meanwhile, silence, stalled, text } from "../support/answers.js";
import { firstReference, mpesaHost, mpesaRoutes, setUpMpesa } from "../support/clients.js";
import { failure, rejection } from "../support/failure.js";
import { operation } from "../support/operation.js";
import { type Failing, testRefusals } from "../support/refusals.js";
import { acknowledgement, darajaError, mpesaRefusals, strangeAnswers, unclearFailures } from "./answers.js";
import { callHeaders, rightPush as request, signature, timestamp, tokenRequest } from "./requests.js";

const { push: route } = mpesaRoutes;
const ref = { provider: "mpesa", operation: "stk.push", reference: firstReference } as const;
const accepted = json(200, acknowledgement);

const failing: Failing = (asked, answer) => {
  const { client, host, run } = setUpMpesa();
  host.answer(asked, answer);
  return { host, error: run(failure(client.stk.push(request))) };
};

operation("mpesa.stk.push", {
  exactRequest() {
    test("to a paybill", async () => {
      const { client, host } = setUpMpesa();
      host.answer(route, accepted);
      await client.stk.push(request);
      expect(host.requests).toStrictEqual([
        tokenRequest,
        {
          method: "POST",
          url: `${mpesaHost}/mpesa/stkpush/v1/processrequest`,
          headers: callHeaders,
          body: {
            BusinessShortCode: "174379",
            ...signature,
            TransactionType: "CustomerPayBillOnline",
            Amount: "1500",
            PartyA: "254708374149",
            PartyB: "174379",
            PhoneNumber: "254708374149",
            CallBackURL: "https://shop.example/hooks/result",
            AccountReference: "ORDER1042",
            TransactionDesc: "Order 1042",
          },
        },
      ]);
    });

    test("to a till, by its store number, in production", async () => {
      const { client, host } = setUpMpesa({
        environment: "production",
        baseUrl: "https://api.safaricom.co.ke",
        shortcode: "600999",
        till: "5012345",
        passkey: "our-own-passkey",
      });
      host.answer(route, accepted);
      await client.stk.push({
        ...request,
        amount: { amount: "250000.00", currency: "KES" },
        reference: "5A8A1F0C-2D8A-4C55-9C61-0F1A2B3C4D5E",
        callbackUrl: "https://shop.example/another?order=1042",
      });
      expect(host.to(route)).toStrictEqual([
        {
          method: "POST",
          url: "https://api.safaricom.co.ke/mpesa/stkpush/v1/processrequest",
          headers: callHeaders,
          body: {
            BusinessShortCode: "600999",
            Password: btoa(`600999our-own-passkey${timestamp}`),
            Timestamp: timestamp,
            TransactionType: "CustomerBuyGoodsOnline",
            Amount: "250000",
            PartyA: "254708374149",
            PartyB: "5012345",
            PhoneNumber: "254708374149",
            CallBackURL: "https://shop.example/another?order=1042",
            AccountReference: "ORDER1042",
            TransactionDesc: "Order 1042",
          },
        },
      ]);
    });

    test("with a callback address minted for this very payment", async () => {
      const facts: unknown[] = [];
      const { client, host } = setUpMpesa({
        account: "shop-1",
        callbackUrl(given) {
          facts.push(given);
          return `https://shop.example/hooks/${given.reference}`;
        },
      });
      host.answer(route, accepted);
      await client.stk.push(request);
      expect(facts).toStrictEqual([
        {
          ...ref,
          account: "shop-1",
          purpose: "result",
          environment: "sandbox",
          amount: { amount: "1500", currency: "KES" },
          party: "254708374149",
        },
      ]);
      expect(host.to(route)[0]?.body).toMatchObject({
        CallBackURL: `https://shop.example/hooks/${firstReference}`,
      });
    });
  },

  accepted() {
    test("gives what must be kept, as plain JSON", async () => {
      const { client, host } = setUpMpesa({ account: "shop-1" });
      host.answer(route, accepted);
      const pending = await client.stk.push(request);
      expect(pending).toStrictEqual({
        ...ref,
        account: "shop-1",
        status: "pending",
        providerReference: "ws_CO_1007202409152617172396192",
        merchantRequestId: "2654-4b64-97ff-b827b542881d3130",
        amount: { amount: "1500", currency: "KES" },
        party: "254708374149",
        merchantReference: "ORDER1042",
      });
      expect(JSON.parse(JSON.stringify(pending))).toStrictEqual(pending);
    });

    const { CustomerMessage: _, MerchantRequestID: __, ...least } = acknowledgement;
    test.each([
      ["ResponseCode as a number", { ...acknowledgement, ResponseCode: 0 }],
      ["ResponseCode 00000000", { ...acknowledgement, ResponseCode: "00000000" }],
      ["the least that was seen", least],
      ["additional fields", { ...acknowledgement, Something: { new: true } }],
    ])("%s", async (_title, body) => {
      const { client, host } = setUpMpesa();
      host.answer(route, json(200, body));
      await expect(client.stk.push(request)).resolves.toMatchObject({
        status: "pending",
        providerReference: acknowledgement.CheckoutRequestID,
      });
    });
  },

  refused() {
    testRefusals(route, mpesaRefusals({ sendsWhenThrottled: 1 }), failing);

    test("the refused token, which Daraja writes into its message, is not in the error", async () => {
      const message = "Error Occurred - Invalid Access Token - c9SQxWWhmdVRlyh0zh8gZDTkubVF";
      const error = await failing(route, darajaError("401.002.01", message)).error;
      expect(JSON.stringify(error) + error.stack).not.toContain("c9SQxWWhmdVRlyh0zh8gZDTkubVF");
    });
  },

  unanswered() {
    const lost: readonly (readonly [string, Answer, object])[] = [
      ["the connection breaks", broken, { code: "connection_failed", timedOut: false }],
      ["nothing is answered", silence, { code: "connection_failed", timedOut: true }],
      ["a body begins and never ends", stalled(200, "{"), { code: "connection_failed", timedOut: true }],
      ...unclearFailures.map(([title, answer]) => [title, answer, { code: "provider_unavailable" }] as const),
      [
        "500.001.1001 being processed, which answers no push",
        darajaError("500.001.1001", "The transaction is being processed"),
        { code: "provider_unavailable" },
      ],
    ];
    test.each(lost)(
      "%s → OutcomeUnknownError with the reference, after exactly one request",
      async (_, answer, cause) => {
        const { host, error: ended } = failing(route, answer);
        const error = await ended;
        expect(error).toBeInstanceOf(OutcomeUnknownError);
        expect(error).toMatchObject({
          code: "outcome_unknown",
          provider: "mpesa",
          reference: firstReference,
          pending: ref,
          isRetryable: false,
          cause,
          remedy: expect.stringMatching(/Never send it again/),
        });
        expect(host.to(route)).toHaveLength(1);
      },
    );

    test("a failure of fetch, whatever its code, proves nothing without evidence", async () => {
      for (const code of ["ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "UND_ERR_CONNECT_TIMEOUT"]) {
        let calls = 0;
        const fetch = async (sent: Request) => {
          if (sent.url.includes("/oauth/")) return globalThis.fetch(sent);
          calls += 1;
          throw Object.assign(new TypeError("fetch failed"), { cause: { code } });
        };
        const { client, run } = setUpMpesa({ fetch });
        await expect(run(failure(client.stk.push(request)))).resolves.toMatchObject({
          code: "outcome_unknown",
        });
        expect(calls).toBe(1);
      }
    });

    /** A transport that proves that nothing left, for as many pushes as it is told. */
    const proving = (failures: number) => {
      let calls = 0;
      const send = (sent: Request) => {
        if (sent.url.includes("/oauth/")) return globalThis.fetch(sent);
        calls += 1;
        return calls <= failures ? Promise.reject(new TypeError("refused")) : globalThis.fetch(sent);
      };
      const mayHaveLeft = () => calls > failures;
      return { fetch: Object.assign(send, { mayHaveLeft }), calls: () => calls };
    };

    test("proved not to have left: sent again", async () => {
      const { fetch, calls } = proving(1);
      const { client, host, run } = setUpMpesa({ fetch });
      host.answer(route, accepted);
      await expect(run(client.stk.push(request))).resolves.toMatchObject({ ...ref, status: "pending" });
      expect(calls()).toBe(2);
      expect(host.to(route)).toHaveLength(1);
    });

    test("proved not to have left, then lost → OutcomeUnknownError, not sent again", async () => {
      const { fetch, calls } = proving(1);
      const { client, host, run } = setUpMpesa({ fetch });
      host.answer(route, broken);
      await expect(run(failure(client.stk.push(request)))).resolves.toMatchObject({
        code: "outcome_unknown",
      });
      expect(calls()).toBe(2);
      expect(host.to(route)).toHaveLength(1);
    });

    test("proved not to have left, three times → ConnectionError: nothing was sent", async () => {
      const { fetch, calls } = proving(9);
      const { client, host, run } = setUpMpesa({ fetch });
      const error = await run(failure(client.stk.push(request)));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ code: "connection_failed", isRetryable: true });
      expect(calls()).toBe(3);
      expect(host.to(route)).toEqual([]);
    });

    test("a refused token, then a lost answer → OutcomeUnknownError, not sent a third time", async () => {
      const { client, host, run } = setUpMpesa();
      host.answer(route, darajaError("404.001.03", "Invalid Access Token"), broken);
      await expect(run(failure(client.stk.push(request)))).resolves.toMatchObject({
        code: "outcome_unknown",
        reference: firstReference,
      });
      expect(host.to(route)).toHaveLength(2);
    });

    test("the time-out of the call is kept", async () => {
      const { client, host, clock, run } = setUpMpesa();
      host.answer(route, silence);
      await run(failure(client.stk.push(request, { timeoutMs: 1_000 })));
      expect(clock.monotonic()).toBe(1_000);
    });

    test("an answer that begins and never ends is given up after 15 s", async () => {
      const { client, host, clock, run } = setUpMpesa();
      host.answer(route, stalled(200, "{"));
      await run(failure(client.stk.push(request)));
      expect(clock.monotonic()).toBe(15_000);
    });

    test("an abort before → the caller's own reason, and no request", async () => {
      const { client, host, run } = setUpMpesa();
      const reason = new Error("changed my mind");
      const call = client.stk.push(request, { signal: AbortSignal.abort(reason) });
      await expect(run(rejection(call))).resolves.toBe(reason);
      expect(host.requests).toEqual([]);
    });

    test("an abort while the token is fetched → the caller's own reason, and no push", async () => {
      const { client, host, run } = setUpMpesa();
      const controller = new AbortController();
      const reason = new Error("changed my mind");
      host.answer(
        mpesaRoutes.token,
        meanwhile(() => controller.abort(reason), silence),
      );
      const call = client.stk.push(request, { signal: controller.signal });
      await expect(run(rejection(call))).resolves.toBe(reason);
      expect(host.to(route)).toEqual([]);
    });

    test("an abort on the way → OutcomeUnknownError with the reason as its cause", async () => {
      const { client, host, run } = setUpMpesa();
      const controller = new AbortController();
      const reason = new Error("changed my mind");
      host.answer(
        route,
        meanwhile(() => controller.abort(reason), silence),
      );
      const error = await run(failure(client.stk.push(request, { signal: controller.signal })));
      expect(error).toMatchObject({ code: "outcome_unknown", reference: firstReference, isRetryable: false });
      expect(error.cause).toBe(reason);
      expect(host.to(route)).toHaveLength(1);
    });
  },

  malformed() {
    const { CheckoutRequestID: _, ...withoutId } = acknowledgement;
    const { ResponseCode: __, ...withoutCode } = acknowledgement;
    test.each([
      ...strangeAnswers,
      ["200 without a CheckoutRequestID", json(200, withoutId)] as const,
      [
        "200 with an empty CheckoutRequestID",
        json(200, { ...acknowledgement, CheckoutRequestID: "" }),
      ] as const,
      [
        "200 with a CheckoutRequestID of another type",
        json(200, { ...acknowledgement, CheckoutRequestID: {} }),
      ] as const,
      ["200 without a ResponseCode", json(200, withoutCode)] as const,
      ["200 with ResponseCode 1", json(200, { ...acknowledgement, ResponseCode: "1" })] as const,
      ["200 with ResponseCode false", json(200, { ...acknowledgement, ResponseCode: false })] as const,
      ["200 with a body of more than 1 MiB", text(200, `"${"a".repeat(1024 * 1024)}"`)] as const,
    ])("%s → OutcomeUnknownError, after exactly one request", async (_title, answer) => {
      const { host, error: ended } = failing(route, answer);
      const error = await ended;
      expect(error).toMatchObject({ code: "outcome_unknown", reference: firstReference, pending: ref });
      expect(host.to(route)).toHaveLength(1);
      expect(host.requests.every(({ url }) => !url.includes("elsewhere"))).toBe(true);
    });

    test("an acknowledgement cut off anywhere → OutcomeUnknownError", async () => {
      const { client, host } = setUpMpesa({ fetch: (sent) => host.take(sent) });
      const body = JSON.stringify(acknowledgement);
      for (let length = 0; length < body.length; length++) {
        host.answer(route, text(200, body.slice(0, length), { "content-type": "application/json" }));
        await expect(failure(client.stk.push(request))).resolves.toMatchObject({ code: "outcome_unknown" });
      }
      expect(host.to(route)).toHaveLength(body.length);
    });
  },
});
