/**
 * M-Pesa by Safaricom's Daraja API: `mobile-money/mpesa`.
 *
 * @module
 */
export { type MpesaCallback, parseMpesaCallback, type StkResultCallback } from "./callback.js";
export { MpesaClient } from "./client.js";
export type { MpesaOptions } from "./options.js";
export type { PendingStkPush, Stk, StkPush, StkQueryResult } from "./stk.js";
