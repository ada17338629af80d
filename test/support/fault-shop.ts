import {
  type ClientOptions,
  type Clock,
  isMobileMoneyError,
  kes,
  MpesaClient,
  MtnMomoClient,
  money,
  type OperationOptions,
  type TokenStore,
} from "mobile-money";
import { createNodeFetch, type NodeFetchOptions } from "mobile-money/node";
import { createManualClock, createSimulator, type Exchange, type WireRequest } from "mobile-money/simulator";
import { type FaultServer, httpAnswer, listenWithFaults } from "./fault-server.js";
import { testCertificate } from "./test-certificate.js";

/** How requests travel: by the platform's `fetch`, or by the one that gives evidence, without TLS or with it. */
export type Transport = "fetch" | "node fetch" | "node fetch over TLS";

/** The operations under test: two that ask for money, two that ask what became of it. */
export const operations = ["requestToPay", "getRequestToPay", "stkPush", "stkQuery"] as const;
export type Operation = (typeof operations)[number];

/** How the shop is opened. */
export interface FaultShopOptions {
  readonly transport: Transport;
  /** @defaultValue what the transport says */
  readonly tls?: boolean;
  /** The name by which the clients call the server. @defaultValue 127.0.0.1 */
  readonly hostname?: string;
  /** Settings of the transport that gives evidence. @defaultValue trust in the server's certificate */
  readonly nodeFetch?: NodeFetchOptions;
  /** Keeps real deadlines. @defaultValue a deadline passes as soon as the server has gone silent */
  readonly realTimeoutMs?: number;
}

/** Both clients, and the simulator behind a network that fails on order. */
export interface FaultShop {
  readonly server: FaultServer;
  /** Runs an operation: `"accepted"`, or the code of its error. */
  run(operation: Operation, options?: OperationOptions): Promise<string>;
  /** Requests that the clients made, whether or not they reached anything. */
  readonly attempts: number;
  /** How often money moved for what `run` asked, once everybody has had time to approve. */
  executions(): Promise<number>;
}

/** Opens the shop with an access token for each network at hand, so that every request is the operation's own. */
export async function openFaultShop(options: FaultShopOptions): Promise<FaultShop> {
  const {
    transport,
    tls = transport === "node fetch over TLS",
    hostname = "127.0.0.1",
    realTimeoutMs,
  } = options;
  const networkClock = createManualClock();
  const simulator = createSimulator({ seed: 1, clock: networkClock, deliver: async () => new Response() });
  const clock = createImpatientClock();
  const provider = async (request: WireRequest) => toBytes(await simulator.exchange(request));
  const server = await listenWithFaults(provider, { tls, onSilence: clock.expire });

  const tokens = { mtn: keepToken(), mpesa: keepToken() };
  const createClients = (shared: Pick<ClientOptions, "fetch" | "baseUrl" | "on">) => {
    const timing = realTimeoutMs === undefined ? { clock } : { timeoutMs: realTimeoutMs };
    const { mtnMomo, mpesa } = simulator;
    const callbackUrl = "https://shop.example/callbacks";
    return {
      mtn: new MtnMomoClient({
        ...mtnMomo.credentials,
        ...shared,
        ...timing,
        random,
        tokenStore: tokens.mtn,
      }),
      mpesa: new MpesaClient({
        ...mpesa.credentials,
        ...shared,
        ...timing,
        random,
        tokenStore: tokens.mpesa,
        callbackUrl,
      }),
    };
  };
  const requestToPay = ({ mtn }: Clients, externalId: string, asked?: OperationOptions) =>
    mtn.collection.requestToPay({ payer: "46700000001", amount: money("10", "EUR"), externalId }, asked);
  const stkPush = ({ mpesa }: Clients, accountReference: string, asked?: OperationOptions) =>
    mpesa.stk.push(
      { phoneNumber: "254712345678", amount: kes(10), accountReference, description: "Order" },
      asked,
    );

  const nearby = createClients({ fetch: simulator.fetch });
  const earlier = await requestToPay(nearby, "EARLIER");
  const { providerReference } = await stkPush(nearby, "EARLIER");
  await networkClock.advance(600_000);

  let attempts = 0;
  const clients = createClients({
    baseUrl: server.url.replace("127.0.0.1", hostname),
    ...(transport !== "fetch" && {
      fetch: createNodeFetch(options.nodeFetch ?? { ca: testCertificate.cert }),
    }),
    on: { request: () => attempts++ },
  });
  const calls: Record<Operation, (asked?: OperationOptions) => Promise<unknown>> = {
    requestToPay: (asked) => requestToPay(clients, "ORDER", asked),
    getRequestToPay: (asked) => clients.mtn.collection.getRequestToPay(earlier.reference, asked),
    stkPush: (asked) => stkPush(clients, "ORDER", asked),
    stkQuery: (asked) => clients.mpesa.stk.query(providerReference, asked),
  };

  return {
    server,
    async run(operation, asked) {
      try {
        await calls[operation](asked);
        return "accepted";
      } catch (error) {
        if (isMobileMoneyError(error)) return error.code;
        throw error;
      }
    },
    get attempts() {
      return attempts;
    },
    async executions() {
      await networkClock.advance(600_000);
      return simulator.ledger.executions("ORDER").length;
    },
  };
}

type Clients = Readonly<{ mtn: MtnMomoClient; mpesa: MpesaClient }>;

/** No back-off: it is a random part of something. */
const random = { uuid: () => crypto.randomUUID(), fraction: () => 0 };

/** A clock whose alarms ring when they are told to, shortly after; those for no time at all ring at once. */
function createImpatientClock(): Clock & { expire(): void } {
  const alarms = new Set<() => void>();
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after(delayMs, callback) {
      if (delayMs === 0) setImmediate(callback);
      else alarms.add(callback);
      return () => alarms.delete(callback);
    },
    // What the server sent just before it went silent is read first.
    expire() {
      setTimeout(() => {
        for (const ring of [...alarms]) ring();
      }, 10);
    },
  };
}

function keepToken(): TokenStore {
  let kept: Awaited<ReturnType<TokenStore["get"]>>;
  return {
    get: async () => kept,
    set: async (_key, token) => {
      kept = token;
    },
    delete: async () => {
      kept = undefined;
    },
  };
}

function toBytes(exchanged: Exchange): Buffer {
  if (exchanged.end !== "answered") throw new Error("The simulator was told of no fault.");
  const { status, statusText = "", headers, body } = exchanged.answer;
  return httpAnswer(`${status} ${statusText}`, headers, body);
}
