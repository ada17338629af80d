/**
 * What arrived at the simulator, for tests to read.
 */
import type { ProviderName } from "../core/provider.js";
import type { Operation } from "./scenario.js";
import type { WireRequest } from "./wire.js";

/** One HTTP request as it arrived. */
export interface RecordedRequest {
  /** When, as an ISO instant. */
  readonly at: string;
  /** Absent when the path belongs to neither network. */
  readonly provider?: ProviderName;
  /** Absent when the path is none that the simulator knows. */
  readonly operation?: Operation;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case. Of a credential only the kind is kept, as in `"Bearer [redacted]"`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The HTTP status that was answered; absent while nothing was, and when the answer was lost. */
  readonly status?: number;
}

/** The record under way: its status comes later. */
export type OpenRecord = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** Writes a request down, without its credentials. */
export function recordRequest(
  request: WireRequest,
  facts: Pick<RecordedRequest, "at"> & {
    provider: ProviderName | undefined;
    operation: Operation | undefined;
  },
): OpenRecord {
  const { at, provider, operation } = facts;
  const url = new URL(request.url);
  if (url.searchParams.has("subscription-key")) url.searchParams.set("subscription-key", "[redacted]");
  const headers: Record<string, string> = {};
  request.headers.forEach((value, name) => {
    headers[name] = withoutCredential(name, value);
  });
  return {
    at,
    ...(provider && { provider }),
    ...(operation && { operation }),
    method: request.method,
    path: url.pathname + url.search,
    headers,
    body: request.body,
  };
}

function withoutCredential(name: string, value: string): string {
  if (name === "authorization") return value.replace(/^(\S+\s)?.*$/, "$1[redacted]");
  return name === "ocp-apim-subscription-key" ? "[redacted]" : value;
}
