/**
 * Callbacks of M-Pesa. Safaricom signs nothing (Daraja docs, 22 pages without such a word, read 2026-11), so what comes
 * here is a claim: ask M-Pesa before anything is delivered.
 */
import { defined } from "../core/defined.js";
import { CallbackInvalidError, type CallbackInvalidReason } from "../core/errors.js";
import type { Money } from "../core/money.js";
import type { CallbackClaim, FailureReason } from "../core/provider.js";
import { attempt, wireMoney } from "../core/wire.js";
import { parseEastAfricaTime } from "./east-africa-time.js";
import { readStkResult } from "./result-codes.js";
import { readStkCallback, type WireStkCallback } from "./schemas.js";

/** What the callback of an STK push claims. */
export interface StkResultCallback extends CallbackClaim {
  readonly provider: "mpesa";
  readonly kind: "stk.result";
  /** M-Pesa's CheckoutRequestID: the `providerReference` of the pending payment. */
  readonly providerReference: string;
  readonly merchantRequestId?: string;
  /** M-Pesa's code as it came, always as text. */
  readonly resultCode: string;
  readonly resultDescription?: string;
  /** Only when the claim is `failed`. */
  readonly reason?: FailureReason;
  /** Only when the claim is `succeeded`, as are the following. */
  readonly amount?: Money<"KES">;
  /** M-Pesa's receipt number, as on the customer's message. */
  readonly transactionId?: string;
  /** When it was paid, an ISO instant. */
  readonly transactedAt?: string;
  /** The payer's number: digits, or masked with `*`. */
  readonly party?: string;
}

/** Any callback of M-Pesa that this version reads, discriminated by `kind`. */
export type MpesaCallback = StkResultCallback;

/**
 * Reads the parsed JSON body of a callback. A result code may be a number or text, the metadata an array or one object
 * whose entries come in any order and may lack a value; a code that this version does not know stays `unknown`.
 *
 * @param expected - What the route is for; another kind is refused.
 * @throws {@link CallbackInvalidError} when the body is not such a callback, or names a value twice.
 * @see Daraja docs, "M-Pesa Express", section on the callback (portal 3.0, read 2026-11).
 */
export function parseMpesaCallback(
  input: unknown,
  { expected }: { readonly expected?: MpesaCallback["kind"] | undefined } = {},
): MpesaCallback {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw invalid("not_an_object", "The body is not a JSON object.");
  }
  if (expected !== undefined && expected !== "stk.result") {
    throw invalid("not_expected", `This version does not read ${expected}.`);
  }
  const wire = attempt(() => readStkCallback(input));
  if (wire === undefined) throw invalid("not_recognised", "The body is not the result of an STK push.");

  const { checkoutRequestId, merchantRequestId, resultCode, resultDescription, items } = wire;
  const { status: claimedStatus, ...failure } = readStkResult(resultCode);
  return defined({
    provider: "mpesa" as const,
    kind: "stk.result" as const,
    claimedStatus,
    providerReference: checkoutRequestId,
    merchantRequestId,
    resultCode,
    resultDescription,
    ...failure,
    ...(claimedStatus === "succeeded" && readMetadata(items)),
  });
}

function readMetadata(items: WireStkCallback["items"]) {
  const amount = valueNamed(items, "Amount");
  return {
    amount: amount === undefined ? undefined : readAmount(amount),
    transactionId: valueNamed(items, "MpesaReceiptNumber"),
    transactedAt: parseEastAfricaTime(valueNamed(items, "TransactionDate") ?? ""),
    party: valueNamed(items, "PhoneNumber"),
  };
}

/** The value of an entry, by its name and never by its place. Two different values for one name are no value. */
function valueNamed(items: WireStkCallback["items"], wanted: string): string | undefined {
  const values = new Set(
    items.filter(([name, value]) => name === wanted && value !== undefined).map(([, value]) => value),
  );
  if (values.size > 1)
    throw invalid("field_invalid", `The body names ${wanted} twice, with different values.`);
  return [...values][0];
}

function readAmount(text: string): Money<"KES"> {
  const amount = attempt(() => wireMoney(text, "KES"));
  if (amount) return amount as Money<"KES">;
  throw invalid("field_invalid", "The body's amount is not an amount of shillings.");
}

function invalid(reason: CallbackInvalidReason, message: string): CallbackInvalidError {
  const remedy =
    "Answer the sender as usual and ask M-Pesa for the payment's state; look at who called if it goes on.";
  return new CallbackInvalidError({ provider: "mpesa", reason, message, remedy });
}
