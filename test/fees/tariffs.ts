/**
 * Published prices to test with, cut down to the bands that the tests touch. Kenya: tables of 29 July 2023 and of
 * August 2026; the other countries: tables in force in November 2026.
 */
import { defineTariff, type Tariff, type TariffBand, type TariffTax } from "mobile-money/fees";

/** A valid tariff, plain and unchecked, with what the test changes. */
export function plainTariff(changes: Partial<Tariff> = {}): Tariff {
  return {
    id: "test.1",
    currency: "UGX",
    product: "collection",
    payer: "merchant",
    effectiveFrom: "2026-01-01",
    effectiveTo: null,
    confidence: "official",
    bands: [{ min: "1", max: null, fee: { type: "percent", percent: "1" } }],
    ...changes,
  };
}

const kenya = {
  currency: "KES",
  amountStep: "1",
  effectiveFrom: "2023-07-29",
  confidence: "corroborated",
} satisfies Partial<Tariff>;

const excise: TariffTax = {
  name: "Excise duty",
  basis: "fee",
  percent: "15",
  included: true,
  effectiveFrom: "2023-07-29",
  effectiveTo: null,
};

function flat(...rows: [min: string, max: string | null, amount: string][]): TariffBand[] {
  return rows.map(([min, max, amount]) => ({ min, max, fee: { type: "flat", amount } }));
}

function shared(...rows: [min: string, max: string, fee: string, customer: string, merchant: string][]) {
  return rows.map(
    ([min, max, amount, customer, merchant]): TariffBand => ({
      min,
      max,
      fee: {
        type: "flat",
        amount,
        split: [
          { party: "customer", amount: customer },
          { party: "merchant", amount: merchant },
        ],
      },
    }),
  );
}

/** The same, checked. */
export function tariff(changes: Partial<Tariff> = {}): Tariff {
  return defineTariff(plainTariff(changes));
}

export const mpesaP2p: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.p2p",
  product: "p2p.onnet",
  payer: "customer",
  tax: [excise],
  bands: flat(
    ["1", "49", "0"],
    ["50", "100", "0"],
    ["101", "500", "7"],
    ["501", "1000", "13"],
    ["1001", "1500", "23"],
  ),
});

export const mpesaAgent: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.agent",
  product: "withdrawal.agent",
  payer: "customer",
  tax: [excise],
  bands: flat(["50", "100", "11"], ["101", "15000", "167"], ["15001", "20000", "185"]),
});

export const mpesaAtm: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.atm",
  product: "withdrawal.atm",
  payer: "customer",
  bands: flat(
    ["200", "2500", "35"],
    ["2501", "5000", "69"],
    ["5001", "10000", "115"],
    ["10001", "35000", "203"],
  ),
});

export const paybillShared: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.paybill.shared",
  product: "collection.paybill",
  variant: "shared",
  payer: "split",
  tax: [excise],
  bands: shared(
    ["1", "100", "0", "0", "0"],
    ["101", "2500", "20", "13", "7"],
    ["2501", "3500", "25", "16", "9"],
    ["3501", "40000", "99", "23", "76"],
    ["40001", "45000", "103", "23", "80"],
  ),
});

export const paybillBusiness: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.paybill.business_pays",
  product: "collection.paybill",
  variant: "business_pays",
  tax: [excise],
  bands: flat(
    ["1", "100", "0"],
    ["101", "500", "5"],
    ["501", "1000", "10"],
    ["1001", "3500", "25"],
    ["3501", "5000", "34"],
  ),
});

export const paybillCustomer: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.paybill.customer_pays",
  product: "collection.paybill",
  variant: "customer_pays",
  payer: "customer",
  bands: flat(["1", "100", "0"], ["101", "500", "5"], ["501", "1000", "10"]),
});

export const buyGoods2023: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.buygoods.2023",
  product: "collection.buygoods",
  effectiveTo: "2026-08-06",
  rounding: { increment: "0.01", mode: "half_up" },
  bands: [
    ...flat(["1", "200", "0"]),
    { min: "201", max: "250000", fee: { type: "percent", percent: "0.55", max: "200" } },
  ],
});

export const buyGoods2026: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.buygoods.2026",
  product: "collection.buygoods",
  effectiveFrom: "2026-08-07",
  rounding: { increment: "0.01", mode: "half_up" },
  tax: [excise],
  bands: [
    ...flat(["1", "500", "0"]),
    { min: "501", max: "250000", fee: { type: "percent", percent: "0.55", max: "200" } },
  ],
});

export const b2c: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.b2c",
  product: "disbursement.b2c",
  variant: "registered",
  bands: flat(["1", "100", "0"], ["101", "1500", "5"], ["1501", "5000", "9"]),
});

export const b2cWithdrawalPaid: Tariff = tariff({
  ...kenya,
  id: "mpesa-ke.b2c-withdrawal-paid",
  product: "disbursement.b2c",
  variant: "registered_withdrawal_paid",
  bands: flat(["1", "49", "0"], ["50", "3500", "61"], ["3501", "5000", "78"]),
});

/** A price, a cheaper one for three months, and the first again, less certain. */
export const pochi: Tariff[] = [
  tariff({
    ...kenya,
    id: "mpesa-ke.pochi.2023",
    product: "collection.pochi",
    payer: "customer",
    effectiveTo: "2026-07-31",
    bands: flat(["1", "3500", "53"], ["3501", "5000", "57"]),
  }),
  tariff({
    ...kenya,
    id: "mpesa-ke.pochi.2026-08",
    product: "collection.pochi",
    payer: "customer",
    effectiveFrom: "2026-08-01",
    effectiveTo: "2026-10-31",
    bands: flat(["1", "2500", "33"], ["2501", "250000", "50"]),
  }),
  tariff({
    ...kenya,
    id: "mpesa-ke.pochi.2026-11",
    product: "collection.pochi",
    payer: "customer",
    effectiveFrom: "2026-11-01",
    confidence: "estimate",
    bands: flat(["1", "3500", "53"], ["3501", "5000", "57"]),
  }),
];

export const ugandaAgent: Tariff = tariff({
  id: "mtn-ug.agent",
  currency: "UGX",
  product: "withdrawal.agent",
  payer: "customer",
  tax: [
    {
      name: "Levy on withdrawals",
      basis: "amount",
      percent: "0.5",
      included: false,
      effectiveFrom: "2018-11-17",
      effectiveTo: null,
    },
  ],
  bands: flat(["500", "2500", "330"], ["2501", "60000", "1500"], ["60001", "125000", "1925"]),
});

export const ugandaAggregator: Tariff = tariff({
  id: "mtn-ug.aggregator",
  currency: "UGX",
  product: "disbursement.aggregator",
  bands: [
    { min: "500", max: "59999", fee: { type: "flat_plus_percent", amount: "300", percent: "1" } },
    { min: "60000", max: "499999", fee: { type: "flat_plus_percent", amount: "600", percent: "1" } },
  ],
});

export const ghanaP2p: Tariff = tariff({
  id: "mtn-gh.p2p",
  currency: "GHS",
  product: "p2p.onnet",
  payer: "customer",
  effectiveFrom: "2022-05-01",
  confidence: "corroborated",
  tax: [
    {
      name: "Electronic transfer levy",
      basis: "amount",
      percent: "1",
      included: false,
      effectiveFrom: "2023-01-11",
      effectiveTo: "2025-04-01",
    },
  ],
  bands: [
    { min: "1", max: "50", fee: { type: "flat", amount: "0.38" }, confidence: "estimate" },
    { min: "50.01", max: "1000", fee: { type: "percent", percent: "0.75" } },
    { min: "1000.01", max: "25000", fee: { type: "flat", amount: "7.50" } },
  ],
});

export const rwandaMoMoPay: Tariff = tariff({
  id: "mtn-rw.momopay",
  currency: "RWF",
  product: "collection.momopay",
  bands: [
    ...flat(["1", "4000", "0"]),
    { min: "4001", max: "10000000", fee: { type: "percent", percent: "0.5" } },
  ],
});

export const cameroonUssd: Tariff = tariff({
  id: "mtn-cm.agent.ussd",
  currency: "XAF",
  product: "withdrawal.agent",
  channel: "ussd",
  payer: "customer",
  tax: [
    {
      name: "Money-transfer tax",
      basis: "amount",
      percent: "0.2",
      included: true,
      effectiveFrom: "2022-01-01",
      effectiveTo: null,
    },
    {
      name: "Specific duty per transaction",
      basis: "transaction",
      amount: "4",
      included: false,
      effectiveFrom: "2025-01-01",
      effectiveTo: null,
    },
  ],
  bands: [{ min: "1", max: "500000", fee: { type: "percent", percent: "1.5", min: "50", max: "4000" } }],
});

export const cameroonApp: Tariff = tariff({
  id: "mtn-cm.agent.app",
  currency: "XAF",
  product: "withdrawal.agent",
  channel: "app",
  payer: "customer",
  bands: [
    { min: "1", max: "4999", fee: { type: "percent", percent: "1.5", min: "50", max: "4000" } },
    { min: "5000", max: "500000", fee: { type: "percent", percent: "1" } },
  ],
});

export const zambiaP2p: Tariff = tariff({
  id: "mtn-zm.p2p",
  currency: "ZMW",
  product: "p2p.onnet",
  payer: "customer",
  bands: flat(["0.01", "500", "1.20"], ["500.01", "1000", "2.00"], ["1000.01", "3000", "3.80"]),
});

export const congoAtm: Tariff = tariff({
  id: "mtn-cg.atm",
  currency: "XAF",
  product: "withdrawal.atm",
  payer: "customer",
  bands: [
    { min: "1", max: "200000", fee: { type: "percent", percent: "3.5" } },
    { min: "200001", max: "250000", fee: { type: "flat_plus_percent", amount: "5000", percent: "1" } },
  ],
});
