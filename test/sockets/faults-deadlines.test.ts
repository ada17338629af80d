import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Fault } from "../support/fault-server.js";
import { openFaultShop, type Transport } from "../support/fault-shop.js";

const timeoutMs = 100;
const graceMs = 100;

const head = "HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n";
const rows: readonly { readonly name: string; readonly fault: Fault }[] = [
  { name: "no answer at all", fault: { answer: () => Buffer.alloc(0) } },
  { name: "an answer that stops after its headers", fault: { answer: () => Buffer.from(head) } },
  { name: "an answer that stops within its body", fault: { answer: () => Buffer.from(`${head}{"a":`) } },
  { name: "headers of one byte at a time", fault: { answer: () => Buffer.from(head), everyMs: 5 } },
  {
    name: "a body of one byte at a time",
    fault: { answer: () => Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${" ".repeat(4000)}`), everyMs: 1 },
  },
];

describe.each<Transport>(["fetch", "node fetch", "node fetch over TLS"])("over %s", (transport) => {
  test.each(rows)("$name: given up at the deadline, and the connection with it", async ({ fault }) => {
    const shop = await openFaultShop({ transport, realTimeoutMs: timeoutMs });
    onTestFinished(() => shop.server.close());
    shop.server.order(fault);
    // Measured against a timer of the same length, which a busy machine delays as much.
    const deadline = new Promise((resolve) => setTimeout(resolve, timeoutMs)).then(() => performance.now());
    const end = shop.run("stkPush").then((code) => ({ code, at: performance.now() }));
    expect((await end).code).toBe("outcome_unknown");
    expect(Math.abs((await end).at - (await deadline))).toBeLessThan(graceMs);
    await vi.waitFor(() => expect(shop.server.closedConnections).toBeGreaterThan(0));
    expect(shop.server.requests).toBe(1);
  });
});
