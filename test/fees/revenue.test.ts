import { type QuoteRevenueRequest, quoteFee, quoteRevenue } from "mobile-money/fees";
import { describe, expect, test } from "vitest";
import { RequestInvalidError } from "../../src/core/errors.js";
import { kes, money, ugx } from "../../src/core/money.js";
import * as tariffs from "./tariffs.js";

const on = "2026-11-23";

function paybill(variant: "shared" | "business_pays" | "customer_pays", amount: number) {
  const market = [tariffs.paybillShared, tariffs.paybillBusiness, tariffs.paybillCustomer];
  return quoteFee({ market, product: "collection.paybill", variant, amount: kes(amount), on });
}

test("2 % of UGX 10,000 is 200; a provider fee of 1 % leaves 100", () => {
  expect(quoteRevenue({ amount: ugx(10_000), providerFee: { percent: "1" } })).toStrictEqual({
    platformFee: ugx(200),
    providerFee: ugx(100),
    netRevenue: ugx(100),
  });
});

test("the platform's own percentage", () => {
  const request = { amount: kes("99.99"), platformFee: { percent: "1.5" }, providerFee: { percent: "0.55" } };
  // 1.49985 and 0.549945
  expect(quoteRevenue(request)).toStrictEqual({
    platformFee: kes("1.5"),
    providerFee: kes("0.55"),
    netRevenue: kes("0.95"),
  });
});

describe("from a fee quote", () => {
  const revenueOf = (providerFee: ReturnType<typeof paybill>) =>
    quoteRevenue({ amount: providerFee.amount, providerFee });

  test("a small payment costs more than it brings in, and the loss is told", () => {
    expect(revenueOf(paybill("business_pays", 150))).toStrictEqual({
      platformFee: kes(3),
      providerFee: kes(5),
      netRevenue: kes(-2),
    });
  });

  test.each([
    [250, "0"],
    [5000, "66"],
  ])("KES %i leaves %s", (amount, net) => {
    expect(revenueOf(paybill("business_pays", amount)).netRevenue).toStrictEqual(kes(net));
  });

  test("what the customer pays does not reduce it", () => {
    expect(revenueOf(paybill("customer_pays", 1000))).toStrictEqual({
      platformFee: kes(20),
      providerFee: kes(0),
      netRevenue: kes(20),
    });
  });

  test("of a shared fee only the merchant's share does", () => {
    expect(revenueOf(paybill("shared", 3000))).toStrictEqual({
      platformFee: kes(60),
      providerFee: kes(9),
      netRevenue: kes(51),
    });
  });

  test("a tax on top of the fee does, where the merchant pays it", () => {
    const vat = {
      name: "VAT",
      basis: "fee",
      percent: "15",
      included: false,
      effectiveFrom: "2026-01-01",
      effectiveTo: null,
    } as const;
    const market = tariffs.tariff({ tax: [vat] });
    const providerFee = quoteFee({ market, product: "collection", amount: ugx(10_000), on });
    expect(quoteRevenue({ amount: ugx(10_000), providerFee })).toStrictEqual({
      platformFee: ugx(200),
      providerFee: ugx(115),
      netRevenue: ugx(85),
    });
  });

  test("a quote that went through JSON, and an amount in another form", () => {
    const providerFee = JSON.parse(JSON.stringify(paybill("business_pays", 150)));
    expect(
      quoteRevenue({ amount: { amount: "150.00", currency: "KES" }, providerFee }).netRevenue,
    ).toStrictEqual(kes(-2));
  });
});

describe("a wrong request", () => {
  const quote = paybill("business_pays", 150);
  const right = { amount: kes(150), providerFee: { percent: "1" } };
  const rows: [field: string, changes: object][] = [
    ["amount", { amount: 150 }],
    ["amount.amount", { amount: kes(0) }],
    ["amount.amount", { amount: { amount: "-5", currency: "KES" } }],
    ["providerFee", { providerFee: undefined }],
    ["providerFee", { providerFee: "1" }],
    ["providerFee.percent", { providerFee: {} }],
    ["providerFee.percent", { providerFee: { percent: 1 } }],
    ["providerFee.percent", { providerFee: { percent: "1%" } }],
    ["platformFee.percent", { platformFee: { percent: "-2" } }],
    ["platformFee.percent", { platformFee: { percent: "200" } }],
    ["platformFees", { platformFees: { percent: "1" } }],
    ["providerFee.amount", { amount: kes(151), providerFee: quote }],
    ["providerFee.amount", { amount: money(150, "USD"), providerFee: quote }],
    ["providerFee.amount", { providerFee: { ...quote, payeeNet: ugx(145) } }],
    ["providerFee.amount", { providerFee: { ...quote, amount: money(150, "USD") } }],
    ["providerFee.payeeNet", { providerFee: { ...quote, payeeNet: 145 } }],
  ];
  test.each(rows)("%s in %o", (field, changes) => {
    const request = { ...right, ...changes } as QuoteRevenueRequest;
    try {
      quoteRevenue(request);
    } catch (error) {
      expect(error).toBeInstanceOf(RequestInvalidError);
      expect((error as RequestInvalidError).issues.map((issue) => issue.field)).toStrictEqual([field]);
      return;
    }
    throw new Error("nothing was thrown");
  });
});
