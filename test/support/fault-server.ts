import { type AddressInfo, createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import type { WireRequest } from "mobile-money/simulator";
import { testCertificate } from "./test-certificate.js";

/** How far an exchange must have come for its connection to fail. The first two come before any HTTP. */
type Moment = "connected" | "client_hello" | "first_byte" | "headers" | "half_body";

/** What becomes of the connection: RST, FIN, or nothing for ever. */
type Ending = "reset" | "close" | "stall";

/** What goes wrong with an exchange: it ends before the request has arrived, or another answer comes. */
export type Fault =
  | { readonly at: Moment; readonly ending: Ending }
  | {
      /** The bytes that are sent; `truth` is the provider's own answer, empty when it was not asked. */
      readonly answer: (truth: Buffer) => Buffer;
      /** Whether the provider gets the request. @defaultValue true */
      readonly executes?: boolean;
      /** One byte per so many milliseconds. @defaultValue all at once */
      readonly everyMs?: number;
      /** After the answer. @defaultValue the connection stays as it is, for the next request */
      readonly ending?: Ending;
    };

/** A provider that listens on 127.0.0.1, and whose network fails on order. */
export interface FaultServer {
  readonly url: string;
  /** Requests so far of which at least one byte was read. */
  readonly requests: number;
  /** Those of them that came on a connection used before. */
  readonly requestsOnUsedConnections: number;
  /** Connections that have ended. */
  readonly closedConnections: number;
  /** Connections that stalled as they were made. */
  readonly heldConnections: number;
  /** Orders a fault for the exchanges to come, all of them or the next few. */
  order(fault: Fault, times?: number): void;
  /** Lets the held connections go on. */
  release(): void;
  /** Breaks all connections; from then on the port refuses. */
  close(): Promise<void>;
}

/** Listens with a provider's answers, each as the whole text of an HTTP answer. */
export async function listenWithFaults(
  provider: (request: WireRequest) => Promise<Buffer>,
  options: {
    readonly tls?: boolean;
    /** Called when a client waits for what may never come. */
    readonly onSilence?: () => void;
  } = {},
): Promise<FaultServer> {
  const secureContext = createSecureContext(testCertificate);
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let ordered: { readonly fault: Fault; left: number } | undefined;
  let requests = 0;
  let requestsOnUsedConnections = 0;
  let closedConnections = 0;

  const takeFault = (isHttp: boolean): Fault | undefined => {
    if (ordered === undefined || ordered.left === 0 || isHttp !== isOfHttp(ordered.fault)) return undefined;
    ordered.left -= 1;
    return ordered.fault;
  };

  const end = (ending: Ending, connection: Socket, socket: Socket): void => {
    if (ending === "reset") connection.resetAndDestroy();
    if (ending === "close") socket.end();
    if (ending === "stall") options.onSilence?.();
  };

  const speak = (connection: Socket): void => {
    const socket = options.tls ? new TLSSocket(connection, { isServer: true, secureContext }) : connection;
    let received = Buffer.alloc(0);
    let fault: Fault | undefined;
    let isOver = false;
    let isUsed = false;

    const answer = async (request: WireRequest): Promise<void> => {
      const { answer = (truth: Buffer) => truth, executes = true, everyMs, ending } = answerFault(fault);
      const bytes = answer(executes ? await provider(request) : Buffer.alloc(0));
      if (everyMs === undefined) {
        socket.write(bytes);
      } else {
        options.onSilence?.();
        await trickle(socket, bytes, everyMs);
      }
      if (ending) end(ending, connection, socket);
    };

    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => {
      if (isOver) return;
      if (received.length === 0) {
        requests += 1;
        if (isUsed) requestsOnUsedConnections += 1;
        isUsed = true;
        fault = takeFault(true);
      }
      received = Buffer.concat([received, chunk]);
      if (fault && "at" in fault) {
        isOver = hasReached(fault.at, received);
        if (isOver) end(fault.ending, connection, socket);
        return;
      }
      const request = readRequest(received);
      if (request === undefined) return;
      received = Buffer.alloc(0);
      void answer(request);
    });
  };

  const server = createServer({ noDelay: true }, (connection) => {
    sockets.add(connection);
    connection.on("error", () => {});
    connection.on("close", () => {
      sockets.delete(connection);
      closedConnections += 1;
    });
    const fault = takeFault(false);
    if (fault === undefined || !("at" in fault)) return speak(connection);
    const { at, ending } = fault;
    if (ending === "stall") held.push(() => speak(connection));
    if (at === "connected" || ending === "stall") end(ending, connection, connection);
    else connection.once("data", () => end(ending, connection, connection));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    get requestsOnUsedConnections() {
      return requestsOnUsedConnections;
    },
    get closedConnections() {
      return closedConnections;
    },
    get heldConnections() {
      return held.length;
    },
    order(fault, times = Number.POSITIVE_INFINITY) {
      ordered = { fault, left: times };
    },
    release() {
      for (const goOn of held.splice(0)) goOn();
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An HTTP answer as text on the wire. */
export function httpAnswer(
  status: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = "",
): Buffer {
  const all = { "content-length": String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`), Buffer.from(body)]);
}

function isOfHttp(fault: Fault): boolean {
  return !("at" in fault) || (fault.at !== "connected" && fault.at !== "client_hello");
}

function answerFault(fault: Fault | undefined): Partial<Extract<Fault, { answer: unknown }>> {
  return fault && "answer" in fault ? fault : {};
}

function hasReached(moment: Moment, received: Buffer): boolean {
  const { head, body, length } = split(received);
  if (moment === "headers") return head !== undefined;
  return moment === "half_body" ? head !== undefined && body.length * 2 >= length : true;
}

/** The request, once all of it has arrived. */
function readRequest(received: Buffer): WireRequest | undefined {
  const { head, body, length } = split(received);
  if (head === undefined || body.length < length) return undefined;
  const [requestLine = "", ...lines] = head.split("\r\n");
  const [method = "", path = ""] = requestLine.split(" ");
  const headers = new Headers(
    lines.map((line) => /^([^:]+): ?(.*)$/.exec(line)?.slice(1) as [string, string]),
  );
  return {
    method,
    url: new URL(path, "http://127.0.0.1"),
    headers,
    body: body.toString("utf8"),
    hasContentLength: headers.has("content-length"),
  };
}

function split(received: Buffer): { head: string | undefined; body: Buffer; length: number } {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return { head: undefined, body: Buffer.alloc(0), length: 0 };
  const head = received.subarray(0, end).toString("latin1");
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  return { head, body: received.subarray(end + 4), length };
}

async function trickle(socket: Socket, bytes: Buffer, everyMs: number): Promise<void> {
  for (const byte of bytes) {
    if (socket.destroyed) return;
    socket.write(Buffer.of(byte));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
