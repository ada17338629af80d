import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Fault, httpAnswer } from "../support/fault-server.js";
import {
  type FaultShop,
  type Operation,
  openFaultShop,
  operations,
  type Transport,
} from "../support/fault-shop.js";

interface Row {
  readonly name: string;
  readonly fault: Fault;
  /** True when nothing of the request can have left. */
  readonly isBeforeHttp?: boolean;
  /** Whether the provider got the request. */
  readonly executes: boolean;
  /** How a read ends that always meets the fault. */
  readonly read: "connection_failed" | "response_invalid";
}

/** The provider's own status with another body. */
const withBody =
  (body: string | Buffer, headers: Record<string, string> = {}) =>
  (truth: Buffer) =>
    httpAnswer(/ (\d{3} .*)\r\n/.exec(truth.toString())?.[1] ?? "", headers, body);

const zeros = Buffer.alloc(8 * 1024 * 1024, "0");
const instead = (answer: Buffer): Fault => ({ answer: () => answer, executes: false });
const nothing = () => Buffer.alloc(0);
const page = "<html><body>Access denied</body></html>";
const html = { "content-type": "text/html" };
const lost = { executes: false, read: "connection_failed" } as const;
const beforeHttp = { ...lost, isBeforeHttp: true } as const;
const executed = { executes: true, read: "connection_failed" } as const;
const tooLong = { executes: true, read: "response_invalid" } as const;
const unreadable = { executes: false, read: "response_invalid" } as const;

const beforeHttpRows: readonly Row[] = [
  { name: "reset before TLS", fault: { at: "connected", ending: "reset" }, ...beforeHttp },
  { name: "closed before TLS", fault: { at: "connected", ending: "close" }, ...beforeHttp },
  { name: "reset after ClientHello", fault: { at: "client_hello", ending: "reset" }, ...beforeHttp },
  { name: "closed after ClientHello", fault: { at: "client_hello", ending: "close" }, ...beforeHttp },
  {
    name: "silence after ClientHello",
    fault: { at: "connected", ending: "stall" },
    ...beforeHttp,
  },
];

const httpRows: readonly Row[] = [
  { name: "reset at the first byte", fault: { at: "first_byte", ending: "reset" }, ...lost },
  { name: "closed at the first byte", fault: { at: "first_byte", ending: "close" }, ...lost },
  { name: "reset after the headers", fault: { at: "headers", ending: "reset" }, ...lost },
  { name: "silence after the headers", fault: { at: "headers", ending: "stall" }, ...lost },
  { name: "reset after half the body", fault: { at: "half_body", ending: "reset" }, ...lost },
  { name: "reset after the whole request", fault: { answer: nothing, ending: "reset" }, ...executed },
  { name: "closed after the whole request", fault: { answer: nothing, ending: "close" }, ...executed },
  { name: "silence after the whole request", fault: { answer: nothing, ending: "stall" }, ...executed },
  {
    name: "silence after the answer's headers",
    fault: { answer: withBody("", { "content-length": "100" }), ending: "stall" },
    ...executed,
  },
  {
    name: "an answer of one byte at a time",
    fault: { answer: withBody(page.repeat(10)), everyMs: 5 },
    ...executed,
  },
  {
    name: "a status line that is none",
    fault: { answer: () => Buffer.from("HELLO 200\r\n\r\n") },
    ...executed,
  },
  {
    name: "a gzip bomb",
    fault: { answer: withBody(gzipSync(zeros), { "content-encoding": "gzip" }) },
    ...tooLong,
  },
  { name: "a body over 1 MiB", fault: { answer: withBody(zeros.subarray(0, 1024 * 1024 + 1)) }, ...tooLong },
  { name: "a web page with 200", fault: instead(httpAnswer("200 OK", html, page)), ...unreadable },
  { name: "a web page with 403", fault: instead(httpAnswer("403 Forbidden", html, page)), ...unreadable },
  { name: "a redirect", fault: instead(httpAnswer("302 Found", { location: "/elsewhere" })), ...unreadable },
  { name: "an empty 204", fault: instead(Buffer.from("HTTP/1.1 204 No Content\r\n\r\n")), ...unreadable },
];

const reads: readonly Operation[] = ["getRequestToPay", "stkQuery"];
/** The most requests that an operation makes. */
const most = 3;

/** What is known after an operation: its end, requests made, requests that reached the server, money moved. */
async function play(shop: FaultShop, operation: Operation) {
  const end = await shop.run(operation);
  const { attempts, server } = shop;
  return { end, attempts, arrived: server.requests, executions: await shop.executions() };
}

describe.concurrent.each<Transport>(["fetch", "node fetch", "node fetch over TLS"])(
  "over %s",
  (transport) => {
    const isProved = (row: Row) => row.isBeforeHttp === true && transport !== "fetch";
    const open = ({ isBeforeHttp }: Row) => openFaultShop({ transport, ...(isBeforeHttp && { tls: true }) });

    describe.each(operations)("%s", (operation) => {
      const isRead = reads.includes(operation);
      const isPush = operation === "stkPush";

      test.for([...beforeHttpRows, ...httpRows])("$name, always", async (row, { onTestFinished }) => {
        const shop = await open(row);
        onTestFinished(() => shop.server.close());
        shop.server.order(row.fault);
        const attempts = isPush && !isProved(row) ? 1 : most;
        expect(await play(shop, operation)).toEqual({
          end: isRead ? row.read : isProved(row) ? "connection_failed" : "outcome_unknown",
          attempts,
          arrived: row.isBeforeHttp ? 0 : attempts,
          executions: !isRead && row.executes ? 1 : 0,
        });
      });

      const afterOnce = (row: Row) => {
        const isStopped = isPush && !isProved(row);
        // Asked again; and for a payment that was taken the first time: looked up.
        const attempts = isStopped ? 1 : operation === "requestToPay" && row.executes ? 3 : 2;
        return {
          end: isStopped ? "outcome_unknown" : "accepted",
          attempts,
          arrived: row.isBeforeHttp ? attempts - 1 : attempts,
          executions: isRead ? 0 : isStopped ? Number(row.executes) : 1,
        };
      };

      // The platform's `fetch` does not trust the server's certificate: for it, a fault before HTTP never passes.
      const passing = transport === "fetch" ? httpRows : [...beforeHttpRows, ...httpRows];
      test.for(passing)("$name, once", async (row, { onTestFinished }) => {
        const shop = await open(row);
        onTestFinished(() => shop.server.close());
        shop.server.order(row.fault, 1);
        expect(await play(shop, operation)).toEqual(afterOnce(row));
      });

      test.for(httpRows)("$name, once, on a connection used before", async (row, { onTestFinished }) => {
        const shop = await open(row);
        onTestFinished(() => shop.server.close());
        expect(await shop.run("stkQuery")).toBe("accepted");
        // A connection is free for the next request some turns after its answer.
        for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
        shop.server.order(row.fault, 1);
        const { attempts, arrived, ...rest } = afterOnce(row);
        expect(await play(shop, operation)).toEqual({
          attempts: attempts + 1,
          arrived: arrived + 1,
          ...rest,
        });
        expect(shop.server.requestsOnUsedConnections).toBeGreaterThan(0);
      });
    });
  },
);
