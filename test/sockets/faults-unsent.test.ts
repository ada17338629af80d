import dns from "node:dns";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type FaultShop, type FaultShopOptions, openFaultShop, operations } from "../support/fault-shop.js";

let shop: FaultShop;
afterEach(async () => {
  vi.restoreAllMocks();
  await shop.server.close();
});

interface Row {
  readonly name: string;
  readonly options?: Omit<FaultShopOptions, "transport">;
  /** Brings the fault about in a shop that is open. */
  readonly arrange?: () => unknown;
}

const rows: readonly Row[] = [
  { name: "the port refuses", arrange: () => shop.server.close() },
  {
    name: "the name is not found",
    options: { tls: true, hostname: "provider.test" },
    arrange: () => failLookUps("ENOTFOUND"),
  },
  {
    name: "no name server answers",
    options: { tls: true, hostname: "provider.test" },
    arrange: () => failLookUps("EAI_AGAIN"),
  },
  { name: "the certificate is not trusted", options: { tls: true, nodeFetch: {} } },
  {
    name: "the answer's deadline passes before there is a connection",
    options: { tls: true, nodeFetch: { connectTimeoutMs: 60_000 }, realTimeoutMs: 50 },
    arrange: () => shop.server.order({ at: "connected", ending: "stall" }),
  },
];

describe.each(rows)("$name", ({ options, arrange }) => {
  test.each(operations)("%s over node fetch: proved unsent, made three times", async (operation) => {
    shop = await openFaultShop({ transport: "node fetch", ...options });
    await arrange?.();
    expect(await shop.run(operation)).toBe("connection_failed");
    expect([shop.attempts, shop.server.requests, await shop.executions()]).toEqual([3, 0, 0]);
  });
});

describe.each(rows.slice(0, 4))("$name, without evidence", ({ options, arrange }) => {
  test.each([
    ["requestToPay", "outcome_unknown", 3],
    ["getRequestToPay", "connection_failed", 3],
    ["stkPush", "outcome_unknown", 1],
    ["stkQuery", "connection_failed", 3],
  ] as const)("%s over fetch: %s after %i", async (operation, end, attempts) => {
    shop = await openFaultShop({ transport: "fetch", ...options });
    await arrange?.();
    expect(await shop.run(operation)).toBe(end);
    expect([shop.attempts, shop.server.requests, await shop.executions()]).toEqual([attempts, 0, 0]);
  });
});

describe("the caller's own abort", () => {
  const reason = new Error("changed my mind");

  test.each(operations)(
    "%s, while there is no connection: the abort itself, and no more",
    async (operation) => {
      shop = await openFaultShop({ transport: "node fetch over TLS", realTimeoutMs: 10_000 });
      shop.server.order({ at: "connected", ending: "stall" });
      const controller = new AbortController();
      const end = expect(shop.run(operation, { signal: controller.signal })).rejects.toBe(reason);
      await vi.waitFor(() => expect(shop.server.heldConnections).toBe(1));
      controller.abort(reason);
      await end;
      shop.server.release();
      expect([shop.attempts, shop.server.requests, await shop.executions()]).toEqual([1, 0, 0]);
    },
  );

  test.each(["requestToPay", "stkPush"] as const)("%s, once it was sent: nobody knows", async (operation) => {
    shop = await openFaultShop({ transport: "node fetch", realTimeoutMs: 10_000 });
    shop.server.order({ answer: () => Buffer.alloc(0) });
    const controller = new AbortController();
    const end = shop.run(operation, { signal: controller.signal });
    await vi.waitFor(() => expect(shop.server.requests).toBe(1));
    controller.abort(reason);
    expect(await end).toBe("outcome_unknown");
    expect([shop.attempts, await shop.executions()]).toEqual([1, 1]);
  });
});

function failLookUps(code: string): void {
  vi.spyOn(dns, "lookup").mockImplementation(((...args: unknown[]) => {
    const callback = args.at(-1) as (error: Error) => void;
    callback(Object.assign(new Error(`getaddrinfo ${code}`), { code }));
  }) as unknown as typeof dns.lookup);
}
