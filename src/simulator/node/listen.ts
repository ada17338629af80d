/**
 * The simulator behind a real HTTP server.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Simulator } from "../create-simulator.js";
import { bodyOf, type WireAnswer, type WireRequest } from "../wire.js";

/** Where to listen. */
export interface ListenOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. @defaultValue 0 */
  readonly port?: number;
}

/** A simulator that listens. */
export interface SimulatorServer {
  /** Base URL of both networks, without a slash at the end. */
  readonly url: string;
  /** Stops listening and breaks the connections that are open. The simulator itself goes on; see its `stop()`. */
  close(): Promise<void>;
}

/** Serves both networks on 127.0.0.1. */
export async function listenSimulator(
  simulator: Simulator,
  options: ListenOptions = {},
): Promise<SimulatorServer> {
  const server = createServer((incoming, outgoing) => {
    serve(simulator, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  simulator: Simulator,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const exchanged = await simulator.exchange(await readRequest(incoming));
  if (exchanged.end === "answered") write(exchanged.answer, outgoing);
  if (exchanged.end === "broken") outgoing.destroy();
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return {
    method: incoming.method ?? "GET",
    url: new URL(incoming.url ?? "/", "http://127.0.0.1"),
    headers,
    body: Buffer.concat(chunks).toString("utf8"),
    hasContentLength: headers.has("content-length"),
  };
}

function write(answer: WireAnswer, outgoing: ServerResponse): void {
  const { bytes, length, breaks } = bodyOf(answer);
  const headers = { ...answer.headers, "content-length": length };
  if (answer.statusText === undefined) outgoing.writeHead(answer.status, headers);
  else outgoing.writeHead(answer.status, answer.statusText, headers);
  if (breaks) outgoing.write(bytes, () => outgoing.destroy());
  else outgoing.end(bytes);
}
