/**
 * The wire: MTN's field names and the rules of its fields. Only this file knows them.
 */
import type { CallbackUrl } from "../core/callback-url.js";
import { amount, anything, msisdn, optional, readFields, reference, text } from "../core/fields.js";
import type { Money } from "../core/money.js";
import type { Msisdn } from "../core/msisdn.js";
import { optionalText, textOrNothing, wireMoney, wireObject, wireText } from "../core/wire.js";
import type { ProductContext } from "./context.js";

/**
 * A note shown to payer or payee: at most 160 characters. MTN answers an empty 400 to an apostrophe (MTN portal, "Common
 * Error Codes", captured 2026-09-03), to `&` and to `#` (observed). Letters, digits and spaces are known
 * to pass; the separators are taken because nothing known refuses them.
 */
const note = text(160, /^[\p{L}\p{M}\p{N} .,:;/_()+-]*$/u, "letters, digits, spaces and . , : ; / _ ( ) + -");

/** The application's own reference: MTN says it need not be unique; one source says that spaces are refused. The length is our own limit. */
const externalId = text(64, /^[A-Za-z0-9._:/-]*$/, "letters, digits and . _ : / -");

/** A request that asks for or sends money, checked. */
export interface MoneyRequest {
  /** The payer or the payee. */
  readonly party: Msisdn;
  readonly amount: Money;
  readonly externalId?: string | undefined;
  readonly payerMessage?: string | undefined;
  readonly payeeNote?: string | undefined;
  readonly reference?: string | undefined;
  readonly callbackUrl?: CallbackUrl | undefined;
}

/** Reads such a request; `partyField` is the name by which our callers give the other side. */
export function readMoneyRequest(
  input: unknown,
  partyField: "payer" | "payee",
  { market, settings }: ProductContext,
): MoneyRequest {
  const currencies = [market.currency, ...(market.otherCurrencies ?? [])];
  const fields = readFields<Omit<MoneyRequest, "party"> & { [party: string]: unknown }>(
    input,
    {
      [partyField]: msisdn(market.country, settings.allowUnusualMsisdn),
      amount: amount({ currencies }),
      externalId: optional(externalId),
      payerMessage: optional(note),
      payeeNote: optional(note),
      reference: optional(reference),
      callbackUrl: anything,
    },
    "mtn_momo",
  );
  return { ...fields, party: fields[partyField] as Msisdn };
}

/** A request to pay or a transfer as MTN tells it, in answers and in callbacks: every field but the status may be missing. */
export interface WireTransaction {
  readonly status: string;
  readonly amount: string | undefined;
  readonly currency: string | undefined;
  readonly financialTransactionId: string | undefined;
  readonly externalId: string | undefined;
  readonly payer: string | undefined;
  readonly payee: string | undefined;
  readonly payerMessage: string | undefined;
  readonly payeeNote: string | undefined;
  readonly reasonCode: string | undefined;
  readonly reasonMessage: string | undefined;
}

/** Reads a transaction. `reason` is text on the wire and an object in MTN's document. */
export function readTransaction(json: unknown): WireTransaction {
  const wire = wireObject(json);
  const { reason } = wire;
  const { code, message } =
    typeof reason === "object" && reason !== null ? wireObject(reason) : { code: reason };
  return {
    status: wireText(wire["status"]),
    amount: optionalText(wire["amount"]),
    currency: optionalText(wire["currency"]),
    financialTransactionId: optionalText(wire["financialTransactionId"]),
    externalId: optionalText(wire["externalId"]),
    payer: partyOf(wire["payer"]),
    payee: partyOf(wire["payee"]),
    payerMessage: textOrNothing(wire["payerMessage"]),
    payeeNote: textOrNothing(wire["payeeNote"]),
    reasonCode: optionalText(code),
    reasonMessage: optionalText(message),
  };
}

function partyOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : wireText(wireObject(value)["partyId"]);
}

/** Reads the answer of `account/balance`. */
export function readBalance(json: unknown): Money {
  const { availableBalance, currency } = wireObject(json);
  return wireMoney(availableBalance, currency);
}

/** Reads the answer of `accountholder/…/active`. */
export function readActive(json: unknown): boolean {
  const { result } = wireObject(json);
  if (typeof result !== "boolean") throw new TypeError("no result");
  return result;
}

/** Reads the answer of `apiuser/{id}/apikey`. */
export function readApiKey(json: unknown): string {
  return wireText(wireObject(json)["apiKey"]);
}
