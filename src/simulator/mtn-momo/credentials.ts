/**
 * What a program needs to know to talk to the simulated MTN MoMo.
 */
import type { MtnMomoTargetEnvironment } from "./environments.js";

/** Credentials of one product, as `MtnMomoClient` takes them. */
export interface MtnMomoProductCredentials {
  readonly subscriptionKey: string;
  readonly apiUser: string;
  readonly apiKey: string;
}

/** What `new MtnMomoClient()` takes to talk to the simulator, next to `fetch` or `baseUrl`. */
export interface MtnMomoCredentials {
  readonly environment: MtnMomoTargetEnvironment;
  readonly collection: MtnMomoProductCredentials;
  readonly disbursement: MtnMomoProductCredentials;
}

/** The simulated MTN MoMo. */
export interface MtnMomoSimulator {
  readonly credentials: MtnMomoCredentials;
  /** Ends every token that was issued; the next call that bears one gets 401. */
  revokeTokens(): void;
}
