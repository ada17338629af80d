import { readFileSync } from "node:fs";
import {
  isMobileMoneyError,
  MobileMoney,
  MpesaClient,
  MtnMomoClient,
  parseMpesaCallback,
  ugx,
} from "mobile-money";
import { defineTariff, quoteFee } from "mobile-money/fees";
import { createSimulator, type ScenarioRule } from "mobile-money/simulator";
import { describe, expect, test } from "vitest";
import { type Variable, variables } from "../src/config/variables.js";
import { createTestClock } from "./support/clock.js";
import { checkLinks } from "./support/links.js";

const reference = "5b2f1c0e-8a57-4f7e-9d2b-2f6c1e0a9d31";

function open() {
  const clock = createTestClock();
  const simulator = createSimulator({
    seed: 1,
    clock,
    mtnMomo: { environment: "mtnuganda" },
    deliver: async () => new Response(),
  });
  const { fetch } = simulator;
  const mtnOptions = { ...simulator.mtnMomo.credentials, fetch, clock };
  const callbackUrl = "https://shop.example/paid";
  const mpesaOptions = { ...simulator.mpesa.credentials, fetch, clock, callbackUrl };
  return { clock, simulator, mtnOptions, mpesaOptions };
}
type World = ReturnType<typeof open>;

const requestToPay = { payer: "0772 123 456", amount: ugx(15_000), reference };
const stkPush = {
  phoneNumber: "0712 345 678",
  amount: { amount: "1500", currency: "KES" },
  accountReference: "ORDER1042",
  description: "Order 1042",
  reference,
} as const;

function askMtn({ mtnOptions }: World) {
  return new MtnMomoClient(mtnOptions).collection.requestToPay(requestToPay);
}

function readMtn({ mtnOptions, simulator }: World, rule: ScenarioRule) {
  simulator.scenario({ operation: "collection.get_balance", times: 3, ...rule });
  return new MtnMomoClient(mtnOptions).collection.getBalance();
}

/** For each code of the page that this version throws: how to meet it. */
const provocations: Readonly<Record<string, (world: World) => unknown>> = {
  config_invalid: ({ mpesaOptions }) => new MpesaClient({ ...mpesaOptions, environment: "production" }),
  request_invalid: ({ mpesaOptions }) =>
    new MpesaClient(mpesaOptions).stk.push({ ...stkPush, phoneNumber: "+256772123456", description: "" }),
  authentication_failed: ({ mpesaOptions }) =>
    new MpesaClient({ ...mpesaOptions, consumerSecret: "wrong" }).stk.push(stkPush),
  request_rejected: ({ mtnOptions }) => new MtnMomoClient(mtnOptions).collection.getRequestToPay(reference),
  rate_limited: ({ simulator, mpesaOptions }) => {
    simulator.scenario({ operation: "stk.push", do: "throttle" });
    return new MpesaClient(mpesaOptions).stk.push(stkPush);
  },
  provider_unavailable: (world) => readMtn(world, { do: "answer", status: 503 }),
  connection_failed: (world) => readMtn(world, { do: "lose_request" }),
  response_invalid: (world) => readMtn(world, { do: "html_page" }),
  outcome_unknown: ({ simulator, mpesaOptions }) => {
    simulator.scenario({ operation: "stk.push", do: "lose_answer" });
    return new MpesaClient(mpesaOptions).stk.push(stkPush);
  },
  still_pending: async ({ simulator, mtnOptions }) => {
    simulator.phones.get("256772123456").ignores();
    const client = new MtnMomoClient(mtnOptions);
    return client.waitForOutcome(await client.collection.requestToPay(requestToPay), { timeoutMs: 60_000 });
  },
  callback_invalid: () => parseMpesaCallback({ TransID: "SKN1042" }, { expected: "stk.result" }),
  operation_unsupported: ({ mpesaOptions }) =>
    new MobileMoney({ providers: [new MpesaClient(mpesaOptions)] }).payOut({
      to: "0712 345 678",
      amount: { amount: 1_500, currency: "KES" },
      reference: "payroll-17",
    }),
  idempotency_conflict: async (world) => {
    await askMtn(world);
    const other = { ...requestToPay, amount: ugx(16_000) };
    return new MtnMomoClient(world.mtnOptions).collection.requestToPay(other);
  },
  no_tariff: () => {
    const contract = defineTariff({
      id: "shop.collection.2026-11-01",
      currency: "UGX",
      product: "collection",
      payer: "merchant",
      effectiveFrom: "2026-11-01",
      effectiveTo: null,
      confidence: "official",
      bands: [{ min: "1", max: null, fee: { type: "percent", percent: "1.2" } }],
    });
    return quoteFee({ market: contract, product: "collection", amount: ugx(45_000), on: "2026-10-31" });
  },
};

describe("docs/errors.md", () => {
  const page = readFileSync("docs/errors.md", "utf8");
  const sections = new Map(
    page
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), section]),
  );

  test("a code has an example, or stands among those that are not thrown yet", () => {
    const later = page.slice(page.indexOf("\n## Not thrown yet\n")).match(/^## [a-z_]+$/gm);
    const codes = [...sections.keys()].filter((title) => title !== "Not thrown yet");
    expect(codes).toEqual([...Object.keys(provocations), ...(later ?? []).map((title) => title.slice(3))]);
  });

  test.each(Object.entries(provocations))(
    "%s: the example is what the library says",
    async (code, provoke) => {
      const world = open();
      const error = await world.clock.run(Promise.resolve(world).then(provoke)).catch((thrown) => thrown);
      if (!isMobileMoneyError(error)) throw error;
      expect(error.code).toBe(code);
      expect(sections.get(code)).toContain(`\`\`\`text\n${error.message}\n${error.remedy}\n\`\`\``);
      expect(sections.get(code)).toContain(`\`${error.name}\``);
      expect(sections.get(code)).toMatch(error.isRetryable ? /\*\*Again\?\*\* Yes/ : /\*\*Again\?\*\* No/);
    },
  );
});

test("docs/guides/configuration.md lists every variable as the resolver knows it", () => {
  const row = ({ name, meaning, required, isSecret, environment }: Variable) =>
    `| \`${name}\` | ${environment} | ${required ?? ""} | ${isSecret ? "secret; " : ""}${meaning} |`;
  const page = readFileSync("docs/guides/configuration.md", "utf8");
  const rows = page.split("\n").filter((line) => /^\| `[A-Z]/.test(line));
  expect(rows).toEqual(variables.map(row));
});

describe("links", () => {
  test("every link within the repository leads somewhere", () => {
    expect(checkLinks()).toEqual([]);
  });

  test("planted: a page and a heading that are not there", () => {
    const page =
      "[a](errors.md#no_tariff) [b](errors.md#nothing) [c](nowhere.md) [d](https://mobile-money.example)";
    expect(checkLinks({ "docs/planted.md": page })).toEqual([
      "docs/planted.md: there is no errors.md#nothing",
      "docs/planted.md: there is no nowhere.md",
    ]);
  });
});
