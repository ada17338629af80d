/**
 * MTN MoMo: `mobile-money/mtn-momo`.
 *
 * @module
 */
export { type MtnMomoCallback, parseMtnMomoCallback } from "./callback.js";
export { MtnMomoClient } from "./client.js";
export type { Collection, RequestToPay } from "./collection.js";
export type { Disbursement, Transfer } from "./disbursement.js";
export type { MtnMomoEnvironment, MtnMomoMarket } from "./markets.js";
export type {
  MtnMomoCredentials,
  MtnMomoCustomEnvironment,
  MtnMomoOptions,
  MtnMomoProduct,
} from "./options.js";
export type {
  FailedMtnMomoPayment,
  MtnMomoPayment,
  PendingMtnMomoPayment,
  SucceededMtnMomoPayment,
  UnknownMtnMomoPayment,
} from "./payment.js";
export { createSandboxUser, type SandboxUserRequest } from "./sandbox-user.js";
