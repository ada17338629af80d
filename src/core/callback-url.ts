/**
 * Where a provider is to send its result, and the rules that such an address must keep.
 */
import { isLoopback } from "./base-url.js";
import { type Problem, RequestInvalidError } from "./errors.js";
import type { Money } from "./money.js";
import type { ProviderName } from "./provider.js";

/** What is known about a request when its callback address is made. */
export type CallbackFacts = Readonly<{
  provider: ProviderName;
  operation: string;
  /** What the provider will send there. */
  purpose: "result" | "timeout" | "validation" | "confirmation";
  reference: string;
  environment: string;
  account?: string;
  amount?: Money;
  /** Phone number of the other side, digits with country code. */
  party?: string;
}>;

/**
 * A callback address: a plain string that serves every purpose, a function of the facts, or an object that mints one
 * per attempt.
 */
export type CallbackUrl =
  | string
  | { mint(facts: CallbackFacts): Promise<string> }
  | ((facts: CallbackFacts) => string | Promise<string>);

/** What a provider demands of an address. */
export interface CallbackUrlRules {
  /** Both networks want https in production. */
  readonly httpsOnly: boolean;
  /** Words that may stand nowhere in the address. */
  readonly forbiddenWords?: RegExp;
  /** True when the provider is a simulator on this machine, which reaches any address. */
  readonly isLocal: boolean;
}

/** Providers publish no limit; longer addresses fail in proxies. */
const longestUrl = 2_000;

/** The address for these facts; `RequestInvalidError` when it breaks a rule. */
export async function resolveCallbackUrl(
  source: CallbackUrl,
  facts: CallbackFacts,
  rules: CallbackUrlRules,
): Promise<string> {
  const url = await mint(source, facts);
  const problems = callbackUrlProblems(url, rules);
  if (problems.length > 0) throw new RequestInvalidError(problems, facts.provider);
  return url;
}

/** What is wrong with an address; nothing when it is right. */
export function callbackUrlProblems(url: string, rules: CallbackUrlRules): Problem[] {
  const wrong = (message: string, remedy: string): Problem[] => [{ field: "callbackUrl", message, remedy }];
  if (!URL.canParse(url))
    return wrong("is not a URL", "Give an absolute address such as https://shop.example/hooks.");
  if (url.length > longestUrl)
    return wrong(`is longer than ${longestUrl} characters`, "Give a shorter address.");
  const { protocol, hostname, username, password, hash } = new URL(url);
  if (/\s/.test(url)) return wrong("has a space", "Encode it, or choose a path without spaces.");
  if (username || password || hash) {
    return wrong(
      "has credentials or a fragment",
      "Give an address without user name, password and fragment.",
    );
  }
  const word = rules.forbiddenWords?.exec(url)?.[0];
  if (word !== undefined) {
    return wrong(
      `contains the word "${word}", which the provider refuses`,
      "Choose a host and path without it.",
    );
  }
  if (protocol !== "https:" && protocol !== "http:")
    return wrong("is neither https nor http", "Give an https address.");
  if (rules.isLocal) return [];
  if (rules.httpsOnly && protocol !== "https:") return wrong("is not https", "Give an https address.");
  if (isLoopback(hostname) || /^\[|^\d{1,3}(\.\d{1,3}){3}$/.test(hostname)) {
    return wrong(
      "names no public host",
      "Give a public host name; the provider must reach it, and takes no IP address.",
    );
  }
  return [];
}

async function mint(source: CallbackUrl, facts: CallbackFacts): Promise<string> {
  if (typeof source === "string") return source;
  if (typeof source === "function") return source(facts);
  return source.mint(facts);
}
