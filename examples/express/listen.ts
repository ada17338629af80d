/**
 * A port on this machine, taken before the application is made: the application needs to know its own address.
 */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A port that listens. */
export interface OpenPort {
  /** Without a slash at the end. */
  readonly url: string;
  /** Has this application answer from now on. */
  serve(app: RequestListener): void;
  /** Stops listening and breaks the connections that are open. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes a free one. */
export async function listen(port: number): Promise<OpenPort> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (app) => {
      server.on("request", app);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
