/**
 * Checks of what our callers ask: strict, all problems at once, before anything is sent.
 */
import type { CountryCode } from "./countries.js";
import { type Currency, decimalsOf } from "./currencies.js";
import { isMobileMoneyError, type Problem, RequestInvalidError, refuse } from "./errors.js";
import { type Money, parseMoney, toMinorUnits } from "./money.js";
import { type Msisdn, parseMsisdn } from "./msisdn.js";
import type { ProviderName } from "./provider.js";
import { isUuidV4 } from "./uuid.js";

/** Reads one field, or throws `RequestInvalidError` for it. */
export type FieldReader<Value> = (value: unknown, field: string) => Value;

/**
 * Reads a request field by field. A field without a reader is refused, so that a misspelt one is not ignored.
 *
 * @throws {@link RequestInvalidError} with every wrong field.
 */
export function readFields<Request>(
  input: unknown,
  readers: { readonly [Field in keyof Request]-?: FieldReader<Request[Field]> },
  provider?: ProviderName,
): Request {
  const fields = typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {};
  const issues: Problem[] = Object.keys(fields)
    .filter((field) => !Object.hasOwn(readers, field))
    .map((field) => ({
      field,
      message: "is not a field of this request",
      remedy: "Remove it, or check its spelling.",
    }));
  const request: Record<string, unknown> = {};
  for (const [field, read] of Object.entries<FieldReader<unknown>>(readers)) {
    try {
      const value = read(fields[field], field);
      if (value !== undefined) request[field] = value;
    } catch (error) {
      if (!isRequestInvalid(error)) throw error;
      issues.push(...error.issues);
    }
  }
  if (issues.length > 0) throw new RequestInvalidError(issues, provider);
  return request as Request;
}

/** A field that may be left out. */
export function optional<Value>(read: FieldReader<Value>): FieldReader<Value | undefined> {
  return (value, field) => (value === undefined ? undefined : read(value, field));
}

/** A field that is read later. */
export function anything<Value>(value: unknown): Value {
  return value as Value;
}

/** A text that says something. */
export const filled: FieldReader<string> = (value, field) =>
  typeof value === "string" && value.trim() !== ""
    ? value
    : refuse(field, "is missing or empty", `Give ${field} as text.`);

/** A text of 1 to `longest` characters that fits `pattern`; `allowed` says the pattern in words. */
export function text(longest: number, pattern: RegExp, allowed: string): FieldReader<string> {
  return (input, field) => {
    const value = filled(input, field);
    if (value.length > longest) refuse(field, `is longer than ${longest} characters`, "Shorten it.");
    if (!pattern.test(value))
      refuse(field, "has a character that the provider refuses", `Use ${allowed} only.`);
    return value;
  };
}

/** What an amount must be for an operation. */
export interface AmountRules<C extends Currency> {
  readonly currencies: readonly C[];
  /** In whole units of the currency: then fractions are refused too, whatever decimals the currency has. */
  readonly wholeUnits?: { readonly least: bigint; readonly most: bigint };
}

/** An amount above zero, in one of the operation's currencies. */
export function amount<C extends Currency>({
  currencies,
  wholeUnits,
}: AmountRules<C>): FieldReader<Money<C>> {
  return (value, field) => {
    const money = parseMoney(value, field);
    const { currency } = money;
    if (!currencies.includes(currency as C)) {
      refuse(field, `is in ${currency}`, `Give ${currencies.join(" or ")}.`);
    }
    const units = toMinorUnits(money);
    if (units <= 0n) refuse(field, "is not above zero", "Give an amount above zero.");
    if (wholeUnits) {
      const { least, most } = wholeUnits;
      const unit = 10n ** BigInt(decimalsOf(currency));
      const remedy = `Give whole ${currency}, ${least} to ${most}.`;
      if (units % unit !== 0n) refuse(field, "has a fraction", remedy);
      if (units < least * unit || units > most * unit)
        refuse(field, "is out of the provider's limits", remedy);
    }
    return money as Money<C>;
  };
}

/** A phone number of the operation's country; of any country when there is none. */
export function msisdn(country: CountryCode | undefined, allowUnusual: boolean): FieldReader<Msisdn> {
  return (value, field) => parseMsisdn(value as string, { country, allowUnusual, field });
}

/** A version 4 UUID, put into lower case. */
export const reference: FieldReader<string> = (value, field) => {
  if (typeof value === "string" && isUuidV4(value)) return value.toLowerCase();
  return refuse(field, "is not a version 4 UUID", "Leave it out, or use crypto.randomUUID().");
};

/** Runs a request made of another one's fields; problems are told in the caller's names. */
export async function withFieldNames<T>(
  names: Readonly<Record<string, string>>,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isRequestInvalid(error)) throw error;
    const issues = error.issues.map((issue) => ({ ...issue, field: names[issue.field] ?? issue.field }));
    throw new RequestInvalidError(issues, error.provider);
  }
}

function isRequestInvalid(error: unknown): error is RequestInvalidError {
  return isMobileMoneyError(error) && error.code === "request_invalid";
}
