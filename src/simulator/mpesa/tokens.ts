/**
 * Daraja's access tokens.
 */
import type { World } from "../network.js";
import { basicCredentials, bearerToken, emptyAnswer, type WireAnswer, type WireRequest } from "../wire.js";
import { type DarajaErrors, darajaAnswer } from "./answers.js";

const alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Issues tokens and knows them again. */
export class DarajaTokens {
  readonly #expiry = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly errors: DarajaErrors,
    private readonly options: {
      consumerKey: string;
      consumerSecret: string;
      lifetimeMs: number;
      isTokenSingle: boolean;
    },
  ) {}

  /** `GET /oauth/v1/generate?grant_type=client_credentials`. */
  issue(request: WireRequest): WireAnswer {
    const login = basicCredentials(request.headers);
    if (login === undefined) return this.errors.answer("invalidAuthenticationType");
    if (request.url.searchParams.get("grant_type") !== "client_credentials") {
      return this.errors.answer("invalidGrantType");
    }
    const { consumerKey, consumerSecret, isTokenSingle, lifetimeMs } = this.options;
    // Observed in 2026-08: wrong keys get 400 and no body.
    if (login.user !== consumerKey || login.password !== consumerSecret) return emptyAnswer(400);
    if (isTokenSingle) this.revoke();
    const accessToken = this.world.random.text(28, alphanumerics);
    this.#expiry.set(accessToken, this.world.clock.now() + lifetimeMs);
    // A text on the wire, one second short: Daraja docs, "Authorization", read 2025-11, and every recorded answer.
    const expiresIn = String(Math.floor(lifetimeMs / 1000) - 1);
    return darajaAnswer({ access_token: accessToken, expires_in: expiresIn });
  }

  /** The refusal of a request without a valid token. */
  refuse(request: WireRequest): WireAnswer | undefined {
    const expiresAt = this.#expiry.get(bearerToken(request.headers) ?? "") ?? 0;
    return expiresAt > this.world.clock.now() ? undefined : this.errors.answer("invalidAccessToken");
  }

  /** Ends every token. */
  revoke(): void {
    this.#expiry.clear();
  }
}
