/**
 * Mobile money over MTN MoMo and M-Pesa: `mobile-money`.
 *
 * @module
 */
export type { CallbackFacts, CallbackUrl } from "./core/callback-url.js";
export type { ClientOptions } from "./core/client-options.js";
export type { Clock } from "./core/clock.js";
export type { CountryCode } from "./core/countries.js";
export type { Currency } from "./core/currencies.js";
export {
  type AnyMobileMoneyError,
  AuthenticationError,
  CallbackInvalidError,
  type CallbackInvalidReason,
  ConfigurationError,
  ConnectionError,
  DecryptionError,
  IdempotencyConflictError,
  isMobileMoneyError,
  LimitExceededError,
  MobileMoneyError,
  NoTariffError,
  OperationUnsupportedError,
  OutcomeUnknownError,
  type Problem,
  ProviderUnavailableError,
  RateLimitedError,
  RequestInvalidError,
  RequestRejectedError,
  ResponseInvalidError,
  SendingStoppedError,
  StillPendingError,
} from "./core/errors.js";
export type { Fetch } from "./core/http.js";
export {
  addMoney,
  compareMoney,
  formatMoney,
  kes,
  type Money,
  money,
  subtractMoney,
  toMinorUnits,
  ugx,
} from "./core/money.js";
export { type Msisdn, matchesMsisdn, type ParseMsisdnOptions, parseMsisdn } from "./core/msisdn.js";
export type {
  CallbackClaim,
  CollectRequest,
  FailedPayment,
  FailureReason,
  MobileMoneyProvider,
  OperationOptions,
  Payment,
  PaymentFacts,
  PaymentStatus,
  PayOutRequest,
  PendingPayment,
  PendingRef,
  ProviderName,
  ProviderPayment,
  RejectedPayment,
  SettledPayment,
  StoredPayment,
  SucceededPayment,
  SupportRequest,
  UnknownPayment,
  WaitOptions,
} from "./core/provider.js";
export type { FailureKind } from "./core/retry-policy.js";
export { Secret, type SecretInput } from "./core/secret.js";
export type { StoredToken, TokenStore } from "./core/stores.js";
export type { Hooks, Logger, RequestEvent, ResponseEvent, RetryEvent } from "./core/telemetry.js";
export type { Random } from "./core/uuid.js";
export {
  type CollectInput,
  MobileMoney,
  type MobileMoneyOptions,
  type PayOutInput,
  type SentPayment,
  type TypedAmount,
} from "./mobile-money.js";
export {
  type MpesaCallback,
  MpesaClient,
  type MpesaOptions,
  type PendingStkPush,
  parseMpesaCallback,
  type Stk,
  type StkPush,
  type StkQueryResult,
  type StkResultCallback,
} from "./mpesa/index.js";
export {
  type Collection,
  createSandboxUser,
  type Disbursement,
  type FailedMtnMomoPayment,
  type MtnMomoCallback,
  MtnMomoClient,
  type MtnMomoCredentials,
  type MtnMomoCustomEnvironment,
  type MtnMomoEnvironment,
  type MtnMomoMarket,
  type MtnMomoOptions,
  type MtnMomoPayment,
  type MtnMomoProduct,
  type PendingMtnMomoPayment,
  parseMtnMomoCallback,
  type RequestToPay,
  type SandboxUserRequest,
  type SucceededMtnMomoPayment,
  type Transfer,
  type UnknownMtnMomoPayment,
} from "./mtn-momo/index.js";
