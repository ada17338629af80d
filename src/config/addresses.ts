/**
 * Where a network is, and where it calls back.
 */
import { baseUrlProblems } from "../core/base-url.js";
import { callbackUrlProblems } from "../core/callback-url.js";
import { defined } from "../core/defined.js";
import type { Problem } from "../core/errors.js";
import { problemWith, type Values } from "./read-variables.js";
import type { Environment } from "./variables.js";

type BaseUrlName = "MOMO_BASE_URL" | "MPESA_BASE_URL";

/** A loopback address in so many words: no other spelling of the number, no credentials before the host. */
const loopback = /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/.*)?$/i;

/**
 * What is wrong with a base URL. A host that is neither this environment's own nor on this machine can't be told from
 * the other environment's.
 */
export function checkBaseUrl(
  values: Values,
  name: BaseUrlName,
  isOwnHost: (origin: string) => boolean,
): Problem[] {
  const baseUrl = values[name];
  if (!baseUrl) return [];
  const isKnown = loopback.test(baseUrl) || isOwnHost(new URL(baseUrl).origin);
  const message = "is neither a loopback address nor the network's host for this environment";
  return isKnown && baseUrlProblems(baseUrl).length === 0 ? [] : [problemWith(name, message)];
}

/** What is wrong with the callback address for one network; a simulator on this machine reaches any host. */
export function checkCallbackUrl(
  values: Values,
  environment: Environment,
  { baseUrl, forbiddenWords }: { baseUrl: BaseUrlName; forbiddenWords?: RegExp },
): Problem[] {
  const url = values.CALLBACK_BASE_URL;
  if (!url) return [];
  const httpsOnly = environment === "production";
  const isLocal = loopback.test(values[baseUrl] ?? "");
  const rules = defined({ httpsOnly, isLocal, forbiddenWords });
  return callbackUrlProblems(url, rules).map(({ message }) => problemWith("CALLBACK_BASE_URL", message));
}
