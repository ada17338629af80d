/**
 * The simulated Daraja API: which call goes where, and in which order it is checked.
 */
import type { Network, PaymentFate, Route, World } from "../network.js";
import type { WireAnswer, WireRequest } from "../wire.js";
import { DarajaErrors, darajaAnswer } from "./answers.js";
import { queryBody } from "./callbacks.js";
import type { MpesaCredentials, MpesaSimulator } from "./credentials.js";
import { DarajaIds } from "./ids.js";
import { defaultMpesaQuirks, type MpesaQuirks, type MpesaSimulatorOptions } from "./options.js";
import { Pushes } from "./pushes.js";
import {
  type Fields,
  invalidPushField,
  invalidQueryField,
  isPassword,
  isReceiverRight,
  type Organisation,
  readFields,
} from "./request-body.js";
import { DarajaTokens } from "./tokens.js";

// Published by Safaricom for everybody's use in the sandbox: Daraja docs, "M-Pesa Express", read 2025-11.
const sandboxShortcode = "174379";
const sandboxPasskey = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";
const sandboxTestPhone = "254708374149";

const alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** M-Pesa as one of the simulator's networks. */
export class MpesaNetwork implements Network, MpesaSimulator {
  readonly provider = "mpesa";
  readonly credentials: MpesaCredentials;
  readonly till?: string;
  readonly #world: World;
  readonly #quirks: MpesaQuirks;
  readonly #errors: DarajaErrors;
  readonly #tokens: DarajaTokens;
  readonly #pushes: Pushes;

  constructor(world: World, options: MpesaSimulatorOptions) {
    this.#world = world;
    const { environment = "sandbox", tokenLifetimeMs = 3_600_000 } = options;
    const { random } = world;
    const isSandbox = environment === "sandbox";
    this.#quirks = { ...defaultMpesaQuirks, ...options.quirks };
    this.credentials = {
      environment,
      consumerKey: random.text(48, alphanumerics),
      consumerSecret: random.text(64, alphanumerics),
      shortcode: isSandbox ? sandboxShortcode : random.digits(6),
      passkey: isSandbox ? sandboxPasskey : random.hex(64),
    };
    if (!isSandbox) this.till = random.digits(7);
    const ids = new DarajaIds(world.clock, random);
    this.#errors = new DarajaErrors(ids);
    const { isTokenSingle } = this.#quirks;
    this.#tokens = new DarajaTokens(world, this.#errors, {
      ...this.credentials,
      lifetimeMs: tokenLifetimeMs,
      isTokenSingle,
    });
    this.#pushes = new Pushes(world, ids, this.#quirks);
    // Observed in 2026-08 and 2026-10: a push to the test phone ends in 1037.
    if (isSandbox) world.phones.get(sandboxTestPhone).ignores();
  }

  revokeTokens(): void {
    this.#tokens.revoke();
  }

  owns(path: string): boolean {
    return /^\/(oauth|mpesa)\//.test(path);
  }

  route(method: string, path: string): Route {
    if (path === "/oauth/v1/generate") {
      return method === "GET"
        ? { operation: "token", answer: (request) => this.#tokens.issue(request) }
        : { answer: () => this.#errors.methodNotAllowed(method) };
    }
    const isPush = path === "/mpesa/stkpush/v1/processrequest";
    if (!isPush && path !== "/mpesa/stkpushquery/v1/query") {
      return { answer: () => this.#errors.answer("resourceNotFound") };
    }
    if (method === "GET") return { answer: () => this.#errors.answer("invalidAuthenticationHeader") };
    if (method !== "POST") return { answer: () => this.#errors.methodNotAllowed(method) };
    return isPush
      ? { operation: "stk.push", creates: true, answer: (request, fate) => this.#push(request, fate) }
      : { operation: "stk.query", answer: (request) => this.#query(request) };
  }

  throttled(): WireAnswer {
    return this.#errors.answer("spikeArrest");
  }

  #push(request: WireRequest, fate: PaymentFate): WireAnswer {
    const { fields, refused } = this.#read(request, (read) => invalidPushField(read, this.#organisation));
    if (fields === undefined) return refused;
    const { PhoneNumber = "" } = fields;
    if (this.#world.phones.get(PhoneNumber).hasOpenPrompt("mpesa")) {
      return this.#errors.answer("subscriberLocked");
    }
    const push = this.#pushes.open({
      amount: fields["Amount"] ?? "",
      payer: fields["PartyA"] ?? "",
      phoneNumber: PhoneNumber,
      accountReference: fields["AccountReference"] ?? "",
      callbackUrl: fields["CallBackURL"] ?? "",
      isReceiverRight: isReceiverRight(fields, this.#organisation),
      fate,
    });
    const accepted = "Success. Request accepted for processing";
    return darajaAnswer({
      MerchantRequestID: push.merchantRequestId,
      CheckoutRequestID: push.checkoutRequestId,
      ResponseCode: "0",
      ResponseDescription: accepted,
      CustomerMessage: accepted,
    });
  }

  #query(request: WireRequest): WireAnswer {
    const { fields, refused } = this.#read(request, invalidQueryField);
    if (fields === undefined) return refused;
    const push = this.#pushes.find(fields["CheckoutRequestID"] ?? "");
    if (push === undefined) return this.#errors.answer("noTransaction");
    if (push.result !== undefined) return darajaAnswer(queryBody(push, push.result));
    const { pendingShape } = this.#quirks;
    const isError =
      pendingShape === "mixed" ? this.#world.random.integer(2) === 0 : pendingShape === "http_500";
    return isError
      ? this.#errors.answer("beingProcessed", push.checkoutRequestId)
      : darajaAnswer(
          queryBody(push, { code: 4999, description: "The transaction is still under processing" }),
        );
  }

  #read(
    request: WireRequest,
    invalidField: (fields: Fields) => string | undefined,
  ): { fields: Fields; refused?: undefined } | { fields?: undefined; refused: WireAnswer } {
    const unauthorised = this.#tokens.refuse(request);
    if (unauthorised !== undefined) return { refused: unauthorised };
    const fields = readFields(request.body, request.headers.get("content-type"));
    if (fields === undefined) return { refused: this.#errors.answer("invalidPayload") };
    const invalid = invalidField(fields);
    if (invalid !== undefined) return { refused: this.#errors.invalid(invalid) };
    const { shortcode } = this.#organisation;
    if (fields["BusinessShortCode"] !== shortcode) return { refused: this.#errors.answer("merchantUnknown") };
    return isPassword(fields, this.#organisation)
      ? { fields }
      : { refused: this.#errors.answer("wrongCredentials") };
  }

  get #organisation(): Organisation {
    return { ...this.credentials, ...(this.till !== undefined && { till: this.till }) };
  }
}
