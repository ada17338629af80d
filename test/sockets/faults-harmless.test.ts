import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { httpAnswer } from "../support/fault-server.js";
import { openFaultShop, operations, type Transport } from "../support/fault-shop.js";

/** The parts of an HTTP answer. */
function read(answer: Buffer): { status: string; body: string } {
  const [, status = "", body = ""] =
    /^HTTP\/1\.1 (.*)\r\n[\s\S]*?\r\n\r\n([\s\S]*)$/.exec(answer.toString()) ?? [];
  return { status, body };
}

const same = (truth: Buffer) => truth;

const rows = [
  { name: "in many pieces", answer: same, everyMs: 0 },
  { name: "then closed", answer: same, ending: "close" },
  {
    name: "after an interim answer",
    answer: (truth: Buffer) => Buffer.concat([Buffer.from("HTTP/1.1 103 Early Hints\r\n\r\n"), truth]),
  },
  {
    name: "in chunks",
    answer(truth: Buffer) {
      const { status, body } = read(truth);
      const chunks = [...body].map((letter) => `1\r\n${letter}\r\n`).join("");
      return Buffer.from(`HTTP/1.1 ${status}\r\ntransfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`);
    },
  },
  {
    name: "without a length",
    answer(truth: Buffer) {
      const { status, body } = read(truth);
      return Buffer.from(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n${body}`);
    },
    ending: "close",
  },
  {
    name: "compressed",
    answer(truth: Buffer) {
      const { status, body } = read(truth);
      return httpAnswer(status, { "content-encoding": "gzip" }, gzipSync(body));
    },
  },
  {
    name: "called a web page, with a byte order mark",
    answer(truth: Buffer) {
      const { status, body } = read(truth);
      return httpAnswer(status, { "content-type": "text/html" }, `\uFEFF${body}`);
    },
  },
] as const;

describe.concurrent.each<Transport>(["fetch", "node fetch", "node fetch over TLS"])(
  "over %s",
  (transport) => {
    describe.each(operations)("%s", (operation) => {
      test.for(rows)("an answer $name is taken at once", async (fault, { onTestFinished }) => {
        const shop = await openFaultShop({ transport, realTimeoutMs: 10_000 });
        onTestFinished(() => shop.server.close());
        shop.server.order(fault);
        expect(await shop.run(operation)).toBe("accepted");
        const executions = operation === "requestToPay" || operation === "stkPush" ? 1 : 0;
        expect([shop.attempts, shop.server.requests, await shop.executions()]).toEqual([1, 1, executions]);
      });
    });
  },
);
