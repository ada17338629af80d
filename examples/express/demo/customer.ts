/**
 * A customer's browser: it speaks to the shop over HTTP, as any page would.
 */
import type { Money } from "mobile-money";
import { paymentsPath } from "../shop/app.js";
import type { PaymentView } from "../shop/payment-view.js";
import type { DemoPayment } from "./five-payments.js";

/** An order that was placed. */
export interface PlacedOrder {
  readonly order_id: string;
  readonly total: Money;
  /** Shows the shop whose order it is. */
  readonly token: string;
}

/** Orders what the customer wants. */
export async function placeOrder(shopUrl: string, { item, currency }: DemoPayment): Promise<PlacedOrder> {
  return call(`${shopUrl}/api/orders`, { json: { items: [item], currency } });
}

/** Clicks "pay". */
export async function clickPay(
  shopUrl: string,
  { order_id, token }: PlacedOrder,
  { phoneNumber, provider, currency }: DemoPayment,
): Promise<PaymentView> {
  const json = { order_id, phone_number: phoneNumber, provider, currency };
  return call(`${shopUrl}${paymentsPath}/initialize`, { token, json });
}

/** Looks what became of a payment. */
export async function lookAt(
  shopUrl: string,
  { token }: PlacedOrder,
  reference: string,
): Promise<PaymentView> {
  return call(`${shopUrl}${paymentsPath}/status/${reference}`, { token });
}

async function call<Answer>(
  url: string,
  { token, json }: { token?: string; json?: object },
): Promise<Answer> {
  const response = await fetch(url, {
    method: json ? "POST" : "GET",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    ...(json && { body: JSON.stringify(json) }),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`The shop answered ${response.status} to ${url}: ${body}`);
  return JSON.parse(body) as Answer;
}
