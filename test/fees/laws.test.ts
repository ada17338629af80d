import fc from "fast-check";
import {
  defineTariff,
  type FeeQuote,
  type FeeRule,
  quoteFee,
  quoteRevenue,
  type Tariff,
  type TariffBand,
  type TariffTax,
} from "mobile-money/fees";
import { expect, test } from "vitest";
import { type Currency, decimalsOf } from "../../src/core/currencies.js";
import { fromMinorUnits, toMinorUnits } from "../../src/core/money.js";
import { plainTariff } from "./tariffs.js";

const on = "2026-06-01";

const currencies = fc.constantFrom<Currency>("UGX", "KES", "GHS", "XAF");
const sums = fc.bigInt(0n, 10_000n);
/** In thousandths of a percent. */
const rates = fc.bigInt(0n, 99_999n);

function percent(thousandths: bigint): string {
  return `${thousandths / 1000n}.${String(thousandths % 1000n).padStart(3, "0")}`;
}

const rules = (currency: Currency): fc.Arbitrary<FeeRule> => {
  const text = (units: bigint) => fromMinorUnits(units, currency).amount;
  const limits = fc.tuple(sums, sums).map(([floor, more]) => ({ min: text(floor), max: text(floor + more) }));
  const ends = fc.oneof(fc.constant({}), limits);
  return fc.oneof(
    sums.map((amount): FeeRule => ({ type: "flat", amount: text(amount) })),
    fc
      .tuple(rates, ends)
      .map(([rate, end]): FeeRule => ({ type: "percent", percent: percent(rate), ...end })),
    fc.tuple(sums, rates, ends).map(
      ([amount, rate, end]): FeeRule => ({
        type: "flat_plus_percent",
        amount: text(amount),
        percent: percent(rate),
        ...end,
      }),
    ),
  );
};

const splitRules = (currency: Currency): fc.Arbitrary<FeeRule> =>
  fc.tuple(sums, sums).map(([customer, merchant]): FeeRule => {
    const text = (units: bigint) => fromMinorUnits(units, currency).amount;
    return {
      type: "flat",
      amount: text(customer + merchant),
      split: [
        { party: "customer", amount: text(customer) },
        { party: "merchant", amount: text(merchant) },
      ],
    };
  });

const taxes = (currency: Currency, isSplit: boolean): fc.Arbitrary<TariffTax> =>
  fc
    .record({
      basis: fc.constantFrom("fee" as const, "amount" as const, "transaction" as const),
      included: isSplit ? fc.constant(true) : fc.boolean(),
      sum: sums,
      rate: rates,
    })
    .map(({ basis, included, sum, rate }): TariffTax => {
      const common = { name: basis, included, effectiveFrom: "2026-01-01", effectiveTo: null };
      return basis === "transaction"
        ? { ...common, basis, amount: fromMinorUnits(sum, currency).amount }
        : { ...common, basis, percent: percent(rate) };
    });

/** Bands of these widths, in minor units, one after another from `start`. */
function bandsOf(currency: Currency, start: bigint, widths: [bigint, FeeRule][]): TariffBand[] {
  let min = start;
  return widths.map(([width, fee]) => {
    const band = {
      min: fromMinorUnits(min, currency).amount,
      max: fromMinorUnits(min + width, currency).amount,
      fee,
    };
    min += width + 1n;
    return band;
  });
}

/** A tariff, and an amount that it prices. */
const cases: fc.Arbitrary<{ tariff: Tariff; amount: bigint }> = fc
  .tuple(currencies, fc.constantFrom<Tariff["payer"]>("customer", "merchant", "split"))
  .chain(([currency, payer]) =>
    fc
      .record({
        start: fc.bigInt(1n, 1000n),
        widths: fc.array(
          fc.tuple(fc.bigInt(0n, 10n ** 15n), payer === "split" ? splitRules(currency) : rules(currency)),
          { minLength: 1, maxLength: 5 },
        ),
        tax: fc.array(taxes(currency, payer === "split"), { maxLength: 3 }),
        place: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ start, widths, tax, place }) => {
        const bands = bandsOf(currency, start, widths);
        const tariff = defineTariff(plainTariff({ currency, payer, bands, tax }));
        const length = widths.reduce((sum, [width]) => sum + width + 1n, 0n);
        return { tariff, amount: start + (BigInt(Math.floor(place * 2 ** 30)) * (length - 1n)) / 2n ** 30n };
      }),
  );

function quote(tariff: Tariff, amount: bigint): FeeQuote {
  const { product, currency } = tariff;
  return quoteFee({ market: tariff, product, amount: fromMinorUnits(amount, currency), on });
}

function total(quoted: FeeQuote, which: (tax: FeeQuote["taxes"][number]) => boolean): bigint {
  return quoted.taxes.filter(which).reduce((sum, tax) => sum + toMinorUnits(tax.amount), 0n);
}

test("what the payer pays is what the payee keeps, the fee, and the taxes that are not inside it", () => {
  fc.assert(
    fc.property(cases, ({ tariff, amount }) => {
      const quoted = quote(tariff, amount);
      expect(toMinorUnits(quoted.payerTotal)).toBe(
        toMinorUnits(quoted.payeeNet) + toMinorUnits(quoted.fee) + total(quoted, (tax) => !tax.included),
      );
    }),
  );
});

test("the shares add up to the fee, and none is negative", () => {
  fc.assert(
    fc.property(cases, ({ tariff, amount }) => {
      const { fee, shares } = quote(tariff, amount);
      const [customer, merchant] = [toMinorUnits(shares.customer), toMinorUnits(shares.merchant)];
      expect(customer + merchant).toBe(toMinorUnits(fee));
      expect(customer >= 0n && merchant >= 0n).toBe(true);
    }),
  );
});

test("a tax inside the fee is never more than the fee", () => {
  fc.assert(
    fc.property(cases, ({ tariff, amount }) => {
      const { fee, taxes: quoted } = quote(tariff, amount);
      for (const tax of quoted)
        expect(!tax.included || toMinorUnits(tax.amount) <= toMinorUnits(fee)).toBe(true);
    }),
  );
});

test("every sum is a plain decimal with no more decimals than its currency", () => {
  fc.assert(
    fc.property(cases, ({ tariff, amount }) => {
      const { fee, taxes: quoted, payerTotal, payeeNet, shares } = quote(tariff, amount);
      const all = [
        fee,
        payerTotal,
        payeeNet,
        shares.customer,
        shares.merchant,
        ...quoted.map((tax) => tax.amount),
      ];
      const decimals = decimalsOf(tariff.currency);
      const plain = decimals === 0 ? /^-?\d+$/ : /^-?\d+(\.\d{1,2})?$/;
      for (const sum of all) {
        expect(sum.currency).toBe(tariff.currency);
        expect(sum.amount).toMatch(plain);
      }
    }),
  );
});

test("the band is the one that holds the amount", () => {
  fc.assert(
    fc.property(cases, ({ tariff, amount }) => {
      const { band } = quote(tariff, amount);
      const units = (sum: string) => toMinorUnits({ amount: sum, currency: tariff.currency });
      expect(tariff.bands).toContain(band);
      expect(units(band.min) <= amount).toBe(true);
      expect(band.max === null || amount <= units(band.max)).toBe(true);
    }),
  );
});

test("a tariff prices the same after a journey through JSON", () => {
  fc.assert(
    fc.property(cases, ({ tariff, amount }) => {
      const again = defineTariff(JSON.parse(JSON.stringify(tariff)));
      expect(quote(again, amount)).toStrictEqual(quote(tariff, amount));
    }),
  );
});

test("a percentage is rounded to the nearest increment, a half up", () => {
  const amounts = fc.bigInt(1n, 10n ** 18n - 1n);
  fc.assert(
    fc.property(amounts, rates, fc.bigInt(1n, 1000n), (amount, rate, increment) => {
      const tariff = defineTariff(
        plainTariff({
          rounding: { increment: String(increment), mode: "half_up" },
          bands: [{ min: "1", max: null, fee: { type: "percent", percent: percent(rate) } }],
        }),
      );
      const fee = toMinorUnits(quote(tariff, amount).fee);
      expect(fee % increment).toBe(0n);
      // Both sides times 100,000: the fee lies in (exact - increment / 2, exact + increment / 2].
      const [twiceFee, twiceExact] = [2n * fee * 100_000n, 2n * amount * rate];
      expect(twiceFee > twiceExact - increment * 100_000n).toBe(true);
      expect(twiceFee <= twiceExact + increment * 100_000n).toBe(true);
    }),
  );
});

test("where prices do not fall from band to band, more money never costs less", () => {
  const ascending = fc
    .array(fc.tuple(fc.bigInt(0n, 1000n), sums), { minLength: 1, maxLength: 6 })
    .map((rows) => {
      const prices = rows.map(([, price]) => price).sort((a, b) => (a < b ? -1 : 1));
      const widths = rows.map(([width], index): [bigint, FeeRule] => [
        width,
        { type: "flat", amount: String(prices[index]) },
      ]);
      return defineTariff(plainTariff({ bands: bandsOf("UGX", 1n, widths) }));
    });
  const single = rules("UGX").map((fee) =>
    defineTariff(plainTariff({ bands: [{ min: "1", max: "6000", fee }] })),
  );
  fc.assert(
    fc.property(fc.oneof(ascending, single), fc.bigInt(1n, 6000n), fc.bigInt(1n, 6000n), (tariff, a, b) => {
      const highest = BigInt(tariff.bands.at(-1)?.max ?? 1);
      const [less, more] = a < b ? [a, b] : [b, a];
      fc.pre(more <= highest);
      expect(toMinorUnits(quote(tariff, less).fee) <= toMinorUnits(quote(tariff, more).fee)).toBe(true);
    }),
  );
});

test("net revenue is the platform's fee less what the payee does not keep", () => {
  fc.assert(
    fc.property(cases, rates, ({ tariff, amount }, rate) => {
      const providerFee = quote(tariff, amount);
      const revenue = quoteRevenue({
        amount: providerFee.amount,
        platformFee: { percent: percent(rate) },
        providerFee,
      });
      expect(toMinorUnits(revenue.providerFee)).toBe(amount - toMinorUnits(providerFee.payeeNet));
      expect(toMinorUnits(revenue.netRevenue)).toBe(
        toMinorUnits(revenue.platformFee) - toMinorUnits(revenue.providerFee),
      );
    }),
  );
});
