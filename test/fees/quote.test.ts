import { type FeeQuote, type QuoteFeeRequest, quoteFee, type Tariff } from "mobile-money/fees";
import { describe, expect, test } from "vitest";
import { RequestInvalidError } from "../../src/core/errors.js";
import { kes, money, ugx } from "../../src/core/money.js";
import * as tariffs from "./tariffs.js";

const on = "2026-11-23";

function quote(market: Tariff, amount: string, day = on): FeeQuote {
  return quoteFee({ market, product: market.product, amount: money(amount, market.currency), on: day });
}

function issuesOf(call: () => unknown) {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(RequestInvalidError);
    return (error as RequestInvalidError).issues;
  }
  throw new Error("nothing was thrown");
}

test("a quote is plain data that explains itself", () => {
  const quoted = quoteFee({
    market: tariffs.paybillShared,
    product: "collection.paybill",
    variant: "shared",
    amount: kes("3000.00"),
    on,
  });
  expect(quoted).toStrictEqual({
    amount: kes(3000),
    fee: kes(25),
    taxes: [{ name: "Excise duty", amount: kes("3.26"), included: true }],
    payerTotal: kes(3016),
    payeeNet: kes(2991),
    shares: { customer: kes(16), merchant: kes(9) },
    tariffId: "mpesa-ke.paybill.shared",
    band: {
      min: "2501",
      max: "3500",
      fee: {
        type: "flat",
        amount: "25",
        split: [
          { party: "customer", amount: "16" },
          { party: "merchant", amount: "9" },
        ],
      },
    },
    confidence: "corroborated",
  });
  expect(JSON.parse(JSON.stringify(quoted))).toStrictEqual(quoted);
});

describe("published prices", () => {
  type Row = [tariff: Tariff, amount: string, fee: string, payerTotal: string, payeeNet: string];
  const rows: Row[] = [
    [tariffs.mpesaP2p, "1000", "13", "1013", "1000"],
    [tariffs.mpesaP2p, "1001", "23", "1024", "1001"],
    [tariffs.mpesaP2p, "100", "0", "100", "100"],
    [tariffs.mpesaP2p, "101", "7", "108", "101"],
    [tariffs.mpesaAgent, "20000", "185", "20185", "20000"],
    [tariffs.mpesaAtm, "2500", "35", "2535", "2500"],
    [tariffs.mpesaAtm, "2501", "69", "2570", "2501"],
    [tariffs.paybillShared, "3000", "25", "3016", "2991"],
    [tariffs.paybillShared, "45000", "103", "45023", "44920"],
    [tariffs.buyGoods2026, "30000", "165", "30000", "29835"],
    [tariffs.buyGoods2026, "36363", "200", "36363", "36163"],
    [tariffs.buyGoods2026, "36362", "199.99", "36362", "36162.01"],
    [tariffs.buyGoods2026, "100000", "200", "100000", "99800"],
    [tariffs.buyGoods2026, "450", "0", "450", "450"],
    [tariffs.b2c, "4000", "9", "4000", "3991"],
    [tariffs.b2cWithdrawalPaid, "4000", "78", "4000", "3922"],
    [tariffs.ugandaAggregator, "250000", "3100", "250000", "246900"],
    [tariffs.ghanaP2p, "150", "1.13", "151.13", "150"],
    [tariffs.ghanaP2p, "2000", "7.5", "2007.5", "2000"],
    [tariffs.rwandaMoMoPay, "25000", "125", "25000", "24875"],
    [tariffs.rwandaMoMoPay, "4000", "0", "4000", "4000"],
    [tariffs.rwandaMoMoPay, "4001", "20", "4001", "3981"],
    [tariffs.zambiaP2p, "1000.00", "2", "1002", "1000"],
    [tariffs.zambiaP2p, "1000.01", "3.8", "1003.81", "1000.01"],
    [tariffs.congoAtm, "200000", "7000", "207000", "200000"],
    [tariffs.congoAtm, "225000", "7250", "232250", "225000"],
    // A price that falls as the amount grows is kept as published.
    [tariffs.cameroonApp, "4999", "75", "5074", "4999"],
    [tariffs.cameroonApp, "5000", "50", "5050", "5000"],
  ];
  test.each(rows)("%o, %s: fee %s", (market, amount, fee, payerTotal, payeeNet) => {
    expect(quote(market, amount)).toMatchObject({
      amount: money(amount, market.currency),
      fee: { amount: fee, currency: market.currency },
      payerTotal: { amount: payerTotal, currency: market.currency },
      payeeNet: { amount: payeeNet, currency: market.currency },
      tariffId: market.id,
    });
  });

  test("a tax inside the fee is the fee less its rounded net", () => {
    // 185 x 100 / 115 = 160.8696
    expect(quote(tariffs.mpesaAgent, "20000").taxes).toStrictEqual([
      { name: "Excise duty", amount: kes("24.13"), included: true },
    ]);
    expect(quote(tariffs.mpesaP2p, "100").taxes).toStrictEqual([
      { name: "Excise duty", amount: kes(0), included: true },
    ]);
  });

  test.each([
    ["100000", "1925", "500", "102425"],
    ["2500", "330", "13", "2843"],
    ["500", "330", "3", "833"],
  ])("a levy on the amount is added for the payer: UGX %s", (amount, fee, levy, payerTotal) => {
    expect(quote(tariffs.ugandaAgent, amount)).toMatchObject({
      fee: ugx(fee),
      taxes: [{ name: "Levy on withdrawals", amount: ugx(levy), included: false }],
      payerTotal: ugx(payerTotal),
      payeeNet: ugx(amount),
      shares: { customer: ugx(fee), merchant: ugx(0) },
    });
  });

  test.each([
    ["100000", "1500", "200", "101504"],
    ["2000", "50", "4", "2054"],
    ["300000", "4000", "600", "304004"],
    ["40000", "600", "80", "40604"],
  ])("one tax inside and a sum per transaction on top: XAF %s", (amount, fee, inside, payerTotal) => {
    expect(quote(tariffs.cameroonUssd, amount)).toMatchObject({
      fee: money(fee, "XAF"),
      taxes: [
        { amount: money(inside, "XAF"), included: true },
        { amount: money(4, "XAF"), included: false },
      ],
      payerTotal: money(payerTotal, "XAF"),
      payeeNet: money(amount, "XAF"),
    });
  });

  test("a band that is known less well says so", () => {
    expect(quote(tariffs.ghanaP2p, "50").confidence).toBe("estimate");
    expect(quote(tariffs.ghanaP2p, "50.01").confidence).toBe("corroborated");
  });
});

describe("rules", () => {
  const priced = (changes: Partial<Tariff>, amount: string) => quote(tariffs.tariff(changes), amount);

  test("a tax inside the fee is never more than the fee", () => {
    const tax = { effectiveFrom: "2026-01-01", effectiveTo: null, included: true } as const;
    const quoted = priced(
      {
        bands: [{ min: "1", max: null, fee: { type: "flat", amount: "10" } }],
        tax: [
          { ...tax, name: "on the amount", basis: "amount", percent: "2" },
          { ...tax, name: "per transaction", basis: "transaction", amount: "11" },
          { ...tax, name: "small", basis: "transaction", amount: "3" },
        ],
      },
      "1000",
    );
    expect(quoted.taxes.map(({ amount }) => amount)).toStrictEqual([ugx(10), ugx(10), ugx(3)]);
    expect(quoted).toMatchObject({ payerTotal: ugx(1000), payeeNet: ugx(990) });
  });

  test("a tax on top of the fee goes to whoever bears the fee", () => {
    const tax = [
      {
        name: "VAT",
        basis: "fee",
        percent: "15",
        included: false,
        effectiveFrom: "2026-01-01",
        effectiveTo: null,
      },
    ] as const;
    expect(priced({ tax }, "1000")).toMatchObject({
      fee: ugx(10),
      taxes: [{ amount: ugx(2) }],
      payerTotal: ugx(1000),
      payeeNet: ugx(988),
      shares: { customer: ugx(0), merchant: ugx(10) },
    });
    expect(priced({ tax, payer: "customer" }, "1000")).toMatchObject({
      payerTotal: ugx(1012),
      payeeNet: ugx(1000),
      shares: { customer: ugx(10), merchant: ugx(0) },
    });
  });

  test("a fee above the amount leaves the merchant a negative net", () => {
    const bands = [{ min: "1", max: null, fee: { type: "flat", amount: "600" } }] as const;
    expect(priced({ bands }, "500").payeeNet).toStrictEqual(ugx(-100));
  });

  test("the floor comes before the cap, and rounding last, once, half up", () => {
    const fee = (rule: Tariff["bands"][number]["fee"], amount: string, increment = "1") =>
      priced(
        { bands: [{ min: "1", max: null, fee: rule }], rounding: { increment, mode: "half_up" } },
        amount,
      ).fee.amount;
    expect(fee({ type: "percent", percent: "1", min: "5", max: "20" }, "499")).toBe("5");
    expect(fee({ type: "percent", percent: "1", min: "5", max: "20" }, "549")).toBe("5");
    expect(fee({ type: "percent", percent: "1", min: "5", max: "20" }, "550")).toBe("6");
    expect(fee({ type: "percent", percent: "1", min: "5", max: "20" }, "2001")).toBe("20");
    expect(fee({ type: "percent", percent: "1" }, "1249", "5")).toBe("10");
    expect(fee({ type: "percent", percent: "1" }, "1250", "5")).toBe("15");
    expect(fee({ type: "percent", percent: "0.5" }, "99")).toBe("0");
    expect(fee({ type: "percent", percent: "0.5" }, "100")).toBe("1");
    // Binary floating point makes 1.005 x 100 a little less than 100.5.
    expect(fee({ type: "percent", percent: "1.005" }, "10000")).toBe("101");
  });

  test.each([
    ["123456789012345678", "1234567890123457", "122222221122222221"],
    ["999999999999999999", "10000000000000000", "989999999999999999"],
  ])("18 digits are exact: UGX %s", (amount, fee, payeeNet) => {
    expect(priced({}, amount)).toMatchObject({ fee: ugx(fee), payeeNet: ugx(payeeNet) });
  });

  test("a total that is no longer a Money is an error, not a wrong sum", () => {
    expect(() => priced({ payer: "customer" }, "999999999999999999")).toThrow(RequestInvalidError);
  });
});

describe("amounts that no band prices", () => {
  test.each([
    ["150", "is not KES 200 or more"],
    ["199", "is not KES 200 or more"],
    ["35001", "is not KES 35000 or less"],
    ["1000.50", "is not a multiple of KES 1"],
  ])("KES %s %s", (amount, message) => {
    expect(issuesOf(() => quote(tariffs.mpesaAtm, amount))).toStrictEqual([
      { field: "amount", message, remedy: expect.stringContaining("KES") },
    ]);
  });

  test("the bounds themselves are inside", () => {
    expect(quote(tariffs.mpesaAtm, "200").fee).toStrictEqual(kes(35));
    expect(quote(tariffs.mpesaAtm, "35000").fee).toStrictEqual(kes(203));
  });
});

describe("a wrong request", () => {
  const right: QuoteFeeRequest = { market: tariffs.mpesaP2p, product: "p2p.onnet", amount: kes(100), on };
  const rows: [field: string, changes: object][] = [
    ["amount", { amount: undefined }],
    ["amount", { amount: 100 }],
    ["amount", { amount: "100" }],
    ["amount.amount", { amount: { amount: 100, currency: "KES" } }],
    ["amount.amount", { amount: { amount: "0", currency: "KES" } }],
    ["amount.amount", { amount: { amount: "-1", currency: "KES" } }],
    ["amount.amount", { amount: { amount: "NaN", currency: "KES" } }],
    ["amount.amount", { amount: { amount: "1e21", currency: "KES" } }],
    ["amount.amount", { amount: { amount: "1.001", currency: "KES" } }],
    ["amount.currency", { amount: { amount: "1", currency: "XXX" } }],
    ["product", { product: undefined }],
    ["product", { product: " " }],
    ["variant", { variant: "" }],
    ["channel", { channel: 5 }],
    ["on", { on: "2026-02-30" }],
    ["on", { on: "23/11/2026" }],
    ["on", { on: "2026-11-23T00:00:00Z" }],
    ["on", { on: new Date(0) }],
    ["clock", { clock: 5 }],
    ["market", { market: undefined }],
    ["market", { market: null }],
    ["market", { market: "mpesa-ke" }],
    ["market", { market: { ...tariffs.mpesaP2p } }],
    ["market.tariffs", { market: { id: "x", timeZone: "UTC", tariffs: undefined } }],
    ["market.tariffs.0", { market: { id: "x", timeZone: "UTC", tariffs: [tariffs.plainTariff()] } }],
    ["market.timeZone", { market: { id: "x", tariffs: [] } }],
    ["market.timezone", { market: { id: "x", timeZone: "UTC", timezone: "UTC", tariffs: [] } }],
    ["varient", { varient: "shared" }],
  ];
  test.each(rows)("%s in %o", (field, changes) => {
    const request = { ...right, ...changes } as QuoteFeeRequest;
    expect(issuesOf(() => quoteFee(request)).map((issue) => issue.field)).toStrictEqual([field]);
  });

  test("every wrong field is told at once", () => {
    const request = { amount: kes(0), on: "soon", market: tariffs.mpesaP2p } as unknown as QuoteFeeRequest;
    const fields = issuesOf(() => quoteFee(request)).map((issue) => issue.field);
    expect(fields).toHaveLength(3);
    expect(fields).toEqual(expect.arrayContaining(["amount.amount", "on", "product"]));
  });

  test("no request at all", () => {
    expect(() => quoteFee(undefined as unknown as QuoteFeeRequest)).toThrow(RequestInvalidError);
  });

  test("a time zone that does not exist", () => {
    const market = { id: "x", timeZone: "Africa/Nowhere", tariffs: [tariffs.mpesaP2p] };
    expect(issuesOf(() => quoteFee({ market, product: "p2p.onnet", amount: kes(100) }))[0]?.field).toBe(
      "market.timeZone",
    );
  });
});
