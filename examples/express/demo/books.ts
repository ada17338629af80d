/**
 * Whether the demo ended as it should: what the shop believes against what the networks' own books say.
 */
import { addMoney, type Currency, formatMoney, type Money, money, type ProviderName } from "mobile-money";
import type { Simulator } from "mobile-money/simulator";
import { isSameMoney } from "../shop/is-same-money.js";
import type { PaymentView } from "../shop/payment-view.js";
import type { DemoPayment } from "./five-payments.js";
import { isAsking, networkNames } from "./words.js";

/** A payment and how it ended, as its customer sees it. */
export interface Ending {
  readonly payment: DemoPayment;
  readonly view: PaymentView;
}

/** One payment in the books. */
export interface Entry extends Ending {
  /** How often the shop asked the network for it. */
  readonly asked: number;
  /** How often the phone rang for it. */
  readonly rang: number;
  /** How often money moved for it. */
  readonly moved: number;
  /** What is not as it should be. */
  readonly differences: readonly string[];
}

/** Looks a payment up in the simulator's record of what really happened. */
export function checkEnding({ payment, view }: Ending, simulator: Simulator): Entry {
  const { reference, amount, status, reason } = view;
  const executions = simulator.ledger.executions(reference);
  const asked = simulator.requests.filter(
    ({ operation, body }) => isAsking(operation) && body.includes(`"${reference}"`),
  ).length;
  const rang = simulator.phones.get(payment.msisdn).prompts.length;
  const moved = executions.length;

  const ended = status === "failed" ? reason : status;
  const shouldMove = payment.shouldEnd === "succeeded" ? 1 : 0;
  const isRightSum = executions.every((execution) => isSameMoney(execution.amount, amount));
  const differences = [
    ...(ended === payment.shouldEnd ? [] : [`ended as ${ended}, not as ${payment.shouldEnd}`]),
    ...(asked === 1 ? [] : [`was asked for ${times(asked)}, not once`]),
    ...(rang === 1 ? [] : [`made the phone ring ${times(rang)}, not once`]),
    ...(moved === shouldMove ? [] : [`moved money ${times(moved)}, not ${times(shouldMove)}`]),
    ...(isRightSum ? [] : [`moved another sum than ${formatMoney(amount)}`]),
  ].map((difference) => `${view.order_id} ${difference}.`);
  return { payment, view, asked, rang, moved, differences };
}

/** What a network holds for the shop, which must be what the shop's paid orders come to. */
export function checkTotal(
  provider: ProviderName,
  currency: Currency,
  entries: readonly Entry[],
  simulator: Simulator,
): { provider: ProviderName; held: Money; differences: readonly string[] } {
  const paid = entries
    .filter(({ payment, view }) => payment.provider === provider && view.status === "succeeded")
    .reduce((sum, { view }) => addMoney(sum, view.amount), money(0, currency));
  const held = money(simulator.ledger.merchantBalance(provider), currency);
  const difference = `${networkNames[provider]} holds ${formatMoney(held)}, but orders of ${formatMoney(paid)} count as paid.`;
  return { provider, held, differences: isSameMoney(held, paid) ? [] : [difference] };
}

/** A count in words. */
export function times(count: number): string {
  return ["never", "once", "twice"][count] ?? `${count} times`;
}
