import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on this machine that plays MTN's: a slow token endpoint, and payments that are taken. */
export interface Upstream {
  readonly url: string;
  /** Paths asked for so far. */
  readonly paths: readonly string[];
  close(): Promise<void>;
}

/** Starts it on a free port. Each token takes `tokenDelayMs`. */
export async function startUpstream({ tokenDelayMs }: { tokenDelayMs: number }): Promise<Upstream> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    paths.push(path);
    request.resume();
    if (!path.startsWith("/collection/token")) return void response.writeHead(202).end();
    setTimeout(() => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"access_token":"token","token_type":"access_token","expires_in":3600}');
    }, tokenDelayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
