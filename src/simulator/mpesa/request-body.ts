/**
 * What Daraja lets through in the bodies of STK push and STK query.
 */

/** The organisation that calls: paybill, or store number of a till. */
export interface Organisation {
  readonly shortcode: string;
  readonly passkey: string;
  /** Its till; the sandbox's shortcode has none. */
  readonly till?: string;
}

/** A body whose values are all text, whether they came as text or as numbers. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** The fields of a JSON body. Without the right content type the gateway sees none; nothing when it is no JSON object. */
export function readFields(body: string, contentType: string | null): Fields | undefined {
  if (!/^application\/json\b/i.test(contentType ?? "")) return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        typeof field === "string" || typeof field === "number" ? String(field) : undefined,
      ]),
    );
  } catch {
    return undefined;
  }
}

/** The name of the first field of an STK push that is missing or wrong, as the error message writes it. */
export function invalidPushField(fields: Fields, organisation: Organisation): string | undefined {
  const { TransactionType: type, Amount: amount = "", PartyB: partyB = "" } = fields;
  const isBuyGoods = type === "CustomerBuyGoodsOnline";
  const hasTill = organisation.till !== undefined;
  const checks: readonly (readonly [field: string, isValid: boolean])[] = [
    ["BusinessShortCode", /^\d{5,7}$/.test(fields["BusinessShortCode"] ?? "")],
    ["Password", Boolean(fields["Password"])],
    ["Timestamp", /^20\d{12}$/.test(fields["Timestamp"] ?? "")],
    // Observed in 2026-10: the sandbox's paybill refuses the type that is for tills.
    ["TransactionType", type === "CustomerPayBillOnline" || (isBuyGoods && hasTill)],
    // Daraja docs, "M-Pesa Express", read 2025-11: whole shillings, at most 250,000.
    ["Amount", /^[1-9]\d{0,5}$/.test(amount) && Number(amount) <= 250_000],
    ["PartyA", isPhoneNumber(fields["PartyA"])],
    ["PartyB", /^\d{5,7}$/.test(partyB)],
    ["PhoneNumber", isPhoneNumber(fields["PhoneNumber"])],
    ["CallBackURL", isCallbackUrl(fields["CallBackURL"] ?? "")],
    ["AccountReference", Boolean(fields["AccountReference"])],
    // Observed in 2026-08: a missing TransactionDesc is reported under another name.
    ["Remarks", Boolean(fields["TransactionDesc"])],
  ];
  return checks.find(([, isValid]) => !isValid)?.[0];
}

/** The name of the first field of an STK query that is missing or wrong. */
export function invalidQueryField(fields: Fields): string | undefined {
  if (!/^\d{5,7}$/.test(fields["BusinessShortCode"] ?? "")) return "BusinessShortCode";
  if (!fields["Password"]) return "Password";
  if (!/^20\d{12}$/.test(fields["Timestamp"] ?? "")) return "Timestamp";
  return fields["CheckoutRequestID"] ? undefined : "CheckoutRequestID";
}

/** Whether shortcode, passkey and timestamp make up the password. */
export function isPassword(fields: Fields, { passkey }: Organisation): boolean {
  return fields["Password"] === btoa(`${fields["BusinessShortCode"]}${passkey}${fields["Timestamp"]}`);
}

/** Whether the receiver is the organisation's paybill, or its till for a payment to a till. */
export function isReceiverRight(fields: Fields, { shortcode, till }: Organisation): boolean {
  return fields["PartyB"] === (fields["TransactionType"] === "CustomerBuyGoodsOnline" ? till : shortcode);
}

function isPhoneNumber(text: string | undefined): boolean {
  return /^254[17]\d{8}$/.test(text ?? "");
}

// Words: Daraja docs, "Register URL", read 2025-11. Unlike the real gateway this one lets loopback addresses through.
function isCallbackUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || /m-?pesa|safaricom|exe|cmd|sql|query/i.test(text)) return false;
  return (
    url.protocol === "https:" ||
    (url.protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  );
}
