import { MpesaClient, type MpesaOptions, Secret } from "mobile-money";
import { describe, expect, test } from "vitest";
import { json } from "../support/answers.js";
import { mpesaRoutes, sandboxPasskey, setUpMpesa } from "../support/clients.js";
import { expectRefusedOptions } from "../support/options-cases.js";
import { acknowledgement } from "./answers.js";

const make = (options: unknown) => () => new MpesaClient(options as MpesaOptions);
const sandbox = {
  environment: "sandbox",
  consumerKey: "consumer-key",
  consumerSecret: "consumer-secret",
  shortcode: "174379",
  passkey: sandboxPasskey,
};
const production = { ...sandbox, environment: "production", shortcode: "600999", passkey: "our-own" };

describe("wrong options of MpesaClient → ConfigurationError", () => {
  const wrong: readonly (readonly [title: string, options: object, fields: readonly string[]])[] = [
    ["no environment", { ...sandbox, environment: undefined }, ["environment"]],
    ["an unknown environment", { ...sandbox, environment: "test" }, ["environment"]],
    ["no consumer key", { ...sandbox, consumerKey: undefined }, ["consumerKey"]],
    ["an empty consumer secret", { ...sandbox, consumerSecret: new Secret(" ") }, ["consumerSecret"]],
    ["no shortcode", { ...sandbox, shortcode: undefined }, ["shortcode"]],
    ["a shortcode that is a number", { ...sandbox, shortcode: 174379 }, ["shortcode"]],
    ["a shortcode of 4 digits", { ...sandbox, shortcode: "1743" }, ["shortcode"]],
    ["a shortcode of 8 digits", { ...sandbox, shortcode: "17437917" }, ["shortcode"]],
    ["a shortcode with a letter", { ...sandbox, shortcode: "17437a" }, ["shortcode"]],
    ["an empty passkey", { ...sandbox, passkey: "" }, ["passkey"]],
    ["a till of 4 digits", { ...production, till: "1234" }, ["till"]],
    ["a till of 10 digits", { ...production, till: "1234567890" }, ["till"]],
    ["a till that is the shortcode", { ...production, till: "600999" }, ["till"]],
    ["a till in the sandbox", { ...sandbox, till: "5012345" }, ["till"]],
    ["the sandbox's shortcode in production", { ...production, shortcode: "174379" }, ["shortcode"]],
    ["the sandbox's passkey in production", { ...production, passkey: sandboxPasskey }, ["passkey"]],
    [
      "the sandbox's passkey in production, hidden",
      { ...production, passkey: new Secret(sandboxPasskey) },
      ["passkey"],
    ],
    ["a base URL that is none", { ...sandbox, baseUrl: "daraja.example" }, ["baseUrl"]],
    ["http to a public host", { ...sandbox, baseUrl: "http://daraja.example" }, ["baseUrl"]],
    ["no time", { ...sandbox, timeoutMs: 0 }, ["timeoutMs"]],
    [
      "a callback address with a forbidden word",
      { ...sandbox, callbackUrl: "https://shop.example/mpesa" },
      ["callbackUrl"],
    ],
    [
      "an http callback in production",
      { ...production, callbackUrl: "http://shop.example/hooks" },
      ["callbackUrl"],
    ],
    ["an empty callback address", { ...sandbox, callbackUrl: "" }, ["callbackUrl"]],
    ["a callback address that is a number", { ...sandbox, callbackUrl: 42 }, ["callbackUrl"]],
    [
      "everything at once",
      { environment: "x", passkey: "", till: "1", baseUrl: "x", timeoutMs: -1, callbackUrl: "x" },
      [
        "environment",
        "consumerKey",
        "consumerSecret",
        "shortcode",
        "till",
        "passkey",
        "baseUrl",
        "timeoutMs",
        "callbackUrl",
      ],
    ],
  ];

  test.each(wrong)("%s", (_, options, fields) => {
    const error = expectRefusedOptions(make(options), fields);
    expect(error.provider).toBe("mpesa");
    expect(error.message + error.remedy).not.toMatch(/consumer-secret|our-own|bfb279f9/);
  });

  test.each([undefined, null])("no options at all: %s", (options) => {
    expectRefusedOptions(make(options), ["options"]);
  });
});

test.each([
  ["sandbox", sandbox],
  ["production, paybill", production],
  ["production, till", { ...production, till: "5012345" }],
  ["without a passkey", { ...sandbox, passkey: undefined }],
  [
    "http callbacks to a simulator on this machine",
    { ...production, baseUrl: "http://[::1]:1", callbackUrl: "http://localhost/x" },
  ],
])("right options: %s", (_, options) => {
  expect(make(options)).not.toThrow();
});

test("secrets may be text, Secret or a function", async () => {
  const { client, host } = setUpMpesa({
    consumerKey: new Secret("key"),
    consumerSecret: async () => "secret",
    passkey: async () => "passkey",
  });
  host.answer(mpesaRoutes.push, json(200, acknowledgement));
  await client.stk.push({
    phoneNumber: "0712345678",
    amount: { amount: "1", currency: "KES" },
    accountReference: "A",
    description: "A",
  });
  const [token, push] = host.requests;
  expect(token?.headers["authorization"]).toBe(`Basic ${btoa("key:secret")}`);
  expect(push?.body).toMatchObject({ Password: btoa("174379passkey20261123120000") });
});
