/**
 * Both networks in one place: asked in process, or over HTTP through the same door.
 */
import { type Clock, systemClock } from "../core/clock.js";
import { answerWithFaults } from "./answer.js";
import { Deliveries, type Delivery } from "./deliveries.js";
import { createSimulatorFetch, type SimulatorFetch } from "./in-process-fetch.js";
import { isoNow } from "./instant.js";
import { type Ledger, LedgerBook } from "./ledger.js";
import type { MpesaSimulator } from "./mpesa/credentials.js";
import { MpesaNetwork } from "./mpesa/mpesa.js";
import type { MpesaSimulatorOptions } from "./mpesa/options.js";
import type { MtnMomoSimulator } from "./mtn-momo/credentials.js";
import { MtnMomoNetwork } from "./mtn-momo/mtn-momo.js";
import type { MtnMomoSimulatorOptions } from "./mtn-momo/options.js";
import type { World } from "./network.js";
import { PhoneBook, type SimulatedPhones } from "./phones.js";
import { createSeededRandom } from "./random.js";
import { type OpenRecord, type RecordedRequest, recordRequest } from "./requests.js";
import { type ScenarioHandle, type ScenarioRule, Scenarios } from "./scenario.js";
import { type Exchange, jsonAnswer, type WireRequest } from "./wire.js";

/** How a simulator is set up. */
export interface SimulatorOptions {
  /** The same seed gives the same ids, keys and choices. @defaultValue a random one */
  readonly seed?: number;
  /** @defaultValue the machine's own clock */
  readonly clock?: Clock;
  /** The merchant's name, as phones show it. @defaultValue "Demo Shop" */
  readonly merchantName?: string;
  readonly phones?: {
    /** Milliseconds from a prompt to the owner's answer. @defaultValue 100 */
    readonly afterMs?: number;
  };
  readonly callbacks?: {
    /** Milliseconds from the end of a payment to its callback. @defaultValue 20 */
    readonly afterMs?: number;
  };
  /** Sends the callbacks. @defaultValue the global `fetch` */
  readonly deliver?: typeof fetch;
  readonly mtnMomo?: MtnMomoSimulatorOptions;
  readonly mpesa?: MpesaSimulatorOptions;
}

/** Both networks, simulated. */
export interface Simulator {
  /** Answers as the networks would. The path decides which; the host is not looked at. */
  readonly fetch: SimulatorFetch;
  readonly mtnMomo: MtnMomoSimulator;
  readonly mpesa: MpesaSimulator;
  readonly phones: SimulatedPhones;
  readonly clock: Clock;
  /** What really happened to the money. */
  readonly ledger: Ledger;
  /** Every request that arrived, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Every callback that was sent or lost, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Orders a fault. */
  scenario(rule: ScenarioRule): ScenarioHandle;
  /** Resolves when no callback is on its way; those whose time has not come are not waited for. */
  idle(): Promise<void>;
  /** Cancels whatever was to happen later, so that no timer keeps a program running. */
  stop(): void;
  /** One exchange as plain data: what `fetch` and the HTTP server stand on. */
  exchange(request: WireRequest): Promise<Exchange>;
}

/** Makes a simulator of both networks. Nothing is shared between two of them. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const givenClock = options.clock ?? systemClock;
  const clock = stoppable(givenClock);
  const deliver = options.deliver ?? ((input, init) => fetch(input, init));
  const world: World = {
    clock,
    random: createSeededRandom(options.seed),
    phones: new PhoneBook(clock, options.phones?.afterMs ?? 100),
    ledger: new LedgerBook({
      mtn_momo: options.mtnMomo?.balance ?? "1000000",
      mpesa: options.mpesa?.balance ?? "0",
    }),
    deliveries: new Deliveries(clock, deliver, options.callbacks?.afterMs ?? 20),
    merchantName: options.merchantName ?? "Demo Shop",
  };
  const mtnMomo = new MtnMomoNetwork(world, options.mtnMomo ?? {});
  const mpesa = new MpesaNetwork(world, options.mpesa ?? {});
  const scenarios = new Scenarios();
  const requests: OpenRecord[] = [];

  const exchange = async (request: WireRequest): Promise<Exchange> => {
    const path = request.url.pathname;
    const network = [mtnMomo, mpesa].find((candidate) => candidate.owns(path));
    const route = network?.route(request.method, path);
    const record = recordRequest(request, {
      at: isoNow(clock),
      provider: network?.provider,
      operation: route?.operation,
    });
    requests.push(record);
    const exchanged: Exchange =
      network && route
        ? await answerWithFaults(request, network, route, scenarios.take(network.provider, route), clock)
        : { end: "answered", answer: jsonAnswer(404, { message: "Neither network has such a path." }) };
    if (exchanged.end === "answered") record.status = exchanged.answer.status;
    return exchanged;
  };

  return {
    fetch: createSimulatorFetch(exchange),
    mtnMomo,
    mpesa,
    phones: world.phones,
    clock: givenClock,
    ledger: world.ledger,
    requests,
    deliveries: world.deliveries.all,
    scenario: (rule) => scenarios.add(rule),
    idle: () => world.deliveries.idle(),
    stop: () => clock.stop(),
    exchange,
  };
}

/** A clock whose appointments can all be cancelled at once. */
function stoppable(clock: Clock): Clock & { stop(): void } {
  const cancels = new Set<() => void>();
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    after(delayMs, callback) {
      const cancel = clock.after(delayMs, () => {
        cancels.delete(cancel);
        callback();
      });
      cancels.add(cancel);
      return () => {
        cancels.delete(cancel);
        cancel();
      };
    },
    stop() {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
}
