/**
 * What the shop sells, and for how much.
 */
import { addMoney, type Money, money } from "mobile-money";

/** A currency that the shop takes. EUR is here for MTN's sandbox, which takes nothing else. */
export type ShopCurrency = "UGX" | "KES" | "EUR";

/** Something to buy. */
export interface Item {
  readonly id: string;
  readonly name: string;
  /** Set by the shop, one for each currency. What a browser says about prices counts for nothing. */
  readonly prices: Readonly<Record<ShopCurrency, Money>>;
}

/** Everything on sale. */
export const catalogue: readonly Item[] = [
  item("coffee", "a bag of coffee", { UGX: 15_000, KES: 550, EUR: 4 }),
  item("honey", "a jar of honey", { UGX: 25_000, KES: 900, EUR: 6 }),
  item("basket", "a basket", { UGX: 42_000, KES: 1_500, EUR: 11 }),
  item("blanket", "a blanket", { UGX: 95_000, KES: 3_200, EUR: 24 }),
];

/** Whether the shop takes this currency. */
export function isShopCurrency(code: unknown): code is ShopCurrency {
  return code === "UGX" || code === "KES" || code === "EUR";
}

/** What these items cost together. */
export function priceOf(items: readonly Item[], currency: ShopCurrency): Money {
  return items.map(({ prices }) => prices[currency]).reduce((sum, price) => addMoney(sum, price));
}

function item(id: string, name: string, prices: Record<ShopCurrency, number>): Item {
  const { UGX, KES, EUR } = prices;
  return { id, name, prices: { UGX: money(UGX, "UGX"), KES: money(KES, "KES"), EUR: money(EUR, "EUR") } };
}
