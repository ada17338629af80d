/**
 * MTN's API users, their keys, and the sandbox's calls that make them.
 */
import type { SeededRandom } from "../random.js";
import { emptyAnswer, jsonAnswer, type WireAnswer, type WireRequest } from "../wire.js";
import { badRequest, refusal } from "./answers.js";
import { isUuidV4, parseObject } from "./request-body.js";

/** A product of the API: each has its own subscription key. */
export type Product = "collection" | "disbursement";

/** An API user: whoever asks for tokens. */
export interface ApiUser {
  readonly id: string;
  readonly product: Product;
  /** The only host that callbacks may go to. */
  readonly callbackHost: string;
  /** The present API key; absent until one was made. */
  apiKey?: string;
}

/** All API users, and the answers of the provisioning calls. */
export class ApiUsers {
  readonly #users = new Map<string, ApiUser>();
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  get(id: string): ApiUser | undefined {
    return this.#users.get(id);
  }

  /** Makes a user with a key, without any call. */
  add(product: Product, callbackHost: string): Required<ApiUser> {
    const user = { id: this.#random.uuid(), product, callbackHost, apiKey: this.#random.hex(32) };
    this.#users.set(user.id, user);
    return user;
  }

  /** `POST /v1_0/apiuser`: the caller's X-Reference-Id becomes the user's id. */
  create(request: WireRequest, product: Product): WireAnswer {
    const id = request.headers.get("x-reference-id") ?? "";
    const callbackHost = parseObject(request.body)?.["providerCallbackHost"];
    if (!isUuidV4(id) || typeof callbackHost !== "string" || callbackHost === "") return badRequest();
    if (this.#users.has(id)) return refusal("RESOURCE_ALREADY_EXIST");
    this.#users.set(id, { id, product, callbackHost });
    return emptyAnswer(201);
  }

  /** `GET /v1_0/apiuser/{id}`. */
  describe(id: string): WireAnswer {
    if (!isUuidV4(id)) return badRequest();
    const user = this.#users.get(id);
    if (user === undefined) return refusal("RESOURCE_NOT_FOUND");
    return jsonAnswer(200, { providerCallbackHost: user.callbackHost, targetEnvironment: "sandbox" });
  }

  /** `POST /v1_0/apiuser/{id}/apikey`: the former key ends. */
  createKey(id: string): WireAnswer {
    if (!isUuidV4(id)) return badRequest();
    const user = this.#users.get(id);
    if (user === undefined) return refusal("RESOURCE_NOT_FOUND");
    user.apiKey = this.#random.hex(32);
    return jsonAnswer(201, { apiKey: user.apiKey });
  }
}
