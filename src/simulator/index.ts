/**
 * Both networks, simulated: for tests, demos and work without an account. Published as `mobile-money/simulator`.
 *
 * @module
 */
export { createSimulator, type Simulator, type SimulatorOptions } from "./create-simulator.js";
export type { Delivery } from "./deliveries.js";
export type { SimulatorFetch } from "./in-process-fetch.js";
export type { Execution, Ledger } from "./ledger.js";
export { createManualClock, type ManualClock } from "./manual-clock.js";
export type { MpesaCredentials, MpesaSimulator } from "./mpesa/credentials.js";
export type { MpesaQuirks, MpesaSimulatorOptions } from "./mpesa/options.js";
export type {
  MtnMomoCredentials,
  MtnMomoProductCredentials,
  MtnMomoSimulator,
} from "./mtn-momo/credentials.js";
export type { MtnMomoTargetEnvironment } from "./mtn-momo/environments.js";
export type { MtnMomoQuirks, MtnMomoSimulatorOptions } from "./mtn-momo/options.js";
export type { PhoneMessage, PhonePrompt, PhoneTiming, SimulatedPhone, SimulatedPhones } from "./phones.js";
export type { RecordedRequest } from "./requests.js";
export type { Operation, ScenarioFault, ScenarioHandle, ScenarioMatch, ScenarioRule } from "./scenario.js";
export type { Exchange, WireAnswer, WireRequest } from "./wire.js";
