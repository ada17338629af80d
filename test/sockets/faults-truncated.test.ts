import { afterEach, describe, expect, test } from "vitest";
import { httpAnswer } from "../support/fault-server.js";
import { type FaultShop, type Operation, openFaultShop, type Transport } from "../support/fault-shop.js";

/** Some hundred runs each, a thousand requests. */
const slow = { timeout: 60_000 };

let shop: FaultShop;
afterEach(() => shop.server.close());

/** The provider's own answer to an operation, as bytes. */
async function takeAnswer(operation: Operation): Promise<Buffer> {
  const taken: Buffer[] = [];
  shop.server.order({
    answer: (truth) => {
      taken.push(truth);
      return truth;
    },
  });
  expect(await shop.run(operation)).toBe("accepted");
  return taken[0] as Buffer;
}

/** Runs the operation once for each of these answers; how it ended, and how many requests each run made. */
async function runWith(operation: Operation, answers: readonly Buffer[]) {
  const ends = new Map<string, number>();
  for (const answer of answers) {
    const before = shop.server.requests;
    shop.server.order({ answer: () => answer, executes: false, ending: "close" });
    const end = `${await shop.run(operation)} after ${shop.server.requests - before}`;
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  return Object.fromEntries(ends);
}

/** Every beginning of the bytes but the whole. */
function beginnings(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length }, (_, length) => bytes.subarray(0, length));
}

/** The answer with every beginning of its body but the whole, and the length that fits. */
function withShortBodies(answer: Buffer): Buffer[] {
  const [, status = "", headers = "", body = ""] =
    /^HTTP\/1\.1 (.*)\r\ncontent-length: \d+\r\n([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(answer.toString()) ?? [];
  expect(body).not.toBe("");
  const named = Object.fromEntries(headers.split("\r\n").map((line) => line.split(": ") as [string, string]));
  return beginnings(Buffer.from(body)).map((short) => httpAnswer(status, named, short));
}

describe.each<[Transport, Operation, string]>([
  ["fetch", "requestToPay", "outcome_unknown after 3"],
  ["fetch", "stkPush", "outcome_unknown after 1"],
  ["node fetch", "requestToPay", "outcome_unknown after 3"],
  ["node fetch", "getRequestToPay", "connection_failed after 3"],
  ["node fetch", "stkPush", "outcome_unknown after 1"],
  ["node fetch", "stkQuery", "connection_failed after 3"],
])("over %s, %s", (transport, operation, end) => {
  test("whose connection closes at any byte of the answer", slow, async () => {
    shop = await openFaultShop({ transport });
    const answers = beginnings(await takeAnswer(operation));
    expect(await runWith(operation, answers)).toEqual({ [end]: answers.length });
  });
});

describe.each<[Transport, Operation, string]>([
  ["fetch", "stkPush", "outcome_unknown after 1"],
  ["node fetch", "getRequestToPay", "response_invalid after 3"],
  ["node fetch", "stkPush", "outcome_unknown after 1"],
  ["node fetch", "stkQuery", "response_invalid after 3"],
])("over %s, %s", (transport, operation, end) => {
  test("whose answer ends at any byte of its JSON, in good order", slow, async () => {
    shop = await openFaultShop({ transport });
    const answers = withShortBodies(await takeAnswer(operation));
    expect(await runWith(operation, answers)).toEqual({ [end]: answers.length });
  });
});

test("requestToPay, whose 409 ends at any byte of its JSON, in good order", slow, async () => {
  shop = await openFaultShop({ transport: "node fetch" });
  const conflict = httpAnswer(
    "409 Conflict",
    { "content-type": "application/json" },
    '{"code":"RESOURCE_ALREADY_EXIST","message":"Duplicated reference id."}',
  );
  const answers = withShortBodies(conflict);
  expect(await runWith("requestToPay", answers)).toEqual({ "outcome_unknown after 3": answers.length });
});
