/**
 * Making an API user for MTN's sandbox. In production the Partner Portal of the country makes it.
 */
import { type ClientOptions, settleClientOptions } from "../core/client-options.js";
import { ConfigurationError } from "../core/errors.js";
import { reference as readReference } from "../core/fields.js";
import { createHttp } from "../core/http.js";
import type { OperationOptions } from "../core/provider.js";
import { isSecretGiven, revealSecret, type SecretInput } from "../core/secret.js";
import { type Channel, read } from "../core/send.js";
import { errorCodeOf, expecting, judgeRefusal } from "./failures.js";
import { mtnMomoMarkets } from "./markets.js";
import { readApiKey } from "./schemas.js";

/** No IP address: at least one letter. */
const hostName = /^(?=.*[a-z])[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i;

/** What an API user of the sandbox is made from. */
export interface SandboxUserRequest
  extends Pick<ClientOptions, "baseUrl" | "fetch" | "random" | "clock" | "timeoutMs" | "logger" | "on"> {
  /** The subscription key of the product that the user is for: the sandbox keeps one user per product. */
  readonly subscriptionKey: SecretInput;
  /** Host name of the callback addresses, without scheme, port and path. It can't be changed later. */
  readonly callbackHost: string;
  /** The user's id, a version 4 UUID. @defaultValue a new one */
  readonly reference?: string;
}

/**
 * Makes an API user and its key in MTN's sandbox.
 *
 * Two calls, neither of which moves money: the user is made under a UUID that becomes its name, then a key is made for
 * it. MTN shows the key once; a lost answer is made good by asking for another key. A user that exists already under
 * `reference` is given another key and keeps the callback host that it was made with.
 *
 * @returns `apiUser` and `apiKey` for the client's options.
 * @throws {@link ConfigurationError} when a setting is wrong; nothing was sent.
 * @throws {@link AuthenticationError} when the subscription key is not taken.
 * @see MTN MoMo Open API, Sandbox User Provisioning, `POST /v1_0/apiuser` (document of 2023, read 2026-11).
 */
export async function createSandboxUser(
  request: SandboxUserRequest,
  options?: OperationOptions,
): Promise<{ apiUser: string; apiKey: string }> {
  const { settings, problems } = settleClientOptions(request, mtnMomoMarkets.sandbox.baseUrl);
  const { callbackHost, subscriptionKey } = request;
  if (!hostName.test(callbackHost ?? "")) {
    const remedy = "Give a name such as shop.example, without scheme and path.";
    problems.push({ field: "callbackHost", message: "is not a host name", remedy });
  }
  if (!isSecretGiven(subscriptionKey)) {
    const remedy = "Give the product's key from the developer portal.";
    problems.push({ field: "subscriptionKey", message: "is missing or empty", remedy });
  }
  if (problems.length > 0) throw new ConfigurationError(problems, "mtn_momo");

  const apiUser = readReference(request.reference ?? settings.random.uuid(), "reference");
  const channel: Channel = {
    ...settings,
    provider: "mtn_momo",
    http: createHttp(settings),
    headers: async () => ({ "Ocp-Apim-Subscription-Key": await revealSecret(subscriptionKey) }),
  };
  await read<string>(
    channel,
    {
      name: "sandbox.create_user",
      request: {
        method: "POST",
        path: "/v1_0/apiuser",
        headers: { "X-Reference-Id": apiUser },
        json: { providerCallbackHost: callbackHost },
      },
      judge: (answer) =>
        answer.status === 201 || errorCodeOf(answer) === "RESOURCE_ALREADY_EXIST"
          ? { kind: "accepted", value: apiUser }
          : judgeRefusal("sandbox.create_user", answer),
    },
    options,
  );

  const keyRequest = {
    method: "POST",
    path: "/v1_0/apiuser/{apiUser}/apikey",
    parameters: { apiUser },
  } as const;
  const judge = expecting("sandbox.create_key", 201, readApiKey);
  const apiKey = await read(channel, { name: "sandbox.create_key", request: keyRequest, judge }, options);
  return { apiUser, apiKey };
}
