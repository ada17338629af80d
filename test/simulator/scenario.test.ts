import { describe, expect, test } from "vitest";
import {
  createPlay,
  daraja,
  mtnMomo,
  mtnMomoToken,
  postRequestToPay,
  push,
  query,
  requestToPay,
  stkPush,
} from "./raw-calls.js";

const balance = "/collection/v1_0/account/balance";
const address = { "x-callback-url": "http://localhost/callbacks/1" };

describe("lost on the way", () => {
  test("a lost request: fetch fails, nothing was executed", async () => {
    const { simulator } = createPlay();
    const rule = simulator.scenario({ operation: "collection.request_to_pay", do: "lose_request" });
    await expect(postRequestToPay(simulator)).rejects.toThrow(new TypeError("fetch failed"));
    expect([rule.hits, simulator.ledger.all]).toEqual([1, []]);
    expect(simulator.requests.at(-1)).not.toHaveProperty("status");
    await postRequestToPay(simulator);
    expect([rule.hits, simulator.ledger.all.length]).toEqual([1, 1]);
  });

  test("a lost answer: fetch fails, the money has moved", async () => {
    const { simulator } = createPlay();
    simulator.scenario({ do: "lose_answer", operation: "collection.request_to_pay" });
    const reference = crypto.randomUUID();
    const headers = { "x-reference-id": reference };
    await expect(postRequestToPay(simulator, requestToPay, headers)).rejects.toThrow("fetch failed");
    expect(simulator.ledger.executions(reference)).toHaveLength(1);
    expect((await postRequestToPay(simulator, requestToPay, headers)).answer.status).toBe(409);
  });

  test.each(["lose_request", "lose_answer"] as const)(
    "%s may hang until the caller gives up",
    async (fault) => {
      const { simulator } = createPlay();
      const authorization = `Bearer ${await mtnMomoToken(simulator)}`;
      simulator.scenario({ do: fault, hang: true });
      const controller = new AbortController();
      const waiting = simulator.fetch(
        new Request(`https://mtn.test${balance}`, { headers: { authorization } }),
        {
          signal: controller.signal,
        },
      );
      const gaveUp = new Error("gave up");
      await Promise.resolve();
      controller.abort(gaveUp);
      await expect(waiting).rejects.toBe(gaveUp);
    },
  );

  test("a call whose signal is aborted already never arrives", async () => {
    const { simulator } = createPlay();
    await expect(simulator.fetch("https://mtn.test/", { signal: AbortSignal.abort() })).rejects.toThrow(
      "aborted",
    );
    expect(simulator.requests).toHaveLength(0);
  });

  test("evidence is given only for a request that was proved lost", async () => {
    const { simulator } = createPlay();
    const sent = async (): Promise<Request> => {
      const request = new Request(`https://mtn.test${balance}`);
      await simulator.fetch(request).catch(() => {});
      return request;
    };
    simulator.scenario({ do: "lose_request", proved: true });
    expect(simulator.fetch.mayHaveLeft(await sent())).toBe(false);
    simulator.scenario({ do: "lose_request" });
    expect(simulator.fetch.mayHaveLeft(await sent())).toBe(true);
    simulator.scenario({ do: "lose_answer" });
    expect(simulator.fetch.mayHaveLeft(await sent())).toBe(true);
    expect(simulator.fetch.mayHaveLeft(await sent())).toBe(true);
  });
});

describe("which requests", () => {
  test("from the nth on, so many times", async () => {
    const { simulator } = createPlay();
    const rule = simulator.scenario({
      operation: "collection.get_balance",
      nth: 2,
      times: 2,
      do: "html_page",
    });
    const statuses = [];
    for (let call = 0; call < 5; call++) statuses.push((await mtnMomo(simulator, balance)).status);
    expect(statuses).toEqual([200, 403, 403, 200, 200]);
    expect(rule.hits).toBe(2);
  });

  test("of one network only, until it is stopped", async () => {
    const { simulator } = createPlay();
    const rule = simulator.scenario({
      provider: "mpesa",
      operation: "token",
      times: Infinity,
      do: "throttle",
    });
    expect((await mtnMomo(simulator, "/collection/token/", { method: "POST" })).status).toBe(200);
    const oauth = () => simulator.fetch("https://daraja.test/oauth/v1/generate");
    expect((await oauth()).status).toBe(500);
    expect((await oauth()).status).toBe(500);
    rule.stop();
    expect((await oauth()).status).toBe(400);
  });
});

describe("other answers", () => {
  test("an HTML page at the edge", async () => {
    const { simulator } = createPlay();
    simulator.scenario({ operation: "stk.push", do: "html_page" });
    const answer = await daraja(simulator, "/mpesa/stkpush/v1/processrequest", stkPush(simulator));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([403, "text/html"]);
    expect(await answer.text()).toContain("<html>");
  });

  test("throttling, in each network's own way", async () => {
    const { simulator } = createPlay();
    simulator.scenario({ operation: "stk.push", do: "throttle" });
    const spike = await daraja(simulator, "/mpesa/stkpush/v1/processrequest", stkPush(simulator));
    expect([spike.status, await spike.json()]).toEqual([
      500,
      {
        requestId: expect.any(String),
        errorCode: "500.003.02",
        errorMessage: "Error Occurred: Spike Arrest Violation",
      },
    ]);
    simulator.scenario({ operation: "collection.request_to_pay", do: "throttle" });
    const { answer } = await postRequestToPay(simulator);
    expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toEqual([
      429,
      "2",
      { statusCode: 429, message: "Rate limit is exceeded. Try again in 2 seconds." },
    ]);
    expect(simulator.ledger.all).toHaveLength(0);
    expect(simulator.phones.get("254712345678").prompts).toHaveLength(0);
  });

  test("an ordered answer, with and without executing", async () => {
    const { simulator } = createPlay();
    simulator.scenario({ operation: "collection.request_to_pay", do: "answer", status: 503, body: "{}" });
    const { answer } = await postRequestToPay(simulator);
    expect([
      answer.status,
      await answer.text(),
      answer.headers.get("content-type"),
      simulator.ledger.all,
    ]).toEqual([503, "{}", "application/json", []]);
    const executes = { status: 502, headers: { "x-edge": "1" }, executes: true };
    simulator.scenario({ operation: "collection.request_to_pay", do: "answer", ...executes });
    const { answer: second } = await postRequestToPay(simulator);
    expect([second.status, second.headers.get("x-edge"), simulator.ledger.all.length]).toEqual([502, "1", 1]);
  });

  test("an answer cut short: neatly, or by a broken connection", async () => {
    const { simulator } = createPlay();
    simulator.scenario({ operation: "collection.get_balance", do: "truncate_answer", bytes: 10 });
    const neat = await mtnMomo(simulator, balance);
    expect([await neat.text(), neat.headers.get("content-length")]).toEqual(['{"availabl', "10"]);
    simulator.scenario({ operation: "collection.get_balance", do: "truncate_answer", breaks: true });
    const broken = await mtnMomo(simulator, balance);
    expect(broken.headers.get("content-length")).toBe("47");
    await expect(broken.text()).rejects.toThrow("terminated");
  });

  test("a late answer: executed at once, answered when the clock says so", async () => {
    const { simulator, clock } = createPlay();
    simulator.scenario({ operation: "collection.request_to_pay", do: "delay", ms: 5000 });
    let isAnswered = false;
    const asked = postRequestToPay(simulator).then(() => {
      isAnswered = true;
    });
    await clock.advance(4999);
    expect([isAnswered, simulator.ledger.all.length]).toEqual([false, 1]);
    await clock.advance(1);
    await asked;
  });
});

describe("payments and their callbacks", () => {
  test("a payment that cannot be found for a while", async () => {
    const { simulator, clock } = createPlay();
    simulator.scenario({ operation: "collection.request_to_pay", do: "hide_resource", ms: 5000 });
    const { reference, answer } = await postRequestToPay(simulator);
    const path = `/collection/v1_0/requesttopay/${reference}`;
    expect([answer.status, (await mtnMomo(simulator, path)).status]).toEqual([202, 404]);
    await clock.advance(5000);
    expect((await mtnMomo(simulator, path)).status).toBe(200);

    simulator.scenario({ operation: "stk.push", do: "hide_resource", ms: 5000 });
    const { CheckoutRequestID } = await push(simulator);
    expect(await (await query(simulator, CheckoutRequestID)).json()).toMatchObject({
      errorMessage: "No transaction found",
    });
    await clock.advance(5000);
    expect((await query(simulator, CheckoutRequestID)).status).toBe(200);
  });

  test("these rules pass requests by that make no payment", async () => {
    const { simulator, clock, received } = createPlay();
    const rule = simulator.scenario({ do: "callback_lost" });
    await mtnMomo(simulator, balance);
    expect(rule.hits).toBe(0);
    await postRequestToPay(simulator, requestToPay, address);
    await clock.advance(60_000);
    expect([rule.hits, received]).toEqual([1, []]);
    expect(simulator.deliveries).toMatchObject([{ error: "lost on the way, as the scenario asked" }]);
  });

  test("twice, late, and with another verb", async () => {
    const { simulator, clock, received } = createPlay();
    simulator.scenario({ do: "callback_twice", ms: 180_000 });
    simulator.scenario({ do: "callback_late", ms: 60_000 });
    simulator.scenario({ do: "callback_method", method: "PUT" });
    await postRequestToPay(simulator, requestToPay, address);
    await clock.advance(60_019);
    expect(received).toHaveLength(0);
    await clock.advance(1);
    expect(received).toHaveLength(1);
    await clock.advance(180_000);
    expect(received.map(({ method }) => method)).toEqual(["PUT", "PUT"]);
    expect(received[0]?.body).toBe(received[1]?.body);
  });

  test("the callback before the answer", async () => {
    const { simulator, clock, received } = createPlay();
    simulator.scenario({ operation: "stk.push", do: "callback_before_answer" });
    const events: string[] = [];
    const pushed = push(simulator).then(() => events.push(`answered after ${received.length} callback`));
    await clock.advance(100);
    await pushed;
    expect(events).toEqual(["answered after 1 callback"]);
  });

  test("a refused request with that rule does not wait for a callback that never comes", async () => {
    const { simulator } = createPlay();
    simulator.scenario({ do: "callback_before_answer", times: 2 });
    const refused = await postRequestToPay(simulator, {});
    const withoutAddress = await postRequestToPay(simulator);
    expect([refused.answer.status, withoutAddress.answer.status]).toEqual([400, 202]);
  });
});
