/**
 * The wire: Daraja's field names and the rules of its fields. Only this file knows them.
 */
import type { CallbackUrl } from "../core/callback-url.js";
import {
  amount,
  anything,
  type FieldReader,
  msisdn,
  optional,
  readFields,
  reference,
  text,
} from "../core/fields.js";
import type { Money } from "../core/money.js";
import type { Msisdn } from "../core/msisdn.js";
import { optionalText, wireObject, wireText } from "../core/wire.js";

/**
 * A text that Safaricom passes on. `@ # &` and the like are reported to make requests fail without a word (community
 * reports, 2019 to 2026), so they are refused here.
 */
function plainText(longest: number): FieldReader<string> {
  return text(longest, /^[A-Za-z0-9 ._/-]*$/, "letters without accents, digits, spaces and . _ / -");
}

/** Longest description of an STK request, in characters. */
export const longestDescription = 13;

/** An STK request, checked. */
export interface StkPushFields {
  readonly phoneNumber: Msisdn;
  readonly amount: Money<"KES">;
  readonly accountReference: string;
  readonly description: string;
  readonly reference?: string | undefined;
  readonly callbackUrl?: CallbackUrl | undefined;
}

/**
 * Reads an STK request. Amount: whole shillings, 1 to 250,000; account reference at most 12 characters, description at
 * most 13 (Daraja docs, "M-Pesa Express", read 2026-11).
 */
export function readStkPush(input: unknown, allowUnusualMsisdn: boolean): StkPushFields {
  return readFields<StkPushFields>(
    input,
    {
      phoneNumber: msisdn("KE", allowUnusualMsisdn),
      amount: amount({ currencies: ["KES"], wholeUnits: { least: 1n, most: 250_000n } }),
      accountReference: plainText(12),
      description: plainText(longestDescription),
      reference: optional(reference),
      callbackUrl: anything,
    },
    "mpesa",
  );
}

/** A CheckoutRequestID, as the caller hands it back. */
export const checkoutRequestId: FieldReader<string> = text(
  100,
  /^[\w-]*$/,
  "the providerReference of the pending payment",
);

/** Answer to an STK request. */
export interface StkAcknowledgement {
  readonly checkoutRequestId: string;
  readonly merchantRequestId: string | undefined;
}

/** Reads an acknowledgement. `ResponseCode` is `"0"` when the request was taken; one client also saw `"00000000"`. */
export function readStkAcknowledgement(json: unknown): StkAcknowledgement {
  const { CheckoutRequestID, MerchantRequestID, ResponseCode } = wireObject(json);
  if (!/^0+$/.test(wireText(ResponseCode))) throw new TypeError("not taken");
  return {
    checkoutRequestId: wireText(CheckoutRequestID),
    merchantRequestId: optionalText(MerchantRequestID),
  };
}

/** The end of an STK push, in a query's answer or a callback. */
export interface WireStkResult {
  /** An answer to a query may leave it out. */
  readonly checkoutRequestId: string | undefined;
  readonly resultCode: string;
  readonly resultDescription: string | undefined;
}

/** Reads the answer to a query, apart from the pending one that comes as HTTP 500. */
export function readStkQuery(json: unknown): WireStkResult {
  const { CheckoutRequestID, ResultCode, ResultDesc } = wireObject(json);
  return {
    checkoutRequestId: optionalText(CheckoutRequestID),
    resultCode: wireText(ResultCode),
    resultDescription: optionalText(ResultDesc),
  };
}

/** The callback of an STK push. */
export interface WireStkCallback extends WireStkResult {
  readonly checkoutRequestId: string;
  readonly merchantRequestId: string | undefined;
  /** Names and values in the order they came; an entry may have no value, as `Balance` usually has none. */
  readonly items: readonly (readonly [name: string, value: string | undefined])[];
}

/** Reads a callback. `Item` is an array, or one object; there is no metadata after a failure. */
export function readStkCallback(json: unknown): WireStkCallback {
  const callback = wireObject(wireObject(wireObject(json)["Body"])["stkCallback"]);
  const { CheckoutRequestID, MerchantRequestID, CallbackMetadata } = callback;
  const { Item = [] } = wireObject(CallbackMetadata ?? {});
  return {
    ...readStkQuery(callback),
    checkoutRequestId: wireText(CheckoutRequestID),
    merchantRequestId: optionalText(MerchantRequestID),
    items: (Array.isArray(Item) ? Item : [Item]).map((item) => {
      const { Name, Value } = wireObject(item);
      return [wireText(Name), optionalText(Value)] as const;
    }),
  };
}
