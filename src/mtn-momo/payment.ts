/**
 * A transaction of MTN, in our words.
 */
import { defined } from "../core/defined.js";
import type { Money } from "../core/money.js";
import type {
  FailedPayment,
  FailureReason,
  PendingPayment,
  PendingRef,
  SucceededPayment,
  UnknownPayment,
} from "../core/provider.js";
import { attempt, wireMoney } from "../core/wire.js";
import { toFailureReason } from "./reasons.js";
import type { WireTransaction } from "./schemas.js";

interface MtnMomoFacts {
  readonly provider: "mtn_momo";
  /** What the payer was shown. */
  readonly payerMessage?: string;
  /** What the payee was shown. */
  readonly payeeNote?: string;
}

/** MTN has taken the request; its customer has not decided yet. */
export type PendingMtnMomoPayment = PendingPayment & MtnMomoFacts;
/** Money moved. */
export type SucceededMtnMomoPayment = SucceededPayment &
  MtnMomoFacts & {
    /** MTN's number of the transaction; absent in some answers about deposits. */
    readonly financialTransactionId?: string;
  };
/** No money moved. */
export type FailedMtnMomoPayment = FailedPayment & MtnMomoFacts;
/** MTN gave a status that this version does not know, or does not know the reference (yet). */
export type UnknownMtnMomoPayment = UnknownPayment & MtnMomoFacts;

/** A request to pay or a transfer, discriminated by `status`. */
export type MtnMomoPayment =
  | PendingMtnMomoPayment
  | SucceededMtnMomoPayment
  | FailedMtnMomoPayment
  | UnknownMtnMomoPayment;

/** What must be kept of a payment of MTN. */
export type MtnMomoRef = PendingRef & { readonly provider: "mtn_momo" };

/** What MTN's status means. `CREATED` is undocumented for a request to pay and was seen in the sandbox in 2026. */
export function readStatus(status: string): "pending" | "succeeded" | "failed" | "unknown" {
  switch (status) {
    case "PENDING":
    case "CREATED":
      return "pending";
    case "SUCCESSFUL":
      return "succeeded";
    case "FAILED":
      return "failed";
    default:
      return "unknown";
  }
}

/** Why it failed: our word, and MTN's own. */
export function readReason({ reasonCode, reasonMessage }: WireTransaction): {
  reason: FailureReason;
  reasonCode?: string;
  reasonMessage?: string;
} {
  return defined({ reason: toFailureReason(reasonCode), reasonCode, reasonMessage });
}

/** The amount, when both its parts can be read. */
export function readAmount({ amount, currency }: WireTransaction): Money | undefined {
  return attempt(() => wireMoney(amount, currency));
}

/** MTN's answer about a reference, in our words. */
export function toPayment(
  ref: MtnMomoRef,
  partyField: "payer" | "payee",
  wire: WireTransaction,
): MtnMomoPayment {
  const { financialTransactionId, payerMessage, payeeNote } = wire;
  const facts = defined({
    ...ref,
    amount: readAmount(wire),
    party: wire[partyField],
    merchantReference: wire.externalId,
    payerMessage,
    payeeNote,
  });
  const status = readStatus(wire.status);
  switch (status) {
    case "pending":
      return { ...facts, status };
    case "succeeded":
      return {
        ...facts,
        status,
        ...defined({ transactionId: financialTransactionId, financialTransactionId }),
      };
    case "failed":
      return { ...facts, status, ...readReason(wire) };
    case "unknown": {
      const detail = "MTN gave an unknown status.";
      return { ...facts, status, detail, providerStatus: wire.status };
    }
  }
}

/** A reference that MTN does not know: refused, not arrived, or not visible yet. */
export function unknownToMtn(known: MtnMomoRef): UnknownMtnMomoPayment {
  return { ...known, status: "unknown", detail: "MTN does not know the reference, or not yet." };
}
