/**
 * Asking for money, sending money, and what became of it.
 */
import {
  kes,
  type MobileMoney,
  type MpesaClient,
  type MtnMomoClient,
  type PendingStkPush,
  ugx,
} from "mobile-money";
import type { Orders } from "./shop.js";

export async function payByMtnMomo(mtn: MtnMomoClient, orders: Orders, signal?: AbortSignal): Promise<void> {
  const order = "order-1042";
  // #region mtn
  const pending = await mtn.collection.requestToPay({
    payer: "+256 772 123 456",
    amount: ugx(15_000),
    externalId: order,
    payerMessage: "Order 1042",
  });
  await orders.keep(order, pending); // plain JSON

  const payment = await mtn.waitForOutcome(pending, { timeoutMs: 90_000, ...(signal && { signal }) });
  switch (payment.status) {
    case "succeeded":
      return orders.paid(order, payment.financialTransactionId);
    case "failed":
      return orders.refused(order, payment.reason); // "insufficient_funds", "declined_by_payer", …
  }
  // #endregion
}

export async function pushByMpesa(mpesa: MpesaClient): Promise<PendingStkPush> {
  // #region mpesa
  const pending = await mpesa.stk.push({
    phoneNumber: "0712 345 678",
    amount: kes(1_500), // ugx(…) here does not compile
    accountReference: "ORDER1042",
    description: "Order 1042",
  });
  // #endregion
  return pending;
}

export async function payByEither(money: MobileMoney, orders: Orders): Promise<void> {
  const order = "order-1042";
  // #region facade
  const sent = await money.collect({
    from: "+254712345678",
    amount: { amount: "1,500", currency: "KES" },
    reference: order,
  });
  await orders.keep(order, sent);
  switch (sent.status) {
    case "pending": // the network took it: sent.provider === "mpesa"
      return;
    case "rejected": // the network refused it: no prompt, no money
      return orders.refused(order, sent.errorMessage);
    case "unknown": // the answer was lost: there may be a prompt
      return orders.hold(order, sent);
  }
  // #endregion
}

export async function askLater(money: MobileMoney, orders: Orders): Promise<void> {
  const order = "order-1042";
  // #region later
  const payment = await money.lookUp(await orders.sentFor(order));
  switch (payment.status) {
    case "succeeded":
      return orders.paid(order, payment.transactionId);
    case "failed":
      return orders.refused(order, payment.reason);
    case "rejected":
      return orders.refused(order, payment.errorMessage);
    case "pending":
    case "unknown": // ask again later
      return;
  }
  // #endregion
}

export async function paySalary(money: MobileMoney, orders: Orders): Promise<void> {
  const line = "payroll-2026-11-17";
  // #region pay-out
  const sent = await money.payOut({
    to: "0772 123 456",
    amount: { amount: "350,000", currency: "UGX" },
    reference: line,
    description: "Salary November",
  });
  await orders.keep(line, sent);
  // #endregion
}
