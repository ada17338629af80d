/**
 * What a program needs to know to talk to the simulated M-Pesa.
 */

/** What `new MpesaClient()` takes to talk to the simulator, next to `fetch` or `baseUrl`. */
export interface MpesaCredentials {
  readonly environment: "sandbox" | "production";
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly shortcode: string;
  readonly passkey: string;
}

/** The simulated M-Pesa. */
export interface MpesaSimulator {
  readonly credentials: MpesaCredentials;
  /** The till that belongs to the shortcode, for `CustomerBuyGoodsOnline`; only in production. */
  readonly till?: string;
  /** Ends every token that was issued; the next call that bears one gets 404 `404.001.03`. */
  revokeTokens(): void;
}
