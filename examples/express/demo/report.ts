/**
 * The end of the demo: what the networks' own books say, and the verdict.
 */
import { formatMoney } from "mobile-money";
import type { Simulator } from "mobile-money/simulator";
import { checkEnding, checkTotal, type Ending, type Entry, times } from "./books.js";
import type { Page } from "./page.js";
import { alignColumns } from "./table.js";
import { networkNames } from "./words.js";

/** Prints the books and the verdict. Returns whether everything is as it should be. */
export function report(endings: readonly Ending[], simulator: Simulator, page: Page): boolean {
  const entries = endings.map((ending) => checkEnding(ending, simulator));
  const totals = [
    checkTotal("mtn_momo", "UGX", entries, simulator),
    checkTotal("mpesa", "KES", entries, simulator),
  ];
  const differences = [...entries, ...totals].flatMap((entry) => entry.differences);

  page.add("");
  page.add(page.paint("heading", "What really happened, by the networks' own books"));
  page.add("");
  for (const line of alignColumns([titles, ...entries.map(rowOf)])) page.add(`  ${line}`);
  page.add("");
  for (const { provider, held } of totals) {
    page.add(`  ${networkNames[provider]} holds ${formatMoney(held)} for the shop.`);
  }
  page.add("");
  if (differences.length === 0) {
    const verdict = `All ${entries.length} payments ended as they should, and the books agree with the shop.`;
    page.add(page.paint("good", verdict));
    page.add("The shop's code is in examples/express/shop. To play with it, see examples/express/README.md.");
    return true;
  }
  page.add(page.paint("bad", "Not everything is as it should be:"));
  for (const difference of differences) page.add(`  ${difference}`);
  return false;
}

const titles = [
  "order",
  "customer",
  "network",
  "price",
  "asked for",
  "phone rang",
  "money moved",
  "ended as",
];

function rowOf({ payment, view, asked, rang, moved }: Entry): string[] {
  const { order_id, amount, status, reason } = view;
  const counts = [asked, rang, moved].map(times);
  return [
    order_id,
    payment.customer,
    networkNames[payment.provider],
    formatMoney(amount),
    ...counts,
    reason ?? status,
  ];
}
