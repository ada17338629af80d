import type { MtnMomoClient, MtnMomoOptions } from "mobile-money";
import { describe, expect, test } from "vitest";
import { empty, json } from "../support/answers.js";
import { setUpMtnMomo } from "../support/clients.js";
import { expectRefusedInput, type WrongField } from "../support/input-cases.js";

/** Sends what an untyped caller may hand over. */
const kinds = [
  {
    name: "requestToPay",
    party: "payer",
    route: "POST /collection/v1_0/requesttopay",
    send: (client: MtnMomoClient, request: unknown) => client.collection.requestToPay(request as never),
  },
  {
    name: "transfer",
    party: "payee",
    route: "POST /disbursement/v1_0/transfer",
    send: (client: MtnMomoClient, request: unknown) => client.disbursement.transfer(request as never),
  },
] as const;

const eur = (amount: unknown) => ({ amount, currency: "EUR" });

describe.each(kinds)("a wrong field of $name is refused, and nothing is sent", ({ party, route, send }) => {
  const right = { [party]: "46700000001", amount: eur("10") };

  const wrong: readonly WrongField[] = [
    ["an unknown currency", { amount: { amount: "10", currency: "XYZ" } }, "amount.currency"],
    ["a currency in small letters", { amount: { amount: "10", currency: "eur" } }, "amount.currency"],
    ["no currency", { amount: { amount: "10" } }, "amount"],
    ["another currency than the sandbox's", { amount: { amount: "10", currency: "UGX" } }, "amount"],
    ["amount 0", { amount: eur("0") }, "amount"],
    ["amount 0.00", { amount: eur("0.00") }, "amount"],
    ["amount -0", { amount: eur("-0") }, "amount"],
    ["a negative amount", { amount: eur("-1") }, "amount"],
    ["amount NaN", { amount: eur("NaN") }, "amount.amount"],
    ["amount NaN, a number", { amount: eur(Number.NaN) }, "amount.amount"],
    ["amount 1e21", { amount: eur("1e21") }, "amount.amount"],
    ["amount 1e21, a number", { amount: eur(1e21) }, "amount.amount"],
    ["amount Infinity", { amount: eur("Infinity") }, "amount.amount"],
    ["an amount that is a number", { amount: eur(10) }, "amount.amount"],
    ["an amount of 19 digits", { amount: eur("1000000000000000000") }, "amount.amount"],
    ["three decimals", { amount: eur("1.005") }, "amount.amount"],
    ["an amount with a comma", { amount: eur("1,000") }, "amount.amount"],
    ["an amount with a plus", { amount: eur("+10") }, "amount.amount"],
    ["an amount in another script", { amount: eur("١٠") }, "amount.amount"],
    ["a bare number for Money", { amount: 10 }, "amount"],
    ["no amount", { amount: undefined }, "amount"],
    ["no party", { [party]: undefined }, party],
    ["an empty party", { [party]: "" }, party],
    ["a party that is a number", { [party]: 46700000001 }, party],
    ["a party that is no phone number", { [party]: "customer@shop.example" }, party],
    ["a party of 16 digits", { [party]: "4670000000112345" }, party],
    ["a note with an apostrophe", { payerMessage: "Ada's order" }, "payerMessage"],
    ["a note with an ampersand", { payeeNote: "Salt & Co" }, "payeeNote"],
    ["a note with a number sign", { payerMessage: "Order #1" }, "payerMessage"],
    ["a note with a line break", { payerMessage: "Order\n1042" }, "payerMessage"],
    ["a note with a control character", { payerMessage: "Order\u0007" }, "payerMessage"],
    ["a note that turns the writing around", { payerMessage: "Order \u202e2401" }, "payerMessage"],
    ["a note with an emoji", { payeeNote: "Thanks 🎉" }, "payeeNote"],
    ["a note of 161 characters", { payerMessage: "a".repeat(161) }, "payerMessage"],
    ["a note of 161 characters", { payeeNote: "a".repeat(161) }, "payeeNote"],
    ["an empty note", { payerMessage: "" }, "payerMessage"],
    ["a note of blanks", { payeeNote: "   " }, "payeeNote"],
    ["a note that is no text", { payerMessage: 42 }, "payerMessage"],
    ["an external id with a space", { externalId: "order 1042" }, "externalId"],
    ["an external id of 65 characters", { externalId: "a".repeat(65) }, "externalId"],
    ["an external id that is a number", { externalId: 1042 }, "externalId"],
    ["a reference that is no UUID", { reference: "order-1042" }, "reference"],
    ["a UUID of version 1", { reference: "5a8a1f0c-2d8a-1c55-9c61-0f1a2b3c4d5e" }, "reference"],
    ["a UUID of no variant", { reference: "5a8a1f0c-2d8a-4c55-0c61-0f1a2b3c4d5e" }, "reference"],
    ["a UUID with a line break", { reference: "5a8a1f0c-2d8a-4c55-9c61-0f1a2b3c4d5e\r\n" }, "reference"],
    ["an empty callback address", { callbackUrl: "" }, "callbackUrl"],
    ["a callback address that is none", { callbackUrl: "shop.example/hooks" }, "callbackUrl"],
    ["a callback address of another scheme", { callbackUrl: "ftp://shop.example/hooks" }, "callbackUrl"],
    ["a callback address with a blank", { callbackUrl: "https://shop.example/my hooks" }, "callbackUrl"],
    [
      "a callback address with a line break",
      { callbackUrl: "https://shop.example/\r\nX-Evil: 1" },
      "callbackUrl",
    ],
    [
      "a callback address with letters that a header can't hold",
      { callbackUrl: "https://shop.example/支付" },
      "callbackUrl",
    ],
    [
      "a callback address with credentials",
      { callbackUrl: "https://me:secret@shop.example/" },
      "callbackUrl",
    ],
    [
      "a callback address with a fragment",
      { callbackUrl: "https://shop.example/hooks#order" },
      "callbackUrl",
    ],
    ["a callback address that is an IP address", { callbackUrl: "https://192.0.2.1/hooks" }, "callbackUrl"],
    ["a callback address in IPv6", { callbackUrl: "https://[2001:db8::1]/hooks" }, "callbackUrl"],
    ["a callback address on this machine", { callbackUrl: "https://localhost/hooks" }, "callbackUrl"],
    [
      "a callback address of 2,001 characters",
      { callbackUrl: `https://shop.example/${"a".repeat(1_980)}` },
      "callbackUrl",
    ],
    ["a callback address that is a number", { callbackUrl: 42 }, "callbackUrl"],
    ["a callback address minted as nothing", { callbackUrl: () => undefined }, "callbackUrl"],
    ["an unknown field", { payerMesage: "Order 1042" }, "payerMesage"],
    ["a field of the wire", { partyIdType: "MSISDN" }, "partyIdType"],
  ];

  test.each(wrong)("%s", async (_, changes, field) => {
    const { client, host, run } = setUpMtnMomo();
    host.answer(route, empty(202));
    await expectRefusedInput(run(send(client, { ...right, ...changes })), host, [field]);
  });

  test("a field named like a member of every object", async () => {
    const { client, host } = setUpMtnMomo();
    const request = JSON.parse(
      `{"${party}":"46700000001","amount":{"amount":"10","currency":"EUR"},"__proto__":{}}`,
    );
    await expectRefusedInput(send(client, request), host, ["__proto__"]);
  });

  test.each([undefined, null, "46700000001", 10, []])("no request at all: %j", async (request) => {
    const { client, host } = setUpMtnMomo();
    await expectRefusedInput(send(client, request), host, [party, "amount"]);
  });

  test("every problem at once, in the order of the fields", async () => {
    const { client, host } = setUpMtnMomo();
    const request = {
      [party]: "abc",
      amount: eur("0"),
      externalId: "a b",
      payerMessage: "#",
      payeeNote: "&",
      reference: "1",
      other: true,
    };
    const fields = ["other", party, "amount", "externalId", "payerMessage", "payeeNote", "reference"];
    const error = await expectRefusedInput(send(client, request), host, fields);
    expect(error.provider).toBe("mtn_momo");
  });

  test("what is just right is sent", async () => {
    const { client, host } = setUpMtnMomo();
    host.answer(route, empty(202));
    const note = `${"é".repeat(80)}${"7".repeat(80)}`;
    const request = {
      ...right,
      payerMessage: note,
      payeeNote: note,
      externalId: "a".repeat(64),
      amount: eur("0.01"),
    };
    await send(client, request);
    expect(host.to(route)).toHaveLength(1);
  });
});

describe("a market in production", () => {
  const production = (options: Partial<MtnMomoOptions> = {}) =>
    setUpMtnMomo({ environment: "mtnuganda", baseUrl: "https://proxy.momoapi.mtn.com", ...options });
  const right = { payer: "0772 123 456", amount: { amount: "15000", currency: "UGX" } };

  const wrong: readonly WrongField[] = [
    ["the phone of another country", { payer: "+254712345678" }, "payer"],
    ["a phone that is too short", { payer: "077212345" }, "payer"],
    ["a phone that begins like no mobile", { payer: "0412123456" }, "payer"],
    ["the sandbox's currency", { amount: { amount: "100", currency: "EUR" } }, "amount"],
    ["a neighbour's currency", { amount: { amount: "100", currency: "KES" } }, "amount"],
    ["cents of a currency that has none", { amount: { amount: "100.50", currency: "UGX" } }, "amount.amount"],
    ["an http callback", { callbackUrl: "http://shop.example/hooks" }, "callbackUrl"],
  ];
  test.each(wrong)("%s is refused, and nothing is sent", async (_, changes, field) => {
    const { client, host } = production();
    await expectRefusedInput(client.collection.requestToPay({ ...right, ...changes } as never), host, [
      field,
    ]);
  });

  test("an error shows no full phone number", async () => {
    const { client, host } = production();
    const call = client.collection.requestToPay({ ...right, payer: "+254712345678" } as never);
    const error = await expectRefusedInput(call, host, ["payer"]);
    expect(JSON.stringify(error) + String(error) + error.stack).not.toContain("712345678");
  });

  test("an http callback is taken with a loopback base URL given in so many words", async () => {
    const { client, host } = production({ baseUrl: "http://127.0.0.1:8080" });
    host.answer("POST /collection/v1_0/requesttopay", empty(202));
    await client.collection.requestToPay({ ...right, callbackUrl: "http://127.0.0.1:3000/hooks" } as never);
    expect(host.requests.at(-1)?.headers["x-callback-url"]).toBe("http://127.0.0.1:3000/hooks");
  });

  test("a phone of unusual length or prefix is taken when that is allowed, of another country never", async () => {
    const { client, host } = production({ allowUnusualMsisdn: true });
    host.answer("POST /collection/v1_0/requesttopay", empty(202));
    await client.collection.requestToPay({ ...right, payer: "+25641212345" } as never);
    expect(host.requests.at(-1)?.body).toMatchObject({ payer: { partyId: "25641212345" } });
    const other = production({ allowUnusualMsisdn: true });
    await expectRefusedInput(
      other.client.collection.requestToPay({ ...right, payer: "+254712345678" } as never),
      other.host,
      ["payer"],
    );
  });
});

describe("a wrong argument of a read is refused, and nothing is sent", () => {
  const reads: readonly (readonly [string, (client: MtnMomoClient) => Promise<unknown>, string])[] = [
    [
      "getRequestToPay with no UUID",
      (client) => client.collection.getRequestToPay("order-1042"),
      "reference",
    ],
    [
      "getRequestToPay with a path",
      (client) => client.collection.getRequestToPay("../account/balance"),
      "reference",
    ],
    ["getTransfer with no UUID", (client) => client.disbursement.getTransfer(""), "reference"],
    [
      "getTransfer with nothing",
      (client) => client.disbursement.getTransfer(undefined as never),
      "reference",
    ],
    [
      "getBalance in an unknown currency",
      (client) => client.collection.getBalance("XYZ" as never),
      "currency",
    ],
    ["getBalance in a path", (client) => client.disbursement.getBalance("../x" as never), "currency"],
    [
      "isAccountHolderActive of no number",
      (client) => client.collection.isAccountHolderActive("abc"),
      "phoneNumber",
    ],
    [
      "isAccountHolderActive of a path",
      (client) => client.disbursement.isAccountHolderActive("../1"),
      "phoneNumber",
    ],
  ];
  test.each(reads)("%s", async (_, call, field) => {
    const { client, host } = setUpMtnMomo();
    await expectRefusedInput(call(client), host, [field]);
  });
});

test("a callback address that can't be minted stops the payment with the minter's own error", async () => {
  const reason = new Error("no key");
  const { client, host } = setUpMtnMomo({ callbackUrl: () => Promise.reject(reason) });
  const request = { payer: "46700000001", amount: { amount: "1", currency: "EUR" } } as const;
  await expect(client.collection.requestToPay(request)).rejects.toBe(reason);
  expect(host.requests).toEqual([]);
});

test("what a provider wrote into an error is masked and shortened", async () => {
  const { client, host, run } = setUpMtnMomo();
  const message = `Number 46700000001 with token eyJ0eXAiOiJKV1QiLCJhbGciOiJSMjU2In0. ${"x ".repeat(300)}`;
  host.answer("GET /collection/v1_0/account/balance", json(500, { code: "NOT_ALLOWED", message }));
  const error = (await run(client.collection.getBalance().catch((reason: Error) => reason))) as Error;
  expect(error.message).not.toContain("46700000001");
  expect(error.message).not.toContain("eyJ0eXAi");
  expect(error.message.length).toBeLessThan(400);
});
