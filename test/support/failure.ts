import { type AnyMobileMoneyError, isMobileMoneyError } from "mobile-money";

/** What a promise was rejected with. Fails when it was not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const unexpected = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in unexpected) return unexpected.error;
  throw new Error(`Expected a rejection, got ${JSON.stringify(unexpected.value)}.`);
}

/** The library's own error that a promise was rejected with. Anything else is thrown on. */
export async function failure(promise: Promise<unknown>): Promise<AnyMobileMoneyError> {
  const error = await rejection(promise);
  if (isMobileMoneyError(error)) return error;
  throw error;
}
