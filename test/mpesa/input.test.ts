import type { MpesaClient, MpesaOptions } from "mobile-money";
import { describe, expect, test } from "vitest";
import { json } from "../support/answers.js";
import { mpesaRoutes, setUpMpesa } from "../support/clients.js";
import { failure } from "../support/failure.js";
import { expectRefusedInput, type WrongField } from "../support/input-cases.js";
import { acknowledgement } from "./answers.js";

/** Pushes what an untyped caller may hand over. */
const push = (client: MpesaClient, request: unknown) => client.stk.push(request as never);
const kes = (amount: unknown) => ({ amount, currency: "KES" });
const right = {
  phoneNumber: "0712 345 678",
  amount: kes("1500"),
  accountReference: "ORDER1042",
  description: "Order 1042",
};
const accepted = json(200, acknowledgement);

describe("a wrong field of push is refused, and nothing is sent", () => {
  const wrong: readonly WrongField[] = [
    ["an unknown currency", { amount: { amount: "10", currency: "XYZ" } }, "amount.currency"],
    ["another currency", { amount: { amount: "10", currency: "UGX" } }, "amount"],
    ["cents", { amount: kes("10.50") }, "amount"],
    ["amount 0", { amount: kes("0") }, "amount"],
    ["a negative amount", { amount: kes("-1") }, "amount"],
    ["amount NaN", { amount: kes(Number.NaN) }, "amount.amount"],
    ["amount 1e21", { amount: kes("1e21") }, "amount.amount"],
    ["amount 1e21, a number", { amount: kes(1e21) }, "amount.amount"],
    ["a shilling above the limit", { amount: kes("250001") }, "amount"],
    ["a bare number for Money", { amount: 1500 }, "amount"],
    ["no amount", { amount: undefined }, "amount"],
    ["no phone", { phoneNumber: undefined }, "phoneNumber"],
    ["the phone of another country", { phoneNumber: "+256772123456" }, "phoneNumber"],
    ["a phone that is too short", { phoneNumber: "071234567" }, "phoneNumber"],
    ["a phone that begins like no mobile", { phoneNumber: "0212345678" }, "phoneNumber"],
    ["a phone that is a number", { phoneNumber: 254712345678 }, "phoneNumber"],
    ["no account reference", { accountReference: undefined }, "accountReference"],
    ["an empty account reference", { accountReference: "" }, "accountReference"],
    ["an account reference of 13 characters", { accountReference: "a".repeat(13) }, "accountReference"],
    [
      "an account reference with a forbidden character",
      { accountReference: "ORDER#1042" },
      "accountReference",
    ],
    ["no description", { description: undefined }, "description"],
    ["a description of 14 characters", { description: "a".repeat(14) }, "description"],
    ["a description with an ampersand", { description: "Salt & Co" }, "description"],
    ["a description with an accent", { description: "Café" }, "description"],
    ["a description with a line break", { description: "Order\n1042" }, "description"],
    ["a reference that is no UUID", { reference: "order-1042" }, "reference"],
    ...["mpesa", "M-PESA", "safaricom", "exe", "EXEC", "cmd", "sql", "Query"].map(
      (word): WrongField => [
        `a callback address with the word ${word}`,
        { callbackUrl: `https://shop.example/hooks/${word}/1` },
        "callbackUrl",
      ],
    ),
    ["a forbidden word in the host", { callbackUrl: "https://mpesa.shop.example/hooks" }, "callbackUrl"],
    ["a forbidden word in the query", { callbackUrl: "https://shop.example/hooks?sql=1" }, "callbackUrl"],
    ["a forbidden word as part of another", { callbackUrl: "https://shop.example/executive" }, "callbackUrl"],
    ["an empty callback address", { callbackUrl: "" }, "callbackUrl"],
    ["a callback address that is none", { callbackUrl: "hooks" }, "callbackUrl"],
    ["a callback address that is an IP address", { callbackUrl: "https://192.0.2.1/hooks" }, "callbackUrl"],
    ["a callback address on this machine", { callbackUrl: "http://localhost:3000/hooks" }, "callbackUrl"],
    ["a callback address that is a number", { callbackUrl: 42 }, "callbackUrl"],
    [
      "a minted address with a forbidden word",
      { callbackUrl: () => "https://shop.example/mpesa" },
      "callbackUrl",
    ],
    ["an unknown field", { acountReference: "ORDER1042" }, "acountReference"],
    ["a field of the wire", { PartyA: "254712345678" }, "PartyA"],
  ];

  test.each(wrong)("%s", async (_, changes, field) => {
    const { client, host } = setUpMpesa();
    host.answer(mpesaRoutes.push, accepted);
    await expectRefusedInput(push(client, { ...right, ...changes }), host, [field]);
  });

  test("the message names the forbidden word", async () => {
    const { client, host } = setUpMpesa();
    const call = push(client, { ...right, callbackUrl: "https://shop.example/M-Pesa/1" });
    const error = await expectRefusedInput(call, host, ["callbackUrl"]);
    expect(error.message).toContain('"M-Pesa"');
  });

  test.each([undefined, null, "0712345678", []])("no request at all: %j", async (request) => {
    const { client, host } = setUpMpesa();
    const fields = ["phoneNumber", "amount", "accountReference", "description"];
    const error = await expectRefusedInput(push(client, request), host, fields);
    expect(error.provider).toBe("mpesa");
  });

  test("every problem at once, in the order of the fields", async () => {
    const { client, host } = setUpMpesa();
    const request = {
      phoneNumber: "x",
      amount: kes("0.5"),
      accountReference: "#",
      description: "&",
      reference: "1",
      x: 1,
    };
    const fields = ["x", "phoneNumber", "amount", "accountReference", "description", "reference"];
    await expectRefusedInput(push(client, request), host, fields);
  });

  test("an http callback in production", async () => {
    const production: Partial<MpesaOptions> = {
      environment: "production",
      baseUrl: "https://api.safaricom.co.ke",
      shortcode: "600999",
      passkey: "our-own",
    };
    const { client, host } = setUpMpesa(production);
    const call = push(client, { ...right, callbackUrl: "http://shop.example/hooks" });
    await expectRefusedInput(call, host, ["callbackUrl"]);

    const local = setUpMpesa({ ...production, baseUrl: "http://localhost:8080" });
    local.host.answer(mpesaRoutes.push, accepted);
    await push(local.client, { ...right, callbackUrl: "http://localhost:3000/hooks" });
    expect(local.host.to(mpesaRoutes.push)[0]?.body).toMatchObject({
      CallBackURL: "http://localhost:3000/hooks",
    });
  });

  test("forbidden words are refused on this machine too, so that they are found before production", async () => {
    const { client, host } = setUpMpesa({ baseUrl: "http://localhost:8080" });
    await expectRefusedInput(push(client, { ...right, callbackUrl: "http://localhost/mpesa" }), host, [
      "callbackUrl",
    ]);
  });
});

describe("what is just right is sent", () => {
  test.each([
    ["1 shilling", { amount: kes("1") }, { Amount: "1" }],
    ["250,000 shillings", { amount: kes("250000") }, { Amount: "250000" }],
    ["zeros for cents", { amount: kes("1500.00") }, { Amount: "1500" }],
    ["12 characters", { accountReference: "ORDER-10/42." }, { AccountReference: "ORDER-10/42." }],
    ["13 characters", { description: "Order 10_42 a" }, { TransactionDesc: "Order 10_42 a" }],
    ["an 01 number", { phoneNumber: "0112345678" }, { PartyA: "254112345678", PhoneNumber: "254112345678" }],
    ["an international number", { phoneNumber: "+254 (0)712-345.678" }, { PartyA: "254712345678" }],
    [
      "http in the sandbox",
      { callbackUrl: "http://shop.example/x" },
      { CallBackURL: "http://shop.example/x" },
    ],
    [
      "a port",
      { callbackUrl: "https://shop.example:8443/x" },
      { CallBackURL: "https://shop.example:8443/x" },
    ],
  ])("%s", async (_, changes, body) => {
    const { client, host } = setUpMpesa();
    host.answer(mpesaRoutes.push, accepted);
    await push(client, { ...right, ...changes });
    expect(host.to(mpesaRoutes.push)[0]?.body).toMatchObject(body);
  });
});

describe("what the client lacks → ConfigurationError at the first call, and nothing is sent", () => {
  test.each([
    ["a passkey for a push", { passkey: undefined }, (client: MpesaClient) => push(client, right), "passkey"],
    [
      "a passkey for a query",
      { passkey: undefined },
      (client: MpesaClient) => client.stk.query(acknowledgement.CheckoutRequestID),
      "passkey",
    ],
    [
      "a callback address",
      { callbackUrl: undefined },
      (client: MpesaClient) => push(client, right),
      "callbackUrl",
    ],
  ])("%s", async (_, options, call, field) => {
    const { client, host } = setUpMpesa(options as object);
    await expect(failure(call(client))).resolves.toMatchObject({
      code: "config_invalid",
      provider: "mpesa",
      problems: [{ field, remedy: expect.any(String) }],
    });
    expect(host.requests).toEqual([]);
  });
});

describe("a CheckoutRequestID that is none is refused, and nothing is sent", () => {
  test.each([undefined, "", " ", "../query", "ws_CO_1\r\n", "a".repeat(101), 42])("%j", async (id) => {
    const { client, host } = setUpMpesa();
    await expectRefusedInput(client.stk.query(id as never), host, ["checkoutRequestId"]);
  });
});
