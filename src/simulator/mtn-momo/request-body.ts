/**
 * What MTN's API lets through in the body of a creating POST.
 */
import { isPositiveDecimal, shortest } from "../decimal.js";
import { emptyAnswer, type WireAnswer } from "../wire.js";
import { badRequest } from "./answers.js";

/** The other side of a payment, as the wire writes it. */
export interface Party {
  readonly partyIdType: "MSISDN" | "EMAIL" | "PARTY_CODE";
  readonly partyId: string;
}

/** The terms of a payment, taken from the body. */
export interface Terms {
  /** Normalised: `"12.50"` is kept and echoed as `"12.5"`. */
  readonly amount: string;
  readonly currency: string;
  readonly externalId: string;
  readonly party: Party;
  readonly payerMessage?: string;
  readonly payeeNote?: string;
}

/** Whether the text is a UUID of version 4. */
export function isUuidV4(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(text);
}

/** The JSON object in the text, or nothing. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the terms of a payment whose other side is named by `partyField`; or the refusal. */
export function readTerms(body: string, partyField: "payer" | "payee"): Terms | WireAnswer {
  // An empty body and an empty party were seen to cause 500, an empty object 400 (recorded 2020; MTN's Java SDK, 2023).
  if (body === "") return emptyAnswer(500);
  const fields = parseObject(body);
  if (fields === undefined) return badRequest();
  const { amount, currency, externalId, payerMessage, payeeNote, [partyField]: party } = fields;
  if (isEmptyObject(party)) return emptyAnswer(500);
  if (
    typeof amount !== "string" ||
    !isPositiveDecimal(amount) ||
    typeof currency !== "string" ||
    typeof externalId !== "string" ||
    !isParty(party) ||
    !isNote(payerMessage) ||
    !isNote(payeeNote)
  ) {
    return badRequest();
  }
  return {
    amount: shortest(amount),
    currency,
    externalId,
    party: { partyIdType: party.partyIdType, partyId: party.partyId },
    ...(payerMessage !== undefined && { payerMessage }),
    ...(payeeNote !== undefined && { payeeNote }),
  };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function isParty(value: unknown): value is Party {
  if (typeof value !== "object" || value === null) return false;
  const { partyIdType, partyId } = value as Record<string, unknown>;
  return (
    (partyIdType === "MSISDN" || partyIdType === "EMAIL" || partyIdType === "PARTY_CODE") &&
    typeof partyId === "string" &&
    partyId !== ""
  );
}

// The apostrophe is published (MTN portal, read 2026-09); the ampersand and the hash sign are users' reports.
function isNote(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === "string" && value.length <= 160 && !/['&#]/.test(value));
}
