/**
 * Contracts of the stores that an application may hand in.
 */

/** An access token as it is kept: plain JSON. It is a secret: whoever reads it can act as the account until it expires. */
export interface StoredToken {
  readonly accessToken: string;
  /** When the provider stops taking it, in milliseconds since 1970 UTC. */
  readonly expiresAtMs: number;
  /** When it should be replaced although it still works, in milliseconds since 1970 UTC. */
  readonly refreshAtMs: number;
}

/**
 * Access tokens shared between processes. Without one, each client keeps its own in memory.
 *
 * The keys are made by the library and hold no secret. A store that fails does not stop payments: the client logs a
 * warning and fetches a token itself.
 */
export interface TokenStore {
  get(key: string): Promise<StoredToken | undefined>;
  set(key: string, token: StoredToken): Promise<void>;
  delete(key: string): Promise<void>;
}
