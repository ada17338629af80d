/**
 * How the simulated MTN MoMo is set up.
 */
import type { MtnMomoTargetEnvironment } from "./environments.js";

/** Settings of the simulated MTN MoMo. */
export interface MtnMomoSimulatorOptions {
  /**
   * The sandbox, with its magic numbers, where any other number pays at once unless its phone was told what to do;
   * or a market, where phones are asked. @defaultValue "sandbox"
   */
  readonly environment?: MtnMomoTargetEnvironment;
  /** Host that callbacks of the ready-made API users may go to; `"localhost"` also stands for 127.0.0.1 and ::1. @defaultValue "localhost" */
  readonly callbackHost?: string;
  /** How long a token lives, in milliseconds. @defaultValue 3_600_000 */
  readonly tokenLifetimeMs?: number;
  /** What the merchant's account holds at the start, as a decimal. @defaultValue "1000000" */
  readonly balance?: string;
  /** Behaviour on which the sources differ. */
  readonly quirks?: Partial<MtnMomoQuirks>;
}

/** Behaviour that differs between sources, markets or years. */
export interface MtnMomoQuirks {
  /** A failure's `reason` on the wire: as seen, or as MTN's OpenAPI documents have it. @defaultValue "string" */
  readonly reason: "string" | "object";
  /** Status before a payment is decided. @defaultValue "PENDING" */
  readonly firstStatus: "PENDING" | "CREATED";
  /** Verb of the callbacks; the V1 operations were seen to use POST. @defaultValue "POST" */
  readonly callbackMethod: "POST" | "PUT";
  /** HTTP status of a refused login: 500 was seen, 401 is documented. @defaultValue 500 */
  readonly loginFailureStatus: 401 | 500;
  /** Whether an API user of one product is unknown to the others, as seen in 2020 and 2026. @defaultValue true */
  readonly isScopeStrict: boolean;
  /** How long a market takes over what asks no phone, in milliseconds. @defaultValue 100 */
  readonly processingMs: number;
}

/** The quirks with their defaults. */
export const defaultMtnMomoQuirks: MtnMomoQuirks = {
  reason: "string",
  firstStatus: "PENDING",
  callbackMethod: "POST",
  loginFailureStatus: 500,
  isScopeStrict: true,
  processingMs: 100,
};
