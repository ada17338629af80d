/**
 * Faults on order: what is to go wrong with which request.
 */
import type { ProviderName } from "../core/provider.js";

/** What a request asks for, as scenarios and records name it. */
export type Operation =
  | "token"
  | "sandbox_user.create"
  | "sandbox_user.get"
  | "sandbox_user.create_key"
  | "collection.request_to_pay"
  | "collection.get_request_to_pay"
  | "collection.get_balance"
  | "collection.is_account_holder_active"
  | "disbursement.transfer"
  | "disbursement.get_transfer"
  | "disbursement.get_balance"
  | "disbursement.is_account_holder_active"
  | "stk.push"
  | "stk.query";

/** Which requests a rule is for. Without any field: every request. */
export interface ScenarioMatch {
  readonly provider?: ProviderName;
  readonly operation?: Operation;
  /** The first matching request that is hit, counted from 1. @defaultValue 1 */
  readonly nth?: number;
  /** How many matching requests are hit, from `nth` on. @defaultValue 1 */
  readonly times?: number;
}

/** What goes wrong. The `callback_…` faults and `hide_resource` only ever match a request that creates a payment. */
export type ScenarioFault =
  /**
   * The request is lost on the way: nothing executes. With `hang` nothing comes back; else the connection breaks. With
   * `proved` the in-process `fetch` gives evidence that nothing left.
   */
  | { readonly do: "lose_request"; readonly hang?: boolean; readonly proved?: boolean }
  /** The request executes, and its answer is lost on the way. */
  | { readonly do: "lose_answer"; readonly hang?: boolean }
  /** The request executes at once; the answer comes `ms` later. */
  | { readonly do: "delay"; readonly ms: number }
  /** This answer comes instead. The request executes only with `executes: true`. */
  | {
      readonly do: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly executes?: boolean;
    }
  /** The request executes; its answer ends after `bytes` (half of it by default): neatly, or with `breaks` by a broken connection. */
  | { readonly do: "truncate_answer"; readonly bytes?: number; readonly breaks?: boolean }
  /** A firewall answers with an HTML page and 403. Nothing executes. */
  | { readonly do: "html_page" }
  /** The gateway says that there are too many requests, in the network's own way. Nothing executes. */
  | { readonly do: "throttle" }
  /** The payment is made, and cannot be found for `ms`. */
  | { readonly do: "hide_resource"; readonly ms: number }
  /** No callback is sent. */
  | { readonly do: "callback_lost" }
  /** A second callback follows, `ms` after the first (at once by default). */
  | { readonly do: "callback_twice"; readonly ms?: number }
  /** The answer is held back until the callback has been delivered. */
  | { readonly do: "callback_before_answer" }
  /** The callback is sent `ms` later than usual. */
  | { readonly do: "callback_late"; readonly ms: number }
  /** The callback is sent with this verb. */
  | { readonly do: "callback_method"; readonly method: "POST" | "PUT" };

/** A fault and the requests that it hits. */
export type ScenarioRule = ScenarioMatch & ScenarioFault;

/** A rule at work. */
export interface ScenarioHandle {
  /** How many requests it has hit so far. */
  readonly hits: number;
  /** Ends the rule. */
  stop(): void;
}

/** The faults of one request, by name. */
export type Faults = { readonly [Name in ScenarioFault["do"]]?: Extract<ScenarioFault, { do: Name }> };

interface ActiveRule {
  readonly rule: ScenarioRule;
  seen: number;
  hits: number;
}

/** The rules in force. */
export class Scenarios {
  readonly #rules = new Set<ActiveRule>();

  add(rule: ScenarioRule): ScenarioHandle {
    const active: ActiveRule = { rule, seen: 0, hits: 0 };
    this.#rules.add(active);
    return {
      get hits() {
        return active.hits;
      },
      stop: () => {
        this.#rules.delete(active);
      },
    };
  }

  /** The faults that a request is to suffer. Of two rules with the same fault the later one counts. */
  take(provider: ProviderName, request: { operation?: Operation; creates?: boolean }): Faults {
    const faults: Record<string, ScenarioFault> = {};
    for (const active of this.#rules) {
      const { rule } = active;
      if (rule.provider !== undefined && rule.provider !== provider) continue;
      if (rule.operation !== undefined && rule.operation !== request.operation) continue;
      if (isAboutPayment(rule) && !request.creates) continue;
      active.seen += 1;
      const first = rule.nth ?? 1;
      if (active.seen < first || active.seen >= first + (rule.times ?? 1)) continue;
      active.hits += 1;
      faults[rule.do] = rule;
    }
    return faults;
  }
}

function isAboutPayment(fault: ScenarioFault): boolean {
  return fault.do === "hide_resource" || fault.do.startsWith("callback_");
}
