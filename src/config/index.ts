/**
 * Settings out of environment variables: `mobile-money/config`.
 *
 * @module
 */
export { type ResolvedConfig, resolveConfig } from "./resolve.js";
