/**
 * How the simulated M-Pesa is set up.
 */

/** Settings of the simulated M-Pesa. */
export interface MpesaSimulatorOptions {
  /**
   * The sandbox, with its published shortcode and passkey, or production, with invented ones. Phones are asked in both;
   * the sandbox's published test phone 254708374149 is one that nobody answers. @defaultValue "sandbox"
   */
  readonly environment?: "sandbox" | "production";
  /** How long a token lives, in milliseconds. @defaultValue 3_600_000 */
  readonly tokenLifetimeMs?: number;
  /** What the merchant's account holds at the start, as a decimal. @defaultValue "0" */
  readonly balance?: string;
  /** Behaviour on which the sources differ. */
  readonly quirks?: Partial<MpesaQuirks>;
}

/** Behaviour that differs between sources or years. */
export interface MpesaQuirks {
  /** How a query says "not finished": HTTP 500 (2018 on), HTTP 200 with 4999 (2025 on), or now one, now the other. @defaultValue "mixed" */
  readonly pendingShape: "http_500" | "result_4999" | "mixed";
  /** Whether a success callback has a `Balance` item, which has no value. @defaultValue false */
  readonly hasBalanceItem: boolean;
  /** Whether a new token ends the former ones, as one page says. @defaultValue false */
  readonly isTokenSingle: boolean;
  /** For how long the same amount from the same phone ends in result 17; the documents say 120_000 ms. @defaultValue 0 */
  readonly repeatWindowMs: number;
}

/** The quirks with their defaults. */
export const defaultMpesaQuirks: MpesaQuirks = {
  pendingShape: "mixed",
  hasBalanceItem: false,
  isTokenSingle: false,
  repeatWindowMs: 0,
};
