/**
 * Addresses of a provider's host.
 */
import type { Problem } from "./errors.js";

/** Whether a host name means this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** What is wrong with a base URL; nothing when it is right. */
export function baseUrlProblems(baseUrl: string): Problem[] {
  const url = !/[\s\\?#@]/.test(baseUrl) && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (isSafe) return [];
  const remedy = "Give https, or http on a loopback address, without credentials and query.";
  return [{ field: "baseUrl", message: "is not a safe address", remedy }];
}
