import { defineTariff, quoteFee, type Tariff } from "mobile-money/fees";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../src/core/errors.js";
import { ugx } from "../../src/core/money.js";
import { paybillShared, plainTariff } from "./tariffs.js";

function fieldsOf(tariff: unknown): string[] {
  try {
    defineTariff(tariff as Tariff);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    const { problems } = error as ConfigurationError;
    for (const problem of problems) expect(problem.remedy).not.toBe("");
    return problems.map(({ field }) => field);
  }
  throw new Error("nothing was thrown");
}

const tax = {
  name: "VAT",
  basis: "fee",
  percent: "15",
  included: false,
  effectiveFrom: "2026-01-01",
  effectiveTo: null,
} as const;

describe("a right tariff", () => {
  const plain = plainTariff({
    currency: "KES",
    variant: "shared",
    channel: "api",
    effectiveTo: "2026-12-31",
    amountStep: "1",
    rounding: { increment: "0.01", mode: "half_up" },
    tax: [tax],
  });

  test("comes back as plain, frozen data", () => {
    const defined = defineTariff(plain);
    expect(defined).toStrictEqual(plain);
    expect(JSON.parse(JSON.stringify(defined))).toStrictEqual(plain);
    for (const part of [
      defined,
      defined.bands,
      defined.bands[0],
      defined.bands[0]?.fee,
      defined.tax,
      defined.rounding,
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  test("is a copy: a change of the original changes no price", () => {
    const original = { ...plainTariff(), bands: [...plainTariff().bands] };
    const market = defineTariff(original);
    original.bands[0] = { min: "1", max: null, fee: { type: "flat", amount: "0" } };
    expect(quoteFee({ market, product: "collection", amount: ugx(100), on: "2026-06-01" }).fee).toStrictEqual(
      ugx(1),
    );
  });

  test("leaves out what is undefined", () => {
    expect(defineTariff({ ...plainTariff(), variant: undefined } as unknown as Tariff)).toStrictEqual(
      plainTariff(),
    );
  });

  test("may be defined again, after a journey through JSON", () => {
    expect(defineTariff(JSON.parse(JSON.stringify(paybillShared)))).toStrictEqual(paybillShared);
  });
});

describe("a wrong field", () => {
  const rows: [field: string, changes: object][] = [
    ["id", { id: "" }],
    ["id", { id: undefined }],
    ["currency", { currency: "XXX" }],
    ["currency", { currency: "toString" }],
    ["product", { product: 5 }],
    ["payer", { payer: "sender" }],
    ["variant", { variant: "" }],
    ["channel", { channel: "web" }],
    ["effectiveFrom", { effectiveFrom: "2026-02-30" }],
    ["effectiveFrom", { effectiveFrom: "2026-1-1" }],
    ["effectiveFrom", { effectiveFrom: null }],
    ["effectiveTo", { effectiveTo: undefined }],
    ["confidence", { confidence: "sure" }],
    ["amountStep", { amountStep: "0" }],
    ["amountStep", { amountStep: 1 }],
    ["rounding.increment", { rounding: { increment: "0", mode: "half_up" } }],
    ["rounding.mode", { rounding: { increment: "1", mode: "up" } }],
    ["rounding", { rounding: "1" }],
    ["tax", { tax: {} }],
    ["tax.0.basis", { tax: [{ ...tax, basis: "net" }] }],
    ["tax.0.percent", { tax: [{ ...tax, percent: "101" }] }],
    ["tax.0.included", { tax: [{ ...tax, included: "false" }] }],
    ["tax.0.name", { tax: [{ ...tax, name: undefined }] }],
    ["tax.0.bearer", { tax: [{ ...tax, bearer: "customer" }] }],
    ["tax.0.bands", { tax: [{ ...tax, basis: "amount", bands: [] }] }],
    ["tax.0", { tax: [null] }],
    ["bands", { bands: [] }],
    ["bands", { bands: undefined }],
    ["bands", { bands: {} }],
    ["bands.0", { bands: [null] }],
    ["bands.0", { bands: new Array(1) }],
    // What this version does not price is refused, never ignored.
    ["bandMode", { bandMode: "graduated" }],
    ["status", { status: "suspended" }],
    ["toString", { toString: 1 }],
  ];
  test.each(rows)("%s in %o", (field, changes) => {
    expect(fieldsOf({ ...plainTariff(), ...changes })).toStrictEqual([field]);
  });

  const bands: [field: string, band: object][] = [
    ["min", { min: "-1" }],
    ["min", { min: 1 }],
    ["min", { min: "1e3" }],
    ["min", { min: "1.5" }],
    ["min", { min: " 1" }],
    ["min", { min: "1234567890123456789" }],
    ["max", { max: undefined }],
    ["max", { max: "∞" }],
    ["confidence", { confidence: "high" }],
    ["note", { note: "x" }],
    ["fee", { fee: undefined }],
    ["fee", { fee: "5" }],
    ["fee.type", { fee: { type: "tiered", amount: "1", percent: "1" } }],
    ["fee.amount", { fee: { type: "flat" } }],
    ["fee.amount", { fee: { type: "flat", amount: 5 } }],
    ["fee.percent", { fee: { type: "percent" } }],
    ["fee.percent", { fee: { type: "percent", percent: 0.55 } }],
    ["fee.percent", { fee: { type: "percent", percent: "-1" } }],
    ["fee.percent", { fee: { type: "percent", percent: "100.1" } }],
    ["fee.percent", { fee: { type: "percent", percent: ".5" } }],
    ["fee.percent", { fee: { type: "percent", percent: "0,5" } }],
    ["fee.percent", { fee: { type: "flat", amount: "1", percent: "1" } }],
    ["fee.min", { fee: { type: "flat", amount: "1", min: "2" } }],
    ["fee.amount", { fee: { type: "percent", amount: "1", percent: "1" } }],
    ["fee.max", { fee: { type: "percent", percent: "1", max: null } }],
    ["fee.max", { fee: { type: "percent", percent: "1", min: "5", max: "4" } }],
    ["fee.split", { fee: { type: "flat", amount: "0", split: [] } }],
  ];
  test.each(bands)("band %s in %o", (field, changes) => {
    const band = { ...plainTariff().bands[0], ...changes };
    expect(fieldsOf({ ...plainTariff(), bands: [band] })).toStrictEqual([`bands.0.${field}`]);
  });

  test("cents follow the currency", () => {
    const withMin = (min: string, currency: string) => ({
      ...plainTariff(),
      currency,
      bands: [{ min, max: null, fee: { type: "flat", amount: "1" } }],
    });
    expect(defineTariff(withMin("0.01", "GHS") as Tariff).bands[0]?.min).toBe("0.01");
    expect(fieldsOf(withMin("0.001", "GHS"))).toStrictEqual(["bands.0.min"]);
    expect(fieldsOf(withMin("0.01", "XAF"))).toStrictEqual(["bands.0.min"]);
  });

  test("all at once", () => {
    const wrong = {
      ...plainTariff(),
      id: "",
      payer: "x",
      bands: [{ min: 1, max: "x", fee: {} }],
      extra: true,
    };
    expect(fieldsOf(wrong)).toStrictEqual(
      expect.arrayContaining(["id", "payer", "bands.0.min", "bands.0.max", "bands.0.fee.type", "extra"]),
    );
  });

  test.each([undefined, null, 5, "tariff", []])("%o is no tariff", (value) => {
    expect(fieldsOf(value).length).toBeGreaterThan(0);
  });
});

describe("a contradiction", () => {
  const flat = (min: string, max: string | null, amount = "1") => ({
    min,
    max,
    fee: { type: "flat", amount },
  });
  const cents = { currency: "KES" };
  const whole = { currency: "KES", amountStep: "1" };
  const rows: [why: string, field: string, changes: object][] = [
    ["a gap between bands", "bands.1.min", { bands: [flat("1", "100"), flat("102", null)] }],
    ["an overlap of bands", "bands.1.min", { bands: [flat("1", "100"), flat("100", null)] }],
    ["a band after the last", "bands.1.min", { bands: [flat("1", null), flat("101", null)] }],
    [
      "whole bands in a currency with cents",
      "bands.1.min",
      { ...cents, bands: [flat("1", "100"), flat("101", null)] },
    ],
    ["a band upside down", "bands.0.max", { bands: [flat("100", "99")] }],
    ["a bound between two steps", "bands.0", { ...whole, bands: [flat("1", "100.50")] }],
    ["a start between two steps", "bands.0", { ...whole, bands: [flat("0.50", null)] }],
    [
      "a price between two increments",
      "bands.0.fee",
      { currency: "KES", rounding: { increment: "1", mode: "half_up" }, bands: [flat("1", null, "2.50")] },
    ],
    ["an end before the start", "effectiveTo", { effectiveTo: "2025-12-31" }],
    [
      "a tax that ends before it starts",
      "tax.1.effectiveTo",
      { tax: [tax, { ...tax, effectiveTo: "2025-12-31" }] },
    ],
  ];
  test.each(rows)("%s", (_, field, changes) => {
    expect(fieldsOf({ ...plainTariff(), ...changes })).toStrictEqual([field]);
  });

  test("all at once", () => {
    const bands = [flat("1", "100"), flat("102", "101"), flat("200", null)];
    expect(fieldsOf({ ...plainTariff(), effectiveTo: "2025-01-01", bands })).toStrictEqual([
      "effectiveTo",
      "bands.1.min",
      "bands.1.max",
      "bands.2.min",
    ]);
  });
});

describe("a split tariff", () => {
  const customer = { party: "customer", amount: "16" };
  const merchant = { party: "merchant", amount: "9" };
  const split = (fee: object, changes: object = {}) => ({
    ...plainTariff(),
    payer: "split",
    bands: [{ min: "1", max: null, fee }],
    ...changes,
  });
  const fee = { type: "flat", amount: "25", split: [customer, merchant] };

  test("lists both shares of a flat fee", () => {
    expect(defineTariff(split(fee) as unknown as Tariff).payer).toBe("split");
  });

  const rows: [why: string, field: string, tariff: object][] = [
    ["no shares", "bands.0.fee.split", split({ type: "flat", amount: "25" })],
    ["one share", "bands.0.fee.split.1", split({ ...fee, split: [customer] })],
    ["a third share", "bands.0.fee.split.2", split({ ...fee, split: [customer, merchant, merchant] })],
    [
      "a party twice",
      "bands.0.fee.split.1.party",
      split({ ...fee, split: [customer, { ...customer, amount: "9" }] }),
    ],
    ["too little", "bands.0.fee.split", split({ ...fee, amount: "26" })],
    ["too much", "bands.0.fee.split", split({ ...fee, amount: "24" })],
    ["a tax on top that nobody bears", "tax.0.included", split(fee, { tax: [tax] })],
  ];
  test.each(rows)("%s", (_, field, tariff) => {
    expect(fieldsOf(tariff)).toStrictEqual([field]);
  });

  test("a percentage is not split", () => {
    expect(fieldsOf(split({ type: "percent", percent: "1" }))).toContain("bands.0.fee.type");
  });
});
