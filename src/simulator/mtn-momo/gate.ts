/**
 * The checks that stand before every operation of MTN's API, in MTN's order.
 */
import type { WireAnswer, WireRequest } from "../wire.js";
import { bearerRefused, keyRefused, lengthRequired, refusal } from "./answers.js";
import type { Product } from "./api-users.js";
import type { MtnMomoCredentials } from "./credentials.js";
import type { Token, Tokens } from "./tokens.js";

/** Knows subscription keys, tokens and the target environment. */
export class Gate {
  constructor(
    private readonly credentials: MtnMomoCredentials,
    private readonly tokens: Tokens,
    private readonly isScopeStrict: boolean,
  ) {}

  /** The token that lets the request through to a product's operation; or the refusal. */
  admit(request: WireRequest, product: Product): Token | WireAnswer {
    const refused = this.refuse(request, product);
    if (refused !== undefined) return refused;
    const token = this.tokens.find(request);
    if (token === undefined) return bearerRefused();
    const isHere = request.headers.get("x-target-environment") === this.credentials.environment;
    const isInScope = token.product === product || !this.isScopeStrict;
    return isHere && isInScope ? token : refusal("NOT_ALLOWED_TARGET_ENVIRONMENT");
  }

  /** The refusal of a request without this product's subscription key, or of a POST without a length. */
  refuse(request: WireRequest, product: Product): WireAnswer | undefined {
    const key = subscriptionKey(request);
    if (key !== this.credentials[product].subscriptionKey) return keyRefused(product, key === undefined);
    return request.method === "POST" && !request.hasContentLength ? lengthRequired() : undefined;
  }

  /** The refusal of a request whose subscription key is none of the two. */
  refuseUnknownKey(request: WireRequest): WireAnswer | undefined {
    const isKnown = this.productOf(request) !== undefined;
    return isKnown ? undefined : keyRefused("", subscriptionKey(request) === undefined);
  }

  /** The product whose subscription key the request has. */
  productOf(request: WireRequest): Product | undefined {
    const key = subscriptionKey(request);
    return (["collection", "disbursement"] as const).find(
      (product) => this.credentials[product].subscriptionKey === key,
    );
  }
}

function subscriptionKey({ headers, url }: WireRequest): string | undefined {
  return headers.get("ocp-apim-subscription-key") ?? url.searchParams.get("subscription-key") ?? undefined;
}
