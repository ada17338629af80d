/**
 * The two routes of M-Pesa's C2B, for customers who pay at the paybill without being asked: they type the shop's number
 * and, as account, the number of their order.
 *
 * The library does not read C2B yet, so these routes do what can be done honestly without it. Validation tells M-Pesa
 * whether the account is an order that waits for this very amount. Confirmation is acknowledged and written down, and
 * marks nothing as paid: M-Pesa signs it as little as any other callback, and this version cannot ask about it.
 * Somebody compares what was written down with the M-Pesa statement.
 *
 * Both addresses are registered once for a paybill, so one secret serves all payments.
 */
import { Router } from "express";
import { kes, type Money } from "mobile-money";
import { isOpen } from "./attempt.js";
import { callbackDoor, readJson } from "./callback-door.js";
import type { Listener } from "./events.js";
import { isSameMoney } from "./is-same-money.js";
import type { Orders } from "./orders.js";
import type { Payments } from "./payments.js";
import { digestOf, isSecret } from "./secret.js";

/** What a confirmation claims. */
export interface C2bClaim {
  /** M-Pesa's receipt number. */
  readonly transactionId: string;
  /** What the customer typed as account. */
  readonly account: string;
  readonly amount: Money;
}

/** What the C2B routes need. */
export interface C2bOptions {
  /** The last part of both addresses. */
  readonly secret: string;
  readonly orders: Orders;
  readonly payments: Payments;
  readonly tell: Listener;
}

// Daraja docs, "Customer To Business", read 2026-11. The code chooses the message that the customer gets.
const accepted = { ResultCode: "0", ResultDesc: "Accepted" };
const unknownAccount = { ResultCode: "C2B00012", ResultDesc: "Rejected" };
const wrongAmount = { ResultCode: "C2B00013", ResultDesc: "Rejected" };
const otherError = { ResultCode: "C2B00016", ResultDesc: "Rejected" };

/** `POST` and `PUT /validate/:secret` and `/confirm/:secret`. */
export function c2bRoutes({ secret, orders, payments, tell }: C2bOptions): Router {
  const router = Router();
  const digest = digestOf(secret);
  const door = callbackDoor((given) => isSecret(given, digest));
  const confirmed = new Set<string>();

  router.all("/validate/:secret", ...door, (request, response) => {
    const claim = readClaim(readJson(request.body));
    response.json(claim ? judge(claim, orders, payments) : otherError);
  });

  router.all("/confirm/:secret", ...door, (request, response) => {
    const claim = readClaim(readJson(request.body));
    response.json({ ResultCode: 0, ResultDesc: "Success" });
    if (claim === undefined || confirmed.has(claim.transactionId)) return;
    confirmed.add(claim.transactionId);
    tell({ kind: "c2b.claimed", claim });
  });

  return router;
}

function judge({ account, amount }: C2bClaim, orders: Orders, payments: Payments) {
  // The payments that the shop asks for pass here too, with the attempt's reference as account.
  const attempt = payments.find(account);
  const order = attempt?.order ?? orders.find(account);
  if (order === undefined) return unknownAccount;
  if (!isSameMoney(amount, order.total)) return wrongAmount;
  const isWanted = attempt ? isOpen(attempt) : payments.current(order) === undefined;
  return isWanted ? accepted : otherError;
}

function readClaim(json: unknown): C2bClaim | undefined {
  const { TransID, BillRefNumber, TransAmount } = Object(json) as Record<string, unknown>;
  if (typeof TransID !== "string" || typeof BillRefNumber !== "string") return undefined;
  try {
    const account = BillRefNumber.trim().toUpperCase();
    return { transactionId: TransID, account, amount: kes(TransAmount as string) };
  } catch {
    return undefined;
  }
}
