import type { CollectInput } from "mobile-money";
import { describe, expect, test } from "vitest";
import { failure } from "./support/failure.js";
import { expectRefusedInput, type WrongField } from "./support/input-cases.js";
import { inKenya, inUganda, setUpShop } from "./support/shop.js";

describe("a wrong request is refused in the caller's words, and nothing is sent", () => {
  const amount = (typed: unknown, currency: unknown = "UGX") => ({ amount: typed, currency });
  const wrong: readonly WrongField[] = [
    ["amount 0", { amount: amount("0") }, "amount"],
    ["a negative amount", { amount: amount("-5") }, "amount"],
    ["amount NaN", { amount: amount(Number.NaN) }, "amount"],
    ["amount 1e21", { amount: amount(1e21) }, "amount"],
    ["amount 1e21 as text", { amount: amount("1e21") }, "amount"],
    ["an amount that could mean two things", { amount: amount("1.500") }, "amount"],
    ["thousands in strange groups", { amount: amount("1,50,000") }, "amount"],
    ["a number with a fraction", { amount: amount(0.1) }, "amount"],
    ["cents of a currency that has none", { amount: amount("10.50") }, "amount"],
    ["an unknown currency", { amount: amount("10", "XYZ") }, "amount"],
    ["no currency", { amount: { amount: "10" } }, "amount"],
    ["an amount without its currency", { amount: 15_000 }, "amount"],
    ["no amount", { amount: undefined }, "amount"],
    ["no phone number", { from: undefined }, "from"],
    ["an empty phone number", { from: " " }, "from"],
    ["no reference", { reference: undefined }, "reference"],
    ["a reference with a forbidden character", { reference: "order #1042" }, "reference"],
    ["a reference that is a number", { reference: 1042 }, "reference"],
    ["a description with a forbidden character", { description: "Salt & Co" }, "description"],
    ["a description of 161 characters", { description: "a".repeat(161) }, "description"],
    ["a callback address that is none", { callbackUrl: "hooks" }, "callbackUrl"],
    ["an unknown field", { descripton: "Order 1042" }, "descripton"],
  ];
  test.each(wrong)("%s", async (_, changes, field) => {
    const { money, mtnHost } = setUpShop();
    await expectRefusedInput(money.collect({ ...inUganda, ...changes } as CollectInput), mtnHost, [field]);
  });

  test.each([undefined, null, "order-1042"])("no request at all: %j", async (input) => {
    const { money } = setUpShop();
    await expect(failure(money.collect(input as never))).resolves.toMatchObject({ code: "request_invalid" });
  });

  test("several problems at once", async () => {
    const { money, mtnHost } = setUpShop();
    const request = { ...inUganda, reference: "#", description: "&" };
    await expectRefusedInput(money.collect(request), mtnHost, ["reference", "description"]);
  });

  const wrongInKenya: readonly WrongField[] = [
    ["cents", { amount: amount("10.50", "KES") }, "amount"],
    ["more than M-Pesa takes", { amount: amount("250,001", "KES") }, "amount"],
    ["a reference of 13 characters", { reference: "a".repeat(13) }, "reference"],
    ["a reference of 14 characters, which is no description", { reference: "a".repeat(14) }, "reference"],
    ["a description of 14 characters", { description: "a".repeat(14) }, "description"],
    [
      "a callback address with a forbidden word",
      { callbackUrl: "https://shop.example/mpesa" },
      "callbackUrl",
    ],
  ];
  test.each(wrongInKenya)("at M-Pesa: %s", async (_, changes, field) => {
    const { money, darajaHost } = setUpShop();
    await expectRefusedInput(money.collect({ ...inKenya, ...changes } as CollectInput), darajaHost, [field]);
  });
});
