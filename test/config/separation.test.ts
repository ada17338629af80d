import fc from "fast-check";
import { MpesaClient, MtnMomoClient } from "mobile-money";
import { resolveConfig } from "mobile-money/config";
import { describe, expect, test } from "vitest";
import { sandboxPasskey, sandboxStkShortcode } from "../../src/mpesa/options.js";
import { momoProduction, momoProductionKeys, momoSandbox, production, sandbox } from "./environments.js";
import { faultsOf } from "./problems-of.js";

type Environment = "sandbox" | "production";
type Env = Readonly<Record<string, unknown>>;

/** Which environment each kind of setting belongs to. */
type Row = Readonly<
  Record<"mode" | "momoKeys" | "momoHost" | "market" | "shortcode" | "passkey" | "mpesaHost", Environment>
>;

const kinds: readonly (keyof Row)[] = [
  "mode",
  "momoKeys",
  "momoHost",
  "market",
  "shortcode",
  "passkey",
  "mpesaHost",
];

/** All 2⁷ rows. */
const rows: Row[] = Array.from(
  { length: 2 ** kinds.length },
  (_, number) =>
    Object.fromEntries(
      kinds.map((kind, bit) => [kind, (number >> bit) & 1 ? "production" : "sandbox"]),
    ) as unknown as Row,
);

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
const uuid = fc.uuid({ version: 4 });
const key = fc.string({
  unit: fc.constantFrom(..."ABCDEFGHabcdefgh0123456789"),
  minLength: 20,
  maxLength: 60,
});
const blank = fc.constantFrom("", " ", "\n", "\t ");

/** Values that fit a row; keys of the sandbox and of production differ, as MTN gives them out. */
function valuesOf(row: Row): fc.Arbitrary<Env> {
  const of = (kind: keyof Row, one: Readonly<Record<Environment, string>>) => one[row[kind]];
  const stem = of("momoKeys", { sandbox: "MOMO_SANDBOX_", production: "MOMO_PRODUCTION_" });
  const named = <Value>(name: string, value: fc.Arbitrary<Value>) => fc.record({ [name]: value });
  const parts: fc.Arbitrary<Env>[] = [
    named(
      "PAYMENT_TEST_MODE",
      row.mode === "sandbox"
        ? fc.constantFrom("True", "1", "yes", true)
        : fc.constantFrom("False", "0", "no", false),
    ),
    named(`${stem}SUBSCRIPTION_KEY`, hex(32)),
    named(`${stem}API_USER`, uuid),
    named(`${stem}API_KEY`, hex(32)),
    named("MPESA_CONSUMER_KEY", key),
    named("MPESA_CONSUMER_SECRET", key),
    named(
      "MOMO_BASE_URL",
      fc.constantFrom(
        ...(row.momoHost === "sandbox"
          ? ["https://sandbox.momodeveloper.mtn.com", "https://SANDBOX.momodeveloper.mtn.com/"]
          : ["https://proxy.momoapi.mtn.com", "https://proxy.momoapi.mtn.com:443"]),
      ),
    ),
    named(
      "MPESA_BASE_URL",
      fc.constant(
        of("mpesaHost", {
          sandbox: "https://sandbox.safaricom.co.ke",
          production: "https://api.safaricom.co.ke",
        }),
      ),
    ),
    named(
      "MPESA_SHORTCODE",
      row.shortcode === "sandbox"
        ? fc.constant(sandboxStkShortcode)
        : fc
            .integer({ min: 10_000, max: 9_999_999 })
            .map(String)
            .filter((digits) => digits !== sandboxStkShortcode),
    ),
    named("MPESA_PASSKEY", row.passkey === "sandbox" ? fc.constant(sandboxPasskey) : hex(64)),
  ];
  // The sandbox is no market, so there is nothing to set for it.
  if (row.market === "production") {
    parts.push(
      named("MOMO_PRODUCTION_TARGET_ENVIRONMENT", fc.constantFrom("mtnuganda", "mtnghana", "mtnbenin")),
    );
  }
  return fc.tuple(fc.tuple(...parts), blank, blank).map(([settings, before, after]) => {
    const entries = settings.flatMap((setting) => Object.entries(setting));
    return Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === "string" ? `${before}${value}${after}` : value]),
    );
  });
}

const isPure = (row: Row) => kinds.every((kind) => row[kind] === row.mode);

describe("the matrix of mixed settings", () => {
  test("has two pure rows of 128", () => {
    expect(rows).toHaveLength(128);
    expect(rows.filter(isPure)).toHaveLength(2);
  });

  test("of every row drawn, only the pure ones resolve, and to their own environment", () => {
    const drawn = fc.constantFrom(...rows).chain((row) => valuesOf(row).map((env) => ({ row, env })));
    fc.assert(
      fc.property(drawn, ({ row, env }) => {
        expect(faultsOf(env).length > 0).toBe(!isPure(row));
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(
    rows
      .filter((row) => !isPure(row))
      .map((row) => [kinds.map((kind) => `${kind} ${row[kind]}`).join(", "), row] as const),
  )("does not start: %s", (_title, row) => {
    fc.assert(
      fc.property(valuesOf(row), (env) => {
        expect(faultsOf(env)).not.toEqual([]);
      }),
      { numRuns: 5 },
    );
  });

  test.each(rows.filter(isPure).map((row) => [row.mode, row] as const))("starts: all of %s", (mode, row) => {
    fc.assert(
      fc.property(valuesOf(row), (env) => {
        const config = resolveConfig(env);
        expect(config.environment).toBe(mode);
        expect(config.mpesa?.environment).toBe(mode);
        expect(config.mtnMomo?.environment === "sandbox").toBe(mode === "sandbox");
        expect(new MtnMomoClient(config.mtnMomo)).toBeInstanceOf(MtnMomoClient);
        expect(new MpesaClient(config.mpesa)).toBeInstanceOf(MpesaClient);
      }),
    );
  });
});

test("whatever is in the environment, the answer is a config that both clients take, or a ConfigurationError", () => {
  const names = Object.keys({ ...sandbox, ...production, MOMO_BASE_URL: "", MPESA_BASE_URL: "" });
  const values = [...new Set([...Object.values(sandbox), ...Object.values(production)])];
  const odd = fc.oneof(fc.constantFrom(...values), fc.string(), fc.webUrl(), fc.anything());
  // Most variables keep a good value, so that a good part of the draws resolves.
  const env = fc
    .constantFrom(sandbox, production)
    .chain((good) =>
      fc.tuple(fc.constant(good), fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 3 })),
    );
  fc.assert(
    fc.property(env, ([good, changed]) => {
      const mixed = { ...good, ...changed };
      if (faultsOf(mixed).length > 0) return;
      const { mtnMomo, mpesa } = resolveConfig(mixed);
      if (mtnMomo) new MtnMomoClient(mtnMomo);
      if (mpesa) new MpesaClient(mpesa);
    }),
    { numRuns: 1_000 },
  );
});

describe("what betrays that two environments are mixed", () => {
  test("the same key in both, in whichever variable", () => {
    const env = {
      ...momoSandbox,
      ...momoProduction,
      MOMO_SANDBOX_API_KEY: momoProduction["MOMO_PRODUCTION_API_KEY"],
      MOMO_SANDBOX_SUBSCRIPTION_KEY: momoProduction["MOMO_PRODUCTION_API_KEY"],
      MOMO_PRODUCTION_DISBURSEMENT_API_USER: momoSandbox["MOMO_SANDBOX_API_USER"],
    };
    const same = [
      "MOMO_SANDBOX_API_KEY: is the same as MOMO_PRODUCTION_API_KEY",
      "MOMO_SANDBOX_API_USER: is the same as MOMO_PRODUCTION_DISBURSEMENT_API_USER",
      "MOMO_SANDBOX_SUBSCRIPTION_KEY: is the same as MOMO_PRODUCTION_API_KEY",
    ];
    expect(faultsOf({ ...env, PAYMENT_TEST_MODE: "true" })).toEqual(same);
    expect(faultsOf({ ...env, PAYMENT_TEST_MODE: "false" })).toEqual([
      "MOMO_PRODUCTION_DISBURSEMENT_API_KEY: is missing",
      "MOMO_PRODUCTION_DISBURSEMENT_SUBSCRIPTION_KEY: is missing",
      ...same,
    ]);
  });

  test("the keys of one product may serve the other one in the same environment", () => {
    const { MOMO_PRODUCTION_API_USER: user, MOMO_PRODUCTION_API_KEY: apiKey } = momoProduction;
    const shared = {
      MOMO_PRODUCTION_DISBURSEMENT_API_USER: user,
      MOMO_PRODUCTION_DISBURSEMENT_API_KEY: apiKey,
    };
    expect(faultsOf({ ...production, ...shared })).toEqual([]);
  });

  test("keys for the other environment alone", () => {
    expect(faultsOf({ PAYMENT_TEST_MODE: "true", ...momoProduction })).toEqual([
      "MOMO_SANDBOX_API_KEY: is missing",
      "MOMO_SANDBOX_API_USER: is missing",
      "MOMO_SANDBOX_SUBSCRIPTION_KEY: is missing",
      "PAYMENT_TEST_MODE: chooses sandbox, but MTN MoMo has keys for production alone",
    ]);
    expect(faultsOf({ PAYMENT_TEST_MODE: "false", ...momoSandbox })).toEqual([
      "MOMO_PRODUCTION_API_KEY: is missing",
      "MOMO_PRODUCTION_API_USER: is missing",
      "MOMO_PRODUCTION_SUBSCRIPTION_KEY: is missing",
      "MOMO_PRODUCTION_TARGET_ENVIRONMENT: is missing",
      "PAYMENT_TEST_MODE: chooses production, but MTN MoMo has keys for sandbox alone",
    ]);
  });

  test("a market for the sandbox's keys", () => {
    const market = { MOMO_PRODUCTION_TARGET_ENVIRONMENT: "mtnuganda" };
    expect(faultsOf({ ...sandbox, ...market })).toEqual([
      "MOMO_PRODUCTION_TARGET_ENVIRONMENT: names a market, but there are no production keys and PAYMENT_TEST_MODE chooses the sandbox",
    ]);
    expect(faultsOf({ ...sandbox, ...market, ...momoProductionKeys })).toEqual([]);
  });

  test("the sandbox as market in production", () => {
    expect(faultsOf({ ...production, MOMO_PRODUCTION_TARGET_ENVIRONMENT: "sandbox" })).toEqual([
      "MOMO_PRODUCTION_TARGET_ENVIRONMENT: is not a production market of MTN's",
    ]);
  });

  test("what Safaricom publishes for the sandbox, in production", () => {
    const published = { MPESA_SHORTCODE: sandboxStkShortcode, MPESA_PASSKEY: sandboxPasskey };
    expect(faultsOf({ ...production, ...published })).toEqual([
      "MPESA_PASSKEY: is the sandbox's",
      "MPESA_SHORTCODE: is the sandbox's",
    ]);
  });

  test("anything else in the sandbox", () => {
    const own = { MPESA_SHORTCODE: "5123456", MPESA_PASSKEY: "7e".repeat(32) };
    expect(faultsOf({ ...sandbox, ...own })).toEqual([
      "MPESA_PASSKEY: is not the sandbox's",
      "MPESA_SHORTCODE: is not the sandbox's",
    ]);
  });
});
