/**
 * Checks of plain data, without a library: this entry is held to a few kilobytes.
 */
import { type Problem, RequestInvalidError } from "../core/errors.js";
import { parseMoney, toMinorUnits } from "../core/money.js";

/** Returns everything that is wrong with the value of a field. */
export type Check = (value: unknown, field: string) => Problem[];

/** No problem when `holds`; otherwise the field is not what is `expected`. */
export function must(holds: boolean, field: string, expected: string): Problem[] {
  return holds ? [] : [{ field, message: `is not ${expected}`, remedy: `Give ${expected}.` }];
}

/** A string of this pattern. */
export function like(pattern: RegExp, expected: string): Check {
  return (value, field) => must(typeof value === "string" && pattern.test(value), field, expected);
}

/** One of these values. */
export function oneOf(...choices: unknown[]): Check {
  return (value, field) => must(choices.includes(value), field, choices.join(" or "));
}

/** A list of such rows. */
export function list(check: Check): Check {
  return (value, field) =>
    Array.isArray(value)
      ? Array.from(value, (row, index) => check(row, `${field}.${index}`)).flat()
      : must(false, field, "a list");
}

type Fields = Readonly<Record<string, Check>>;

/** An object with all of the required fields, any of the optional ones, and no others. */
export function record(required: Fields, optional: Fields = {}): Check {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  return (value, field) => {
    const given = Object(value);
    if (given !== value) return must(false, field || "input", "an object");
    return Object.keys({ ...required, ...given }).flatMap((name) => {
      const at = field ? `${field}.${name}` : name;
      if (given[name] === undefined && !(name in required)) return [];
      return checks.get(name)?.(given[name], at) ?? must(false, at, "a field that is supported");
    });
  };
}

/** Refuses a request that has problems. */
export function refuse(issues: readonly Problem[]): void {
  if (issues.length > 0) throw new RequestInvalidError(issues);
}

/** Any text but an empty one. */
export const text: Check = like(/\S/, "a text");

/** A day of the calendar. */
export const day: Check = (value, field) => {
  const date = new Date(typeof value === "string" ? value : Number.NaN);
  // A day that does not exist, such as 30 February, comes back as another one.
  const isDay = !Number.isNaN(date.valueOf()) && date.toISOString().slice(0, 10) === value;
  return must(isDay, field, 'a day such as "2026-11-25"');
};

/** A percentage, as a decimal string. */
export const percent: Check = like(/^(100|\d\d?(\.\d+)?)$/, 'a percentage from "0" to "100"');

/** A sum of money above zero. */
export const positiveMoney: Check = (value, field) => {
  try {
    return must(toMinorUnits(parseMoney(value, field)) > 0n, `${field}.amount`, "above zero");
  } catch (error) {
    if (error instanceof RequestInvalidError) return [...error.issues];
    throw error;
  }
};
