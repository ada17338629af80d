/**
 * What happens in the shop, for logs and for the demo.
 */
import type { Attempt, Claim } from "./attempt.js";
import type { C2bClaim } from "./c2b-routes.js";

/** Something that happened. Never holds the secret part of an address. */
export type ShopEvent =
  /** The status of an attempt is another one now. */
  | { readonly kind: "payment.changed"; readonly attempt: Attempt }
  /** The customer asked again for what is under way or paid: nothing was sent. */
  | { readonly kind: "payment.repeated"; readonly attempt: Attempt }
  /** A callback came and was acknowledged. Without a claim its body could not be read. */
  | {
      readonly kind: "callback.received";
      readonly attempt: Attempt;
      readonly method: string;
      readonly claim?: Claim;
    }
  /** A callback does not fit the attempt whose address it knows. Nothing was done with it; somebody should look. */
  | { readonly kind: "callback.mismatch"; readonly attempt: Attempt; readonly claim: Claim }
  /** The provider could not be asked. The next callback, status request or round of `reconcile` asks again. */
  | { readonly kind: "question.failed"; readonly attempt: Attempt; readonly error: unknown }
  /** A request of a browser failed for a reason that is the shop's or the network's, not the browser's. */
  | { readonly kind: "request.failed"; readonly error: unknown }
  /** Somebody says that a customer paid at the paybill without being asked. */
  | { readonly kind: "c2b.claimed"; readonly claim: C2bClaim };

/** Hears what happens. */
export type Listener = (event: ShopEvent) => void;
