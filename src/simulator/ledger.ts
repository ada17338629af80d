/**
 * The true record of money that moved, whatever was or was not answered.
 */
import type { Money } from "../core/money.js";
import type { ProviderName } from "../core/provider.js";
import { fromUnits, toUnits } from "./decimal.js";

/** One movement of money. */
export interface Execution {
  readonly provider: ProviderName;
  /** The operation that caused it, such as `"collection.request_to_pay"` or `"stk.push"`. */
  readonly operation: string;
  /** MTN's X-Reference-Id, M-Pesa's CheckoutRequestID. */
  readonly reference: string;
  /** MTN's externalId, M-Pesa's AccountReference. */
  readonly merchantReference: string;
  /** The customer who paid, in a collection. */
  readonly payer?: string;
  /** The customer who was paid, in a payout. */
  readonly payee?: string;
  readonly amount: Money;
  /** When, as an ISO instant. */
  readonly at: string;
  /** MTN's financialTransactionId, M-Pesa's receipt number. */
  readonly transactionId: string;
}

/** What really happened, for tests to count. */
export interface Ledger {
  /** Every movement, oldest first. */
  readonly all: readonly Execution[];
  /** Movements of one payment, by the provider's reference or the merchant's own. */
  executions(reference: string): readonly Execution[];
  /** What the merchant's account with this network holds, as a decimal. */
  merchantBalance(provider: ProviderName): string;
}

/** The ledger as the networks write it. */
export class LedgerBook implements Ledger {
  readonly all: Execution[] = [];
  readonly #units: Record<ProviderName, bigint>;

  /** @param openingBalances - What the merchant's accounts hold at the start, as decimals. */
  constructor(openingBalances: Readonly<Record<ProviderName, string>>) {
    this.#units = {
      mtn_momo: toUnits(openingBalances.mtn_momo),
      mpesa: toUnits(openingBalances.mpesa),
    };
  }

  executions(reference: string): readonly Execution[] {
    return this.all.filter((entry) => entry.reference === reference || entry.merchantReference === reference);
  }

  merchantBalance(provider: ProviderName): string {
    return fromUnits(this.#units[provider]);
  }

  /** Whether the merchant's account can pay this out. */
  covers(provider: ProviderName, amount: string): boolean {
    return this.#units[provider] >= toUnits(amount);
  }

  /** Writes a movement down and moves the merchant's balance with it. */
  record(execution: Execution): void {
    this.all.push(execution);
    const units = toUnits(execution.amount.amount);
    this.#units[execution.provider] += execution.payer === undefined ? -units : units;
  }
}
