/**
 * One request answered by a network, with whatever the scenarios have in store for it.
 */
import type { Clock } from "../core/clock.js";
import { CallbackPlan } from "./deliveries.js";
import type { Network, Route } from "./network.js";
import type { Faults } from "./scenario.js";
import { type Exchange, htmlAnswer, type WireAnswer, type WireRequest } from "./wire.js";

/** Lets the network answer, and the faults have their way with request and answer. */
export async function answerWithFaults(
  request: WireRequest,
  network: Network,
  route: Route,
  faults: Faults,
  clock: Clock,
): Promise<Exchange> {
  if (faults.lose_request) return lost(faults.lose_request);

  const callbackPlan = new CallbackPlan(faults);
  const fate = { hiddenForMs: faults.hide_resource?.ms ?? 0, callbackPlan };
  let answer = answerInstead(faults, network) ?? route.answer(request, fate);
  if (faults.callback_before_answer && answer.status < 300) await callbackPlan.over;
  if (faults.answer?.executes) answer = ordered(faults.answer);
  if (faults.truncate_answer) answer = truncated(answer, faults.truncate_answer);
  const { delay } = faults;
  if (delay) await new Promise<void>((resolve) => clock.after(delay.ms, resolve));
  return faults.lose_answer ? lost(faults.lose_answer) : { end: "answered", answer };
}

/** The answer of something that stands before the network, so that nothing executes. */
function answerInstead(faults: Faults, network: Network): WireAnswer | undefined {
  if (faults.html_page) return htmlAnswer(403, "Access denied");
  if (faults.throttle) return network.throttled();
  return faults.answer && !faults.answer.executes ? ordered(faults.answer) : undefined;
}

function ordered(fault: NonNullable<Faults["answer"]>): WireAnswer {
  const { status, body = "", headers = body === "" ? {} : { "content-type": "application/json" } } = fault;
  return { status, headers, body };
}

function truncated(answer: WireAnswer, fault: NonNullable<Faults["truncate_answer"]>): WireAnswer {
  const { bytes = Math.floor(answer.body.length / 2), breaks = false } = fault;
  return { ...answer, cut: { afterBytes: bytes, breaks } };
}

function lost(fault: NonNullable<Faults["lose_request"] | Faults["lose_answer"]>): Exchange {
  if (fault.hang) return { end: "silent" };
  return { end: "broken", isProvedUnsent: fault.do === "lose_request" && fault.proved === true };
}
