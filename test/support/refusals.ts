import type { AnyMobileMoneyError } from "mobile-money";
import { expect, test } from "vitest";
import type { Answer } from "./answers.js";
import type { Host } from "./host.js";

/** One documented way in which a provider refuses, and what the caller must be told. */
export interface Refusal {
  readonly title: string;
  readonly answer: Answer;
  readonly type: abstract new (...args: never[]) => AnyMobileMoneyError;
  readonly code: AnyMobileMoneyError["code"];
  readonly isRetryable: boolean;
  readonly remedy: RegExp;
  readonly status?: number;
  readonly providerCode?: string;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  /** How often the request is made before the caller is told. */
  readonly sends: number;
}

/** A row of a table of refusals; what is usual is left out. */
export type RefusalRow = Omit<Refusal, "isRetryable" | "sends"> &
  Partial<Pick<Refusal, "isRetryable" | "sends">>;

/** Fills in what is usual: no use in sending again, and so sent once. */
export function refusals(rows: readonly RefusalRow[]): Refusal[] {
  return rows.map((row) => ({ isRetryable: false, sends: 1, ...row }));
}

/** An operation that is about to fail: who will see its requests, and what it fails with. */
export type Failing = (route: string, answer: Answer) => { host: Host; error: Promise<AnyMobileMoneyError> };

/** Defines a test for each refusal of the requests to a route. */
export function testRefusals(route: string, rows: readonly Refusal[], failing: Failing): void {
  test.each(rows)("$title → $code", async ({ title: _, answer, type, remedy, sends, ...facts }) => {
    const { host, error: ended } = failing(route, answer);
    const error = await ended;
    expect(error).toBeInstanceOf(type);
    expect(factsOf(error)).toStrictEqual(facts);
    expect(error.remedy).toMatch(remedy);
    expect(host.to(route)).toHaveLength(sends);
  });
}

function factsOf(error: AnyMobileMoneyError): object {
  const names = ["code", "isRetryable", "status", "providerCode", "requestId", "retryAfterMs"] as const;
  const fields = error as Partial<Record<(typeof names)[number], unknown>>;
  return Object.fromEntries(
    names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]),
  );
}
