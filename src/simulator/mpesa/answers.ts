/**
 * Daraja's errors, word for word.
 */
import { jsonAnswer, type WireAnswer } from "../wire.js";
import type { DarajaIds } from "./ids.js";

// Daraja docs, error tables of "Authorization" and "M-Pesa Express", read 2025-11.
const errors = {
  invalidPayload: [400, "400.002.05", "Invalid Request Payload"],
  invalidAuthenticationType: [400, "400.008.01", "Invalid authentication type passed"],
  invalidGrantType: [400, "400.008.02", "Invalid grant type passed"],
  invalidAccessToken: [404, "404.001.03", "Invalid Access Token"],
  invalidAuthenticationHeader: [404, "404.001.04", "Invalid Authentication Header"],
  resourceNotFound: [404, "404.001.01", "Resource not found"],
  merchantUnknown: [500, "500.001.1001", "Merchant does not exist"],
  wrongCredentials: [500, "500.001.1001", "Wrong credentials"],
  subscriberLocked: [
    500,
    "500.001.1001",
    "Unable to lock subscriber, a transaction is already in process for the current subscriber",
  ],
  beingProcessed: [500, "500.001.1001", "The transaction is being processed"],
  // The code of this one is not published; the sentence is in the sense of what clients report.
  noTransaction: [500, "500.001.1001", "No transaction found"],
  spikeArrest: [500, "500.003.02", "Error Occurred: Spike Arrest Violation"],
} as const;

/** Writes error answers, each with a request id of its own. */
export class DarajaErrors {
  constructor(private readonly ids: DarajaIds) {}

  /** @param requestId - Instead of a new one. */
  answer(name: keyof typeof errors, requestId?: string): WireAnswer {
    const [status, errorCode, errorMessage] = errors[name];
    return this.#write(status, errorCode, errorMessage, requestId);
  }

  /** A field that is missing or wrong. */
  invalid(field: string): WireAnswer {
    return this.#write(400, "400.002.02", `Bad Request - Invalid ${field}`);
  }

  methodNotAllowed(method: string): WireAnswer {
    return this.#write(405, "405.001", `${method} Method Not Allowed`);
  }

  #write(
    status: number,
    errorCode: string,
    errorMessage: string,
    requestId = this.ids.request(),
  ): WireAnswer {
    return { ...darajaAnswer({ requestId, errorCode, errorMessage }), status };
  }
}

/** An answer with HTTP 200. */
export function darajaAnswer(value: object): WireAnswer {
  return jsonAnswer(200, value, "application/json");
}
