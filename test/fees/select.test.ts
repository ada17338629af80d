import { type Market, type QuoteFeeRequest, quoteFee } from "mobile-money/fees";
import { describe, expect, test } from "vitest";
import { NoTariffError } from "../../src/core/errors.js";
import { kes, money, ugx } from "../../src/core/money.js";
import * as tariffs from "./tariffs.js";

const on = "2026-11-23";

function idOf(request: QuoteFeeRequest): string {
  return quoteFee(request).tariffId;
}

function refusalOf(request: QuoteFeeRequest): NoTariffError {
  try {
    quoteFee(request);
  } catch (error) {
    expect(error).toBeInstanceOf(NoTariffError);
    return error as NoTariffError;
  }
  throw new Error("nothing was thrown");
}

const paybill = [tariffs.paybillShared, tariffs.paybillBusiness, tariffs.paybillCustomer];
const kenya: Market = {
  id: "mpesa-ke",
  timeZone: "Africa/Nairobi",
  tariffs: [...paybill, tariffs.buyGoods2023, tariffs.buyGoods2026, ...tariffs.pochi],
};

describe("the version of the day", () => {
  test.each([
    ["2026-08-06", "2.48", "mpesa-ke.buygoods.2023"],
    ["2026-08-07", "0", "mpesa-ke.buygoods.2026"],
  ])("Buy Goods on %s", (day, fee, tariffId) => {
    const quoted = quoteFee({ market: kenya, product: "collection.buygoods", amount: kes(450), on: day });
    expect(quoted).toMatchObject({ fee: kes(fee), tariffId });
  });

  test.each([
    ["2026-07-31", "57", "corroborated"],
    ["2026-08-15", "50", "corroborated"],
    ["2026-10-31", "50", "corroborated"],
    ["2026-11-23", "57", "estimate"],
  ])("Pochi on %s", (day, fee, confidence) => {
    const quoted = quoteFee({ market: kenya, product: "collection.pochi", amount: kes(5000), on: day });
    expect(quoted).toMatchObject({ fee: kes(fee), confidence });
  });

  test("of two that overlap, the newer", () => {
    const market = [
      tariffs.tariff({ id: "old" }),
      tariffs.tariff({ id: "new", effectiveFrom: "2026-06-01" }),
      tariffs.tariff({ id: "future", effectiveFrom: "2027-01-01" }),
    ];
    expect(idOf({ market, product: "collection", amount: ugx(1), on: "2026-05-31" })).toBe("old");
    expect(idOf({ market, product: "collection", amount: ugx(1), on: "2026-06-01" })).toBe("new");
    expect(idOf({ market, product: "collection", amount: ugx(1), on: "2027-01-01" })).toBe("future");
  });

  test("a tax applies within its own days", () => {
    const levyOn = (day: string) =>
      quoteFee({
        market: tariffs.ghanaP2p,
        product: "p2p.onnet",
        amount: money(1000, "GHS"),
        on: day,
      }).taxes.map(({ amount }) => amount.amount);
    expect(levyOn("2023-01-10")).toStrictEqual([]);
    expect(levyOn("2023-01-11")).toStrictEqual(["10"]);
    expect(levyOn("2025-04-01")).toStrictEqual(["10"]);
    expect(levyOn("2025-04-02")).toStrictEqual([]);
  });
});

describe("today, when no day is asked", () => {
  const at = (instant: string) => ({ now: () => Date.parse(instant) });

  test.each([
    ["2026-08-06T20:59:59.999Z", "mpesa-ke.buygoods.2023"],
    ["2026-08-06T21:00:00.000Z", "mpesa-ke.buygoods.2026"],
  ])("prices change at the market's own midnight: %s", (instant, tariffId) => {
    const request = { product: "collection.buygoods", amount: kes(450), clock: at(instant) };
    expect(idOf({ ...request, market: kenya })).toBe(tariffId);
  });

  test.each([
    ["2026-08-06T23:59:59.999Z", "mpesa-ke.buygoods.2023"],
    ["2026-08-07T00:00:00.000Z", "mpesa-ke.buygoods.2026"],
  ])("tariffs without a market go by UTC: %s", (instant, tariffId) => {
    const market = [tariffs.buyGoods2023, tariffs.buyGoods2026];
    const request = { market, product: "collection.buygoods", amount: kes(450), clock: at(instant) };
    expect(idOf(request)).toBe(tariffId);
  });

  test("own tariffs beside a market go by the market's time zone", () => {
    const own = tariffs.tariff({
      id: "own",
      currency: "KES",
      product: "collection.buygoods",
      effectiveFrom: "2026-12-01",
    });
    const request = { market: [own, kenya], product: "collection.buygoods", amount: kes(450) };
    expect(idOf({ ...request, clock: at("2026-11-30T20:59:59Z") })).toBe("mpesa-ke.buygoods.2026");
    expect(idOf({ ...request, clock: at("2026-11-30T21:00:00Z") })).toBe("own");
  });

  test("the machine's clock is the default", () => {
    const market = tariffs.tariff({ effectiveFrom: "2000-01-01" });
    expect(idOf({ market, product: "collection", amount: ugx(100) })).toBe("test.1");
  });
});

describe("whose tariff", () => {
  const own = tariffs.tariff({ id: "own", currency: "KES", product: "collection.buygoods" });
  const request = { product: "collection.buygoods", amount: kes(450), on };

  test("the caller's own wins, wherever it stands", () => {
    expect(idOf({ ...request, market: [own, kenya] })).toBe("own");
    expect(idOf({ ...request, market: [kenya, own] })).toBe("own");
  });

  test("a market serves what the caller's own do not price", () => {
    expect(idOf({ market: [own, kenya], product: "collection.pochi", amount: kes(450), on })).toBe(
      "mpesa-ke.pochi.2026-11",
    );
  });

  test("the first of two markets wins", () => {
    const other: Market = { id: "other", timeZone: "UTC", tariffs: [own] };
    expect(idOf({ ...request, market: [other, kenya] })).toBe("own");
    expect(idOf({ ...request, market: [kenya, other] })).toBe("mpesa-ke.buygoods.2026");
  });
});

describe("no single tariff", () => {
  test("several variants and none named", () => {
    const request = { market: kenya, product: "collection.paybill", amount: kes(3000), on };
    const error = refusalOf(request);
    expect(error.code).toBe("no_tariff");
    expect(error.choices).toStrictEqual(paybill.map(({ id }) => id));
    expect(error.asked).toStrictEqual({ product: "collection.paybill", currency: "KES", on });
    expect(error.message).toContain("More than one tariff");
    expect(error.remedy).toContain("mpesa-ke.paybill.shared");
    expect(idOf({ ...request, variant: "shared" })).toBe("mpesa-ke.paybill.shared");
  });

  test("several channels and none named", () => {
    const market = [tariffs.cameroonUssd, tariffs.cameroonApp];
    const request = { market, product: "withdrawal.agent", amount: money(5000, "XAF"), on };
    expect(refusalOf(request).choices).toStrictEqual(["mtn-cm.agent.ussd", "mtn-cm.agent.app"]);
    expect(idOf({ ...request, channel: "app" })).toBe("mtn-cm.agent.app");
  });

  test("the newest of several variants is not taken for the one meant", () => {
    const market = [
      tariffs.tariff({ id: "a", variant: "a" }),
      tariffs.tariff({ id: "b", variant: "b", effectiveFrom: "2026-06-01" }),
    ];
    expect(refusalOf({ market, product: "collection", amount: ugx(1), on }).choices).toStrictEqual([
      "a",
      "b",
    ]);
  });

  test("nor is the newest of several channels", () => {
    const market = [
      tariffs.tariff({ id: "ussd", channel: "ussd" }),
      tariffs.tariff({ id: "app", channel: "app", effectiveFrom: "2026-06-01" }),
    ];
    expect(refusalOf({ market, product: "collection", amount: ugx(1), on }).choices).toStrictEqual([
      "ussd",
      "app",
    ]);
  });

  test("the same price twice", () => {
    const market = [tariffs.tariff({ id: "a" }), tariffs.tariff({ id: "b" })];
    expect(refusalOf({ market, product: "collection", amount: ugx(1), on }).choices).toStrictEqual([
      "a",
      "b",
    ]);
  });

  const ofBuyGoods = ["mpesa-ke.buygoods.2023", "mpesa-ke.buygoods.2026"];
  const rows: [why: string, changes: Partial<QuoteFeeRequest>, choices: string[]][] = [
    ["before the first version", { on: "2023-07-28" }, ofBuyGoods],
    ["another currency", { amount: ugx(450) }, ofBuyGoods],
    ["a variant that there is not", { variant: "shared" }, ofBuyGoods],
    ["a channel that there is not", { channel: "app" }, ofBuyGoods],
    ["a product that there is not", { product: "remittance" }, kenya.tariffs.map(({ id }) => id)],
    ["a name of every object", { product: "constructor" }, kenya.tariffs.map(({ id }) => id)],
    ["no tariffs", { market: [] }, []],
  ];
  test.each(rows)("%s", (_, changes, choices) => {
    const error = refusalOf({
      market: kenya,
      product: "collection.buygoods",
      amount: kes(450),
      on,
      ...changes,
    });
    expect(error.message).toContain("No tariff");
    expect(error.choices).toStrictEqual(choices);
    expect(error.asked["on"]).toBe(changes.on ?? on);
  });
});
