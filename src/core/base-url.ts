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
  const wrong = (message: string): Problem[] => [
    {
      field: "baseUrl",
      message,
      remedy: "Give an https address without path, query and credentials, or http on a loopback address.",
    },
  ];
  if (!URL.canParse(baseUrl)) return wrong("is not a URL");
  const url = new URL(baseUrl);
  if (url.username || url.password || url.search || url.hash)
    return wrong("has credentials, a query or a fragment");
  if (url.protocol === "https:") return [];
  if (url.protocol !== "http:" || !isLoopback(url.hostname)) return wrong("is not https");
  return [];
}
