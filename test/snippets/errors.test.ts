import type { MpesaClient } from "mobile-money";
import { expect, test } from "vitest";
import { push, type Trouble } from "../../examples/snippets/errors.js";
import { open } from "../support/snippet-shop.js";

const request = {
  phoneNumber: "0712 345 678",
  amount: { amount: "1500", currency: "KES" },
  accountReference: "ORDER1042",
  description: "Order 1042",
} as const;

function write() {
  const log: unknown[] = [];
  const trouble: Trouble = {
    show: (problems) => log.push(problems.map(({ field }) => field)),
    later: (afterMs) => log.push(`later ${afterMs}`),
    hold: ({ operation }) => log.push(`hold ${operation}`),
  };
  return { log, trouble };
}

test("each in its own way", async () => {
  const { clock, mpesa, simulator } = open();
  const { log, trouble } = write();
  await push(mpesa, { ...request, description: "", phoneNumber: "0812" }, trouble);
  simulator.scenario({ operation: "stk.push", do: "throttle" });
  await push(mpesa, request, trouble);
  simulator.scenario({ operation: "stk.push", do: "lose_answer" });
  await push(mpesa, request, trouble);
  await clock.advance(90_000);
  await push(mpesa, request, trouble);
  expect(log).toEqual([["phoneNumber", "description"], "later undefined", "hold stk.push"]);
});

test("what is not foreseen goes on", async () => {
  const { trouble } = write();
  const { mpesa } = open({ consumerSecret: "wrong" });
  await expect(push(mpesa, request, trouble)).rejects.toMatchObject({ code: "authentication_failed" });
  const broken = { stk: { push: () => Promise.reject(new RangeError("a bug")) } } as unknown as MpesaClient;
  await expect(push(broken, request, trouble)).rejects.toThrow(RangeError);
});
