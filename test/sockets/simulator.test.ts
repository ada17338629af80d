import { createServer, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createSimulator, type Simulator } from "mobile-money/simulator";
import { listenSimulator, type SimulatorServer } from "mobile-money/simulator/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let simulator: Simulator;
let server: SimulatorServer;

beforeEach(async () => {
  simulator = createSimulator({ seed: 1, phones: { afterMs: 0 }, callbacks: { afterMs: 0 } });
  server = await listenSimulator(simulator);
});
afterEach(async () => {
  simulator.stop();
  await server.close();
});

const account = () => simulator.mtnMomo.credentials.collection;

async function token(): Promise<string> {
  const { subscriptionKey, apiUser, apiKey } = account();
  const answer = await fetch(`${server.url}/collection/token/`, {
    method: "POST",
    headers: {
      "ocp-apim-subscription-key": subscriptionKey,
      authorization: `Basic ${btoa(`${apiUser}:${apiKey}`)}`,
    },
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function requestToPay(extra: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/collection/v1_0/requesttopay`, {
    method: "POST",
    headers: {
      "ocp-apim-subscription-key": account().subscriptionKey,
      authorization: `Bearer ${await token()}`,
      "x-target-environment": "sandbox",
      "x-reference-id": crypto.randomUUID(),
      ...extra,
    },
    body: JSON.stringify({
      amount: "100",
      currency: "EUR",
      externalId: "order-1",
      payer: { partyIdType: "MSISDN", partyId: "46700000001" },
    }),
  });
}

/** The whole answer as text, to a request written by hand. */
function raw(lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => {
      socket.write([...lines, "Host: 127.0.0.1", "Connection: close", "", ""].join("\r\n"));
    });
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
}

describe("the simulator on a port", () => {
  test("an empty 202 says Content-Length: 0 and has no content type", async () => {
    const answer = await requestToPay();
    expect([answer.status, answer.statusText, await answer.text()]).toEqual([202, "Accepted", ""]);
    expect(answer.headers.get("content-length")).toBe("0");
    expect(answer.headers.get("content-type")).toBeNull();
    expect(simulator.ledger.executions("order-1")).toHaveLength(1);
  });

  test("a POST without a length is 411 with an HTML page; with Content-Length: 0 it is not", async () => {
    const login = [
      "POST /collection/token/ HTTP/1.1",
      `Ocp-Apim-Subscription-Key: ${account().subscriptionKey}`,
    ];
    const refused = await raw(login);
    expect(refused).toMatch(/^HTTP\/1\.1 411 Length Required\r\n/);
    expect(refused).toMatch(/content-type: text\/html/i);
    expect(refused).toContain("<html>");
    expect(await raw([...login, "Content-Length: 0"])).toMatch(
      /^HTTP\/1\.1 500 .*\{"error":"login_failed"\}$/s,
    );
  });

  test("a chunked POST is 411 too", async () => {
    const options: RequestOptions = {
      method: "POST",
      headers: {
        "ocp-apim-subscription-key": account().subscriptionKey,
        "transfer-encoding": "chunked",
      },
    };
    const answer = await new Promise<IncomingMessage>((resolve) => {
      httpRequest(`${server.url}/collection/token/`, options, resolve).end("{}");
    });
    answer.resume();
    expect(answer.statusCode).toBe(411);
  });

  test("the gateway's own reason phrase", async () => {
    expect(await raw(["GET /collection/v1_0/account/balance HTTP/1.1"])).toMatch(
      /^HTTP\/1\.1 401 Access Denied\r\n/,
    );
  });

  test("a lost answer breaks the connection after executing", async () => {
    simulator.scenario({ operation: "collection.request_to_pay", do: "lose_answer" });
    await expect(requestToPay()).rejects.toThrow("fetch failed");
    expect(simulator.ledger.executions("order-1")).toHaveLength(1);
  });

  test("a lost request breaks the connection without executing", async () => {
    simulator.scenario({ operation: "collection.request_to_pay", do: "lose_request" });
    await expect(requestToPay()).rejects.toThrow("fetch failed");
    expect(simulator.ledger.all).toHaveLength(0);
  });

  test("an answer that hangs ends when the caller gives up", async () => {
    simulator.scenario({ operation: "token", do: "lose_answer", hang: true });
    const controller = new AbortController();
    const asked = fetch(`${server.url}/oauth/v1/generate`, { signal: controller.signal });
    while (simulator.requests.length === 0) await new Promise(setImmediate);
    controller.abort(new Error("gave up"));
    await expect(asked).rejects.toThrow("gave up");
  });

  test("a truncated answer: its length is short, or its connection breaks", async () => {
    simulator.scenario({ operation: "token", do: "truncate_answer", bytes: 5 });
    expect(await (await fetch(`${server.url}/oauth/v1/generate`)).text()).toBe('{"req');
    simulator.scenario({ operation: "token", do: "truncate_answer", bytes: 5, breaks: true });
    const broken = await fetch(`${server.url}/oauth/v1/generate`);
    await expect(broken.text()).rejects.toThrow("terminated");
  });

  test("callbacks arrive over HTTP", async () => {
    const arrived: IncomingMessage[] = [];
    const shop = createServer((incoming, outgoing) => {
      arrived.push(incoming);
      incoming.resume();
      outgoing.end();
    });
    await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
    const { port } = shop.address() as AddressInfo;
    await requestToPay({ "x-callback-url": `http://127.0.0.1:${port}/callbacks/1` });
    while (simulator.deliveries.length === 0) await new Promise(setImmediate);
    await simulator.idle();
    shop.close();
    const [callback] = arrived as [IncomingMessage];
    expect([callback.method, callback.url, callback.headers["user-agent"]]).toEqual([
      "POST",
      "/callbacks/1",
      "LWAC Http Client 1.0",
    ]);
    expect(callback.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(Number(callback.headers["content-length"])).toBeGreaterThan(0);
    expect(simulator.deliveries).toMatchObject([{ status: 200 }]);
  });

  test("a port that is taken is an error", async () => {
    const port = Number(new URL(server.url).port);
    await expect(listenSimulator(simulator, { port })).rejects.toThrow("EADDRINUSE");
  });

  test("close ends the connections that are open", async () => {
    simulator.scenario({ operation: "token", do: "lose_answer", hang: true });
    const asked = fetch(`${server.url}/oauth/v1/generate`);
    while (simulator.requests.length === 0) await new Promise(setImmediate);
    await server.close();
    await expect(asked).rejects.toThrow("fetch failed");
  });
});
