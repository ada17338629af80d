import { RequestInvalidError } from "mobile-money";
import { expect } from "vitest";
import { failure } from "./failure.js";
import type { Host } from "./host.js";

/** One wrong value of one field, and where the error must say that it is. */
export type WrongField = readonly [title: string, changes: Readonly<Record<string, unknown>>, field: string];

/** Expects that a request is refused for these fields and no other, each with a remedy, and that nobody saw it. */
export async function expectRefusedInput(
  call: Promise<unknown>,
  host: Host,
  fields: readonly string[],
): Promise<RequestInvalidError> {
  const error = (await failure(call)) as RequestInvalidError;
  expect(error).toBeInstanceOf(RequestInvalidError);
  expect(error).toMatchObject({ code: "request_invalid", isRetryable: false });
  expect(error.issues.map(({ field }) => field)).toEqual(fields);
  for (const { field, message, remedy } of error.issues) {
    expect(message).toMatch(/\w/);
    expect(remedy).toMatch(/\w/);
    expect(error.message).toContain(`${field}: ${message}`);
    expect(error.remedy).toContain(remedy);
  }
  expect(host.requests).toEqual([]);
  return error;
}
