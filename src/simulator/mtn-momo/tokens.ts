/**
 * Access tokens of the MTN MoMo API.
 */
import type { Clock } from "../../core/clock.js";
import type { SeededRandom } from "../random.js";
import { basicCredentials, bearerToken, jsonAnswer, type WireAnswer, type WireRequest } from "../wire.js";
import type { ApiUser, ApiUsers, Product } from "./api-users.js";

/** A token that was issued. */
export interface Token {
  readonly user: ApiUser;
  /** The product whose endpoint and key it was issued with. */
  readonly product: Product;
  readonly expiresAt: number;
}

/** Issues tokens and knows them again. */
export class Tokens {
  readonly #issued = new Map<string, Token>();

  constructor(
    private readonly clock: Clock,
    private readonly random: SeededRandom,
    private readonly users: ApiUsers,
    private readonly options: { lifetimeMs: number; loginFailureStatus: 401 | 500; isScopeStrict: boolean },
  ) {}

  /** `POST /{product}/token/`. */
  issue(request: WireRequest, product: Product): WireAnswer {
    const login = basicCredentials(request.headers);
    const user = login && this.users.get(login.user);
    const isKnown = user?.apiKey !== undefined && user.apiKey === login?.password;
    if (!isKnown || (this.options.isScopeStrict && user.product !== product)) {
      return jsonAnswer(this.options.loginFailureStatus, { error: "login_failed" });
    }
    const { lifetimeMs } = this.options;
    const expiresAt = this.clock.now() + lifetimeMs;
    const accessToken = this.#write(user.id, expiresAt);
    this.#issued.set(accessToken, { user, product, expiresAt });
    const answer = jsonAnswer(200, {
      access_token: accessToken,
      token_type: "access_token",
      expires_in: Math.floor(lifetimeMs / 1000),
    });
    return { ...answer, headers: { ...answer.headers, "cache-control": "no-store", pragma: "no-cache" } };
  }

  /** The token that the request bears, unless it is unknown or its time is over. */
  find(request: WireRequest): Token | undefined {
    const token = this.#issued.get(bearerToken(request.headers) ?? "");
    return token && token.expiresAt > this.clock.now() ? token : undefined;
  }

  /** Ends every token. */
  revoke(): void {
    this.#issued.clear();
  }

  // Looks like a JWT, has no `exp`, and its header names an algorithm that does not exist: as recorded in 2020.
  #write(clientId: string, expiresAt: number): string {
    const part = (value: object): string =>
      btoa(JSON.stringify(value)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    const expires = new Date(expiresAt).toISOString().replace("Z", "");
    const payload = part({ clientId, expires, sessionId: this.random.uuid() });
    return `${part({ typ: "JWT", alg: "R256" })}.${payload}.${this.random.text(86, base64url)}`;
  }
}

const base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
