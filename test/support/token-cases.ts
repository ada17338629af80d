import { describe, expect, test } from "vitest";
import { type Answer, empty, json, meanwhile, numberedTokens, silence } from "./answers.js";
import type { Setup } from "./clients.js";
import { failure, rejection } from "./failure.js";
import { tokenStoreCases } from "./token-store-cases.js";
import { type TokenTarget, tokensSeen } from "./token-target.js";

const many = 1_000;

/** Tests of how one client gets, shares, renews and drops its tokens. */
export function tokenCases<Client>(target: TokenTarget<Client>): void {
  const { setUp, users, tokenRefusals, credentialRefusals, renewedBeforeSeconds } = target;
  const [first] = users;
  const { tokenRoute } = first;
  const [[, refused], [, refusedForGood]] = [tokenRefusals[0], credentialRefusals[0]];

  describe(`${many} calls at once`, { timeout: 30_000 }, () => {
    const setUpMany = () => {
      const setup: Setup<Client> = setUp({ fetch: (request) => setup.host.take(request) });
      const { client, host, run } = setup;
      host.answer(first.route, first.accepted);
      const callAll = () => run(Promise.all(Array.from({ length: many }, () => first.call(client))));
      return { ...setup, callAll };
    };

    test("cold: exactly one token request", async () => {
      const { host, callAll } = setUpMany();
      await callAll();
      expect(host.to(tokenRoute)).toHaveLength(1);
      expect(tokensSeen(host, first.route)).toEqual({ "token-1": many });
    });

    test("the token endpoint fails at first: never two token requests at once", async () => {
      const { host, callAll } = setUpMany();
      const { answer, most } = oneAtATime([empty(503), empty(503), numberedTokens()]);
      host.answer(tokenRoute, answer);
      await callAll();
      expect(host.to(tokenRoute)).toHaveLength(3);
      expect(most()).toBe(1);
      expect(tokensSeen(host, first.route)).toEqual({ "token-1": many });
    });

    test("the token endpoint goes on failing: all fail with it, none hammers it, a second later it works", async () => {
      const { client, host, clock, run, callAll } = setUpMany();
      const { answer, most } = oneAtATime([empty(503), empty(503), empty(503), numberedTokens()]);
      host.answer(tokenRoute, answer);
      const fail = () => failure(first.call(client));
      const errors = await run(Promise.all(Array.from({ length: many }, fail)));
      expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(["provider_unavailable"]));
      await expect(fail()).resolves.toMatchObject({ code: "provider_unavailable" });
      expect(host.to(tokenRoute)).toHaveLength(3);
      expect(host.to(first.route)).toEqual([]);

      await clock.advance(1_000);
      await callAll();
      expect(host.to(tokenRoute)).toHaveLength(4);
      expect(most()).toBe(1);
    });

    test("the token expires in flight: exactly one more token request, each call sent twice", async () => {
      const { client, host, callAll } = setUpMany();
      await first.call(client);
      host.answer(first.route, (request) =>
        (request.headers.get("authorization") === "Bearer token-1" ? refused : first.accepted)(request),
      );
      await callAll();
      expect(host.to(tokenRoute)).toHaveLength(2);
      expect(tokensSeen(host, first.route)).toEqual({ "token-1": 1 + many, "token-2": many });
    });

    test("the token is due for renewal: exactly one more token request, none with the old token", async () => {
      const { client, host, clock, callAll } = setUpMany();
      await first.call(client);
      await clock.advance((3_600 - renewedBeforeSeconds) * 1_000);
      await callAll();
      expect(host.to(tokenRoute)).toHaveLength(2);
      expect(tokensSeen(host, first.route)).toEqual({ "token-1": 1, "token-2": many });
    });
  });

  test("a token that works is kept", async () => {
    const { host, client, clock } = setUp();
    host.answer(first.route, first.accepted);
    for (let minute = 0; minute < 40; minute++) {
      await first.call(client);
      await clock.advance(60_000);
    }
    expect(host.to(tokenRoute)).toHaveLength(1);
  });

  test("a late refusal of the old token does not drop the new one", async () => {
    const { host, client, run } = setUp();
    let refuseLate = (): void => {};
    const late = new Promise<void>((resolve) => {
      refuseLate = resolve;
    });
    host.answer(first.route, refused, (request) => late.then(() => refused(request)), first.accepted);
    const calls = [first.call(client), first.call(client)];
    await run(Promise.race(calls));
    refuseLate();
    await run(Promise.all(calls));
    expect(host.to(tokenRoute)).toHaveLength(2);
    expect(tokensSeen(host, first.route)).toEqual({ "token-1": 2, "token-2": 2 });
  });

  test("an early renewal that fails does not stop a call: the old token still works", async () => {
    const { host, client, clock, run } = setUp();
    host.answer(first.route, first.accepted);
    await first.call(client);
    await clock.advance((3_600 - renewedBeforeSeconds) * 1_000);
    host.answer(tokenRoute, empty(503));
    await run(first.call(client));
    await run(first.call(client));
    expect(tokensSeen(host, first.route)).toEqual({ "token-1": 3 });
    await clock.advance(renewedBeforeSeconds * 1_000);
    await expect(run(failure(first.call(client)))).resolves.toMatchObject({ code: "provider_unavailable" });
  });

  test("an abort of one call that waits for the token stops no other", async () => {
    const { host, client } = setUp();
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    host.answer(
      tokenRoute,
      meanwhile(() => controller.abort(reason), numberedTokens()),
    );
    host.answer(first.route, first.accepted);
    const aborted = rejection(first.call(client, { signal: controller.signal }));
    const others = Promise.all([first.call(client), first.call(client)]);
    await expect(aborted).resolves.toBe(reason);
    await others;
    expect(host.to(tokenRoute)).toHaveLength(1);
  });

  describe.each(users)("$name", ({ call, route, tokenRoute: ownTokenRoute, accepted }) => {
    test.each(tokenRefusals)(
      "%s: the token is replaced once, and the very same request made again",
      async (_, refused) => {
        const { host, client, run } = setUp();
        host.answer(route, refused, accepted);
        await run(call(client));
        expect(host.to(ownTokenRoute)).toHaveLength(2);
        const requests = host.to(route);
        const again = {
          ...requests[0],
          headers: { ...requests[0]?.headers, authorization: "Bearer token-2" },
        };
        expect(requests).toStrictEqual([requests[0], again]);
      },
    );

    test.each(tokenRefusals)("%s twice → AuthenticationError, not sent a third time", async (_, refused) => {
      const { host, client, run } = setUp();
      host.answer(route, refused);
      await expect(run(failure(call(client)))).resolves.toMatchObject({
        code: "authentication_failed",
        isRetryable: false,
        status: expect.any(Number),
        remedy: expect.any(String),
      });
      expect(host.to(ownTokenRoute)).toHaveLength(2);
      expect(host.to(route)).toHaveLength(2);
    });
  });

  describe("wrong credentials", () => {
    test.each(credentialRefusals)(
      "%s → AuthenticationError, and nothing else is sent",
      async (_, refused) => {
        const { host, client, run } = setUp();
        host.answer(tokenRoute, refused);
        await expect(run(failure(first.call(client)))).resolves.toMatchObject({
          code: "authentication_failed",
          isRetryable: false,
          remedy: expect.stringMatching(/\bkey\b/),
        });
        expect(host.requests).toHaveLength(1);
      },
    );

    test.each(credentialRefusals)(
      "%s: at most five token requests in a minute of calls",
      async (_, refused) => {
        const { host, client, clock, run } = setUp();
        host.answer(tokenRoute, refused);
        while (clock.monotonic() < 60_000) {
          await run(failure(first.call(client)));
          await clock.advance(1_000);
        }
        expect(host.to(tokenRoute).length).toBeLessThanOrEqual(5);
      },
    );

    test("corrected: the next token request after the pause works", async () => {
      const { host, client, clock, run } = setUp();
      host.answer(tokenRoute, refusedForGood, numberedTokens());
      host.answer(first.route, first.accepted);
      await run(failure(first.call(client)));
      await clock.advance(2_000);
      await run(first.call(client));
      expect(host.to(tokenRoute)).toHaveLength(2);
    });
  });

  tokenStoreCases(target);

  test("an unreadable token → ResponseInvalidError, and nothing is sent", async () => {
    for (const body of [
      {},
      { access_token: "", expires_in: 3600 },
      { access_token: "t", expires_in: "soon" },
      [],
      "t",
    ]) {
      const { client, host, run } = setUp();
      host.answer(tokenRoute, json(200, body));
      await expect(run(failure(first.call(client)))).resolves.toMatchObject({ code: "response_invalid" });
      expect(host.to(first.route)).toEqual([]);
    }
  });

  test("no answer of the token endpoint → ConnectionError: nothing was sent that moves money", async () => {
    const { client, host, run } = setUp();
    host.answer(tokenRoute, silence);
    await expect(run(failure(first.call(client)))).resolves.toMatchObject({
      code: "connection_failed",
      timedOut: true,
      isRetryable: true,
    });
    expect(host.to(tokenRoute)).toHaveLength(3);
    expect(host.to(first.route)).toEqual([]);
  });
}

/** Gives the answers in order, each after a turn of the event loop, and counts how many were asked for at once. */
function oneAtATime(answers: readonly Answer[]): { answer: Answer; most: () => number } {
  let asked = 0;
  let underway = 0;
  let most = 0;
  const answer: Answer = async (request) => {
    const next = answers[Math.min(asked, answers.length - 1)] as Answer;
    asked += 1;
    underway += 1;
    most = Math.max(most, underway);
    await new Promise((resolve) => setTimeout(resolve));
    underway -= 1;
    return next(request);
  };
  return { answer, most: () => most };
}
