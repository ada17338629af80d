import type { ClientOptions } from "mobile-money";
import type { Answer } from "./answers.js";
import type { Setup } from "./clients.js";
import type { Host } from "./host.js";

/** An operation that carries a token. */
export interface TokenUser<Client> {
  readonly name: string;
  readonly route: string;
  readonly tokenRoute: string;
  readonly accepted: Answer;
  readonly call: (client: Client, options?: { signal?: AbortSignal }) => Promise<unknown>;
}

type TitledAnswer = readonly [title: string, answer: Answer];

/** What the tests of tokens need to know about a provider. */
export interface TokenTarget<Client> {
  readonly setUp: (options?: Partial<ClientOptions>) => Setup<Client>;
  /** Every operation that carries a token, the first one standing for all where they are alike. */
  readonly users: readonly [TokenUser<Client>, ...TokenUser<Client>[]];
  /** How the provider refuses a token. */
  readonly tokenRefusals: readonly [TitledAnswer, ...TitledAnswer[]];
  /** How the provider refuses the credentials themselves. */
  readonly credentialRefusals: readonly [TitledAnswer, ...TitledAnswer[]];
  /** How long before its end a token is replaced at the latest, in seconds. */
  readonly renewedBeforeSeconds: number;
}

/** How often each token was used on a route. */
export function tokensSeen(host: Host, route: string): Record<string, number> {
  const seen: Record<string, number> = {};
  for (const { headers } of host.to(route)) {
    const token = headers["authorization"]?.replace("Bearer ", "") ?? "none";
    seen[token] = (seen[token] ?? 0) + 1;
  }
  return seen;
}
