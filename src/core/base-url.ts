/**
 * Addresses of a provider's host.
 */
import type { Problem } from "./errors.js";

/** Whether a host name means this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A loopback address in so many words: no other spelling of the number. */
const loopback = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i;

/**
 * What is wrong with a base URL; nothing when it is right. `otherOrigins` are the hosts of the provider's other
 * environment.
 */
export function baseUrlProblems(baseUrl: string, otherOrigins: readonly string[] = []): Problem[] {
  const url = !/[\s\\?#@]/.test(baseUrl) && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && loopback.test(baseUrl));
  if (url && otherOrigins.includes(url.origin)) {
    const remedy = "Leave it out, or name the environment that it belongs to.";
    return [{ field: "baseUrl", message: "belongs to another environment", remedy }];
  }
  if (isSafe) return [];
  const remedy = "Give https, or http on a loopback address, without credentials and query.";
  return [{ field: "baseUrl", message: "is not a safe address", remedy }];
}
