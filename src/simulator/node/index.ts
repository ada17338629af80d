/**
 * The simulator on a port, for programs that speak real HTTP. Published as `mobile-money/simulator/node`; needs Node.
 *
 * @module
 */
export { type ListenOptions, listenSimulator, type SimulatorServer } from "./listen.js";
