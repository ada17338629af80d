/**
 * Money: an exact decimal string with its currency. Nothing here touches a floating-point number.
 */
import { type Currency, currencies, decimalsOf, isCurrency } from "./currencies.js";
import { refuse } from "./errors.js";

/**
 * An amount with its currency, as plain JSON: `{ amount: "1500", currency: "KES" }`.
 *
 * Any literal of this shape is a Money, so every function that takes one checks it. What this library returns is
 * canonical: no zeros in front or at the end of the fraction, no exponent, no `"-0"`.
 */
export type Money<C extends Currency = Currency> = Readonly<{ amount: string; currency: C }>;

/**
 * Makes a Money.
 *
 * @param amount - A decimal string such as `"12.50"`, or a whole number. A number with a fraction is refused, because
 *   it is not exact.
 * @param currency - ISO 4217 code.
 * @throws {@link RequestInvalidError} at `amount`, when it is not plain, has more than 18 digits before the point, or
 *   more decimals than the currency; at `currency`, when it is not known.
 */
export function money<C extends Currency>(amount: string | number, currency: C): Money<C> {
  requireCurrency(currency, "currency");
  return canonical(amount, currency, "amount");
}

/** Kenyan shillings: `kes(1_500)` or `kes("1500.50")`. */
export function kes(amount: string | number): Money<"KES"> {
  return money(amount, "KES");
}

/** Ugandan shillings: `ugx(15_000)`. */
export function ugx(amount: string | number): Money<"UGX"> {
  return money(amount, "UGX");
}

/**
 * Checks that a value is a Money, with nothing beside `amount` and `currency`, and returns it in canonical form.
 *
 * @param field - Where the value stands in the request.
 * @throws {@link RequestInvalidError} at `field` when the shape is wrong, else at `field.amount` or `field.currency`.
 */
export function parseMoney(input: unknown, field = "amount"): Money {
  if (!hasMoneyShape(input)) {
    refuse(
      field,
      "must be an object with an amount and a currency, and nothing else",
      'Pass { amount: "1500", currency: "KES" }, or money("1500", "KES").',
    );
  }
  const { amount, currency } = input;
  requireCurrency(currency, `${field}.currency`);
  if (typeof amount !== "string") {
    refuse(`${field}.amount`, "must be a string", 'Pass a decimal string, such as "1500".');
  }
  return canonical(amount, currency, `${field}.amount`);
}

/**
 * Reads an amount as a person types it: blanks around it, thousands in groups of three by comma, space or apostrophe
 * (`"15,000"`, `"1 500 000"`, `"1,500.50"`).
 *
 * What could mean two things is refused, never guessed: `"1.500"`, `"1,50"`, `"1.500,00"`, `"12,34,567"`, and a zero in
 * front, which is more likely a phone number in the wrong box.
 *
 * @throws {@link RequestInvalidError} at `field`, or at `currency` when that is not known.
 */
export function parseTypedAmount<C extends Currency>(
  typed: string | number,
  currency: C,
  field = "amount",
): Money<C> {
  requireCurrency(currency, "currency");
  if (typeof typed !== "string") return canonical(typed, currency, field);
  const text = typed.trim();
  if (!typedAmount.test(text)) {
    refuse(
      field,
      "cannot be read as one certain amount",
      'Write digits, with commas between thousands and a point before cents, such as "1,500" or "1,500.50".',
    );
  }
  return canonical(text.replace(/[^\d.-]/g, ""), currency, field);
}

// The first separator must stay the same throughout. A third decimal is refused, because it would make the point look
// like a separator of thousands; no currency of the table has more than two.
const typedAmount = /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}([, \u00a0\u202f'\u2019])\d{3}(?:\1\d{3})*)(?:\.\d{1,2})?$/;

/**
 * Writes an amount for people, the same in every locale: `"UGX 15,000"`, `"KES 1,500.50"`, `"KES -3.50"`.
 *
 * Decimals appear only when there is a fraction, and then as many as the currency has. What follows the currency can
 * be read back by `parseTypedAmount`.
 */
export function formatMoney(value: Money): string {
  const { amount, currency } = parseMoney(value, "value");
  const [whole = "", fraction] = amount.split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  const cents = fraction === undefined ? "" : `.${fraction.padEnd(decimalsOf(currency), "0")}`;
  return `${currency} ${grouped}${cents}`;
}

/** The sum of two amounts of one currency. */
export function addMoney<C extends Currency>(a: Money<C>, b: Money<NoInfer<C>>): Money<C> {
  const [left, right] = inOneCurrency(a, b);
  return fromMinorUnits(left + right, a.currency);
}

/** The first amount less the second, both of one currency. May be negative. */
export function subtractMoney<C extends Currency>(a: Money<C>, b: Money<NoInfer<C>>): Money<C> {
  const [left, right] = inOneCurrency(a, b);
  return fromMinorUnits(left - right, a.currency);
}

/** Compares two amounts of one currency: -1 when the first is smaller, 1 when it is greater, 0 when they are equal. */
export function compareMoney<C extends Currency>(a: Money<C>, b: Money<NoInfer<C>>): -1 | 0 | 1 {
  const [left, right] = inOneCurrency(a, b);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The amount in the currency's smallest unit: cents for KES, shillings for UGX. */
export function toMinorUnits(value: Money): bigint {
  const { amount, currency } = parseMoney(value, "value");
  const [whole = "", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(decimalsOf(currency), "0"));
}

/** The Money that is this many of the currency's smallest unit. */
export function fromMinorUnits<C extends Currency>(units: bigint, currency: C): Money<C> {
  requireCurrency(currency, "currency");
  const decimals = decimalsOf(currency);
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const fraction = decimals === 0 ? "" : `.${digits.slice(point)}`;
  return money(`${units < 0n ? "-" : ""}${digits.slice(0, point)}${fraction}`, currency);
}

function inOneCurrency(a: Money, b: Money): [bigint, bigint] {
  const left = parseMoney(a, "a");
  const right = parseMoney(b, "b");
  if (left.currency !== right.currency) {
    refuse(
      "b.currency",
      `is ${right.currency}, but the other amount is in ${left.currency}`,
      "Bring both into one currency first.",
    );
  }
  return [toMinorUnits(left), toMinorUnits(right)];
}

function canonical<C extends Currency>(amount: string | number, currency: C, field: string): Money<C> {
  if (typeof amount === "number" && !Number.isSafeInteger(amount)) {
    refuse(field, "is a number that is not exact", 'Pass a decimal string, such as "12.50".');
  }
  const text = typeof amount === "string" || typeof amount === "number" ? String(amount) : "";
  const [, sign = "", whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  if (whole === undefined) {
    refuse(field, "is not a plain decimal number", 'Pass digits, such as "12.50".');
  }
  if (whole.length > 18) {
    refuse(field, "has more than 18 digits before the point", "Check the amount.");
  }
  const decimals = decimalsOf(currency);
  const cents = fraction.replace(/0+$/, "");
  if (cents.length > decimals) {
    refuse(
      field,
      `has more decimals than ${currency}, which has ${decimals === 0 ? "none" : decimals}`,
      "Round it first, as your books ask for.",
    );
  }
  const digits = whole.replace(/^0+(?=\d)/, "") + (cents === "" ? "" : `.${cents}`);
  return { amount: digits === "0" ? digits : sign + digits, currency };
}

function hasMoneyShape(value: unknown): value is { amount: unknown; currency: unknown } {
  return (
    typeof value === "object" && value !== null && Object.keys(value).sort().join() === "amount,currency"
  );
}

function requireCurrency(value: unknown, field: string): asserts value is Currency {
  if (isCurrency(value)) return;
  refuse(field, "is not a known currency", `Use one of ${Object.keys(currencies).join(", ")}.`);
}
