import { ConfigurationError } from "mobile-money";
import { expect } from "vitest";

/** Expects that a client can't be made, for these settings and no other, each with a remedy. */
export function expectRefusedOptions(make: () => unknown, fields: readonly string[]): ConfigurationError {
  let error: unknown;
  try {
    make();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigurationError);
  const refused = error as ConfigurationError;
  expect(refused).toMatchObject({ code: "config_invalid", isRetryable: false });
  expect(refused.problems.map(({ field }) => field)).toEqual(fields);
  for (const { field, message, remedy } of refused.problems) {
    expect(message).toMatch(/\w/);
    expect(remedy).toMatch(/\w/);
    expect(refused.message).toContain(`${field}: ${message}`);
    expect(refused.remedy).toContain(remedy);
  }
  return refused;
}
