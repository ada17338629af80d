/**
 * Errors, told apart.
 */
import {
  isMobileMoneyError,
  type MpesaClient,
  type PendingRef,
  type Problem,
  type StkPush,
} from "mobile-money";

/** What an application does about trouble. */
export interface Trouble {
  show(problems: readonly Problem[]): void;
  later(afterMs: number | undefined): void;
  hold(pending: PendingRef): void;
}

export async function push(mpesa: MpesaClient, request: StkPush, { show, later, hold }: Trouble) {
  // #region trouble
  try {
    await mpesa.stk.push(request);
  } catch (error) {
    if (!isMobileMoneyError(error)) throw error;
    switch (error.code) {
      case "request_invalid": // nothing was sent: each issue names a field and its remedy
        return show(error.issues);
      case "rate_limited": // nothing was executed
        return later(error.retryAfterMs);
      case "outcome_unknown": // may have moved money: ask or wait, never repeat
        return hold(error.pending);
      default:
        throw error;
    }
  }
  // #endregion
}
