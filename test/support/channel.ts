import { defined } from "../../src/core/defined.js";
import { type MobileMoneyError, RequestRejectedError } from "../../src/core/errors.js";
import type { Exchange, HttpRequest } from "../../src/core/http.js";
import type { FailureKind } from "../../src/core/retry-policy.js";
import type { Channel, Operation, Verdict } from "../../src/core/send.js";
import type { Hooks } from "../../src/core/telemetry.js";
import { createTelemetry } from "../../src/core/telemetry.js";
import type { TokenCache } from "../../src/core/token-cache.js";
import { createManualClock, type ManualClock } from "./manual-clock.js";

/** How one request ends on the scripted network. */
export type Ending = "accepted" | FailureKind;

/** A step of the script: how a request ends, or something that happens while it is on its way. */
export type Step = Ending | Exchange | ((options: { signal?: AbortSignal | undefined }) => Promise<Exchange>);

/** A channel whose network follows a script. */
export interface ScriptedChannel {
  readonly channel: Channel;
  readonly clock: ManualClock;
  /** Requests that reached the network, in order. */
  readonly sent: readonly (HttpRequest & { readonly timeoutMs: number })[];
}

/** Makes a channel whose requests end as the script says, one after the other; the last step repeats. */
export function scriptChannel(
  steps: readonly Step[],
  options: { tokens?: TokenCache; headers?: Channel["headers"]; hooks?: Hooks; clock?: ManualClock } = {},
): ScriptedChannel {
  const { clock = createManualClock(), hooks, tokens, headers } = options;
  const sent: (HttpRequest & { timeoutMs: number })[] = [];
  const channel: Channel = {
    ...defined({ tokens, headers }),
    provider: "mpesa",
    account: "main",
    timeoutMs: 30_000,
    clock,
    random: { uuid: () => "5f0c7f4e-93b1-4c56-9c5c-0f9d6c2f5a11", fraction: () => 0.5 },
    telemetry: createTelemetry(undefined, hooks),
    http: {
      async send(request, { timeoutMs, signal }) {
        const step = steps[Math.min(sent.length, steps.length - 1)] as Step;
        sent.push({ ...request, timeoutMs });
        if (typeof step === "function") return step({ signal });
        return typeof step === "string" ? exchangeOf(step) : step;
      },
    },
  };
  return { channel, clock, sent };
}

/** What the network gives back for an ending. */
export function exchangeOf(ending: Ending, retryAfterMs?: number): Exchange {
  if (ending === "not_sent" || ending === "no_answer") {
    const cause = new TypeError(`scripted: ${ending}`);
    return { failure: { kind: "broken", mayHaveLeft: ending === "no_answer", cause } };
  }
  const json =
    ending === "accepted"
      ? { kind: ending, value: "taken" }
      : { kind: ending, error: scriptedError(ending), retryAfterMs };
  return { answer: { status: 200, headers: new Headers(), text: "", json } };
}

/** An operation of the scripted provider: its answers carry their own verdict. */
export function scriptedOperation(changes: Partial<Operation<string>> = {}): Operation<string> {
  return {
    name: "stk.push",
    repeatable: "never",
    reference: "8c4f2d57-0f5e-4a53-8a7e-6b8f6d7d0c21",
    request: { method: "POST", path: "/pay/{id}", parameters: { id: "1" }, json: { amount: "10" } },
    judge: ({ json }) => json as Verdict<string>,
    ...changes,
  };
}

function scriptedError(ending: string): MobileMoneyError {
  return new RequestRejectedError({ status: 400, message: `scripted: ${ending}`, remedy: "None." });
}
