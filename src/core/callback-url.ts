/**
 * Where a provider is to send its result, and the rules that such an address must keep.
 */
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
  return url as string;
}

/** What is wrong with a client's own address, as far as it can be known before it is minted. */
export function fixedUrlProblems(source: CallbackUrl | undefined, rules: CallbackUrlRules): Problem[] {
  const isMinted =
    source === undefined || typeof source === "function" || (source as { mint?: unknown })?.mint;
  return isMinted ? [] : callbackUrlProblems(source, rules);
}

/** What is wrong with an address; nothing when it is right. */
export function callbackUrlProblems(url: unknown, rules: CallbackUrlRules): Problem[] {
  // A header holds no other characters.
  const isUrl = typeof url === "string" && /^[\x21-\x5b\x5d-\x7e]+$/.test(url) && URL.canParse(url);
  const message = isUrl ? faultOf(url, rules) : "is not a URL";
  const remedy = "Give an address that the provider can reach, such as https://shop.example/hooks.";
  return message === undefined ? [] : [{ field: "callbackUrl", message, remedy }];
}

function faultOf(url: string, { forbiddenWords, isLocal, httpsOnly }: CallbackUrlRules): string | undefined {
  const { protocol, hostname, username, password, hash } = new URL(url);
  const word = forbiddenWords?.exec(url)?.[0];
  if (word !== undefined) return `has the word "${word}", which the provider refuses`;
  if (url.length > longestUrl) return `is longer than ${longestUrl} characters`;
  if (username || password || hash) return "has credentials or a fragment";
  if (protocol !== "https:" && (protocol !== "http:" || (httpsOnly && !isLocal))) return "is not https";
  if (isLocal) return undefined;
  const isName = /^(?![\d.]+$)[^[]+\.[^.]+$/.test(hostname) && !hostname.endsWith(".localhost");
  return isName ? undefined : "names no public host";
}

async function mint(source: CallbackUrl, facts: CallbackFacts): Promise<unknown> {
  if (typeof source === "string") return source;
  return typeof source === "function" ? source(facts) : source?.mint?.(facts);
}
