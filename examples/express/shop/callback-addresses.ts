/**
 * The secret address of each attempt's callback.
 *
 * Neither network signs its callbacks. An address that only the provider was told keeps strangers out and says which
 * attempt a callback is about; that it tells the truth, only the provider's own answer can show.
 */
import type { Attempt } from "./attempt.js";
import { digestOf, makeSecret } from "./secret.js";

/** All addresses that were given out. */
export class CallbackAddresses {
  readonly #baseUrl: string;
  readonly #attempts = new Map<string, Attempt>();

  /** @param baseUrl - Where the callback routes are, such as `https://shop.example/api/payments/mobile-money/webhook`. */
  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** A new address for an attempt. */
  mint(attempt: Attempt): string {
    const secret = makeSecret();
    this.#attempts.set(digestOf(secret), attempt);
    return `${this.#baseUrl}/${secret}`;
  }

  /** The attempt behind the last part of an address. */
  find(secret: string): Attempt | undefined {
    // Looked up by digest: how long that takes depends on bits that no guesser can choose.
    return this.#attempts.get(digestOf(secret));
  }
}
