/**
 * MTN's rule about callback addresses.
 */

const loopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

/** Whether the address is on the API user's host. Port, path and query are free; one loopback host stands for all. */
export function isOnHost(callbackUrl: string, callbackHost: string): boolean {
  const url = URL.canParse(callbackUrl) ? new URL(callbackUrl) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return false;
  const isLoopback = loopbackHosts.includes(callbackHost) && loopbackHosts.includes(url.hostname);
  return isLoopback || url.hostname === callbackHost.toLowerCase();
}
