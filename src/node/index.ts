/**
 * A transport for Node that proves what was not sent. Published as `mobile-money/node`; needs the optional peer `undici`.
 *
 * @module
 */
export { createNodeFetch, type NodeFetchOptions } from "./create-node-fetch.js";
