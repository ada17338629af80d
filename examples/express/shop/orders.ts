/**
 * Orders and who may pay them.
 *
 * Kept in memory, which is enough for an example: a real shop keeps orders and attempts in its database.
 */
import type { Money } from "mobile-money";
import { type Item, priceOf, type ShopCurrency } from "./catalogue.js";
import { digestOf, isSecret, makeSecret } from "./secret.js";

/** What a customer wants to buy. */
export interface Order {
  /** Such as `"A1001"`. */
  readonly id: string;
  readonly items: readonly Item[];
  /** The price, from the shop's own catalogue. */
  readonly total: Money;
}

/** All orders. */
export class Orders {
  readonly #all = new Map<string, { readonly order: Order; readonly tokenDigest: string }>();

  /** Takes an order. Whoever gets the token owns it: nobody else can pay for the order or see what became of it. */
  place(items: readonly Item[], currency: ShopCurrency): { order: Order; token: string } {
    const order: Order = { id: `A${1001 + this.#all.size}`, items, total: priceOf(items, currency) };
    const token = makeSecret();
    this.#all.set(order.id, { order, tokenDigest: digestOf(token) });
    return { order, token };
  }

  /** The order, if there is one. */
  find(id: string): Order | undefined {
    return this.#all.get(id)?.order;
  }

  /** The order, if it belongs to whoever shows this token. */
  findOwn(id: string, token: string): Order | undefined {
    const kept = this.#all.get(id);
    return kept && isSecret(token, kept.tokenDigest) ? kept.order : undefined;
  }
}
