import {
  createSandboxUser,
  type Fetch,
  type Hooks,
  kes,
  type Logger,
  MpesaClient,
  MtnMomoClient,
  type PendingRef,
  type SecretInput,
  type TokenStore,
} from "mobile-money";
import { type Canary, type Exhibit, show, showAll } from "./canary.js";
import { createEchoingProvider, type Reply } from "./echoing-provider.js";
import { createManualClock } from "./manual-clock.js";

/** Made up, as long as the real ones: MTN gives 32 hexadecimal digits, Daraja 32 to 64 letters and digits. */
export const secrets = {
  subscriptionKey: "ca11ab1e0f00d5ca1ab1e5eedfacade1",
  apiUser: "c0ffee00-4b1d-4c0d-9bad-decade5e7007",
  apiKey: "5ca1ab1e7e57ab1eb01dface0ff1cede",
  consumerKey: "QkJ7vXw2ZpL9mR4tYh6sNd8fGb3cAq1U",
  consumerSecret: "zW5xKe8uTn2yHj7vBm4qSf9pRd3aLg6C",
  passkey: "9f8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b",
  callbackPath: "hJ4kM7nP2qR5sT8vW3xY6zB9",
  mtnToken: "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.Zm9yVGVzdHNPbmx5MTIzNDU2Nzg5MA.s1gN4tuReF0rT3stsOnLy_9xK",
  mpesaToken: "vT4nBq8LwZ2xKs6JmRf1YcHd9GpE",
} as const;

/** Who pays. The second one is the number that Safaricom publishes for its sandbox. */
export const phones = { mtn: "256772480913", mpesa: "254708374149" } as const;

/** What may be seen in no log, error or result. */
export const secretCanaries: readonly Canary[] = Object.entries(secrets).map(([name, value]) => ({
  name,
  value,
}));

/** What may be seen in no log and no error; a result has it. */
export const phoneCanaries: readonly Canary[] = Object.entries(phones).flatMap(([name, value]) => [
  { name: `${name} phone`, value },
  { name: `${name} phone without its country`, value: value.slice(3) },
]);

/** A callback address with a secret last part, as a shop has one. */
export const callbackUrl = `https://shop.example/hooks/${secrets.callbackPath}`;

const reference = "8c4f2d57-0f5e-4a53-8a7e-6b8f6d7d0c21";
const eur = { amount: "10", currency: "EUR" } as const;

/** What a run left behind. */
export interface Run {
  /** Logs, hooks and errors, as they are usually printed. */
  readonly told: readonly Exhibit[];
  /** The same, results and clients, printed to the bottom with all that is hidden. */
  readonly shown: readonly Exhibit[];
  readonly errors: readonly unknown[];
  /** What the provider saw. */
  readonly seen: readonly string[];
  /** What the provider said. */
  readonly said: readonly string[];
}

/** How a run differs from one in which everything works. */
export interface RunOptions {
  readonly token?: Reply;
  readonly operation?: Reply;
  /** The form in which keys are handed over. @defaultValue plain text */
  readonly asInput?: (value: string) => SecretInput;
  readonly tokenStore?: TokenStore;
}

/** Runs every operation of both clients, each with a client of its own, and keeps all that could be read by others. */
export async function runEverything({
  asInput = (value) => value,
  tokenStore,
  ...replies
}: RunOptions = {}): Promise<Run> {
  const told: Exhibit[] = [];
  const shown: Exhibit[] = [];
  const errors: unknown[] = [];
  const seen: string[] = [];
  const said: string[] = [];
  const tell =
    (where: string) =>
    (...values: unknown[]) => {
      told.push(...values.flatMap((value) => show(where, value)));
      shown.push(...values.flatMap((value) => showAll(where, value)));
    };
  const clock = createManualClock();
  const logger: Logger = {
    debug: tell("debug"),
    info: tell("info"),
    warn: tell("warn"),
    error: tell("error"),
  };
  const on: Hooks = { request: tell("request"), response: tell("response"), retry: tell("retry") };
  const random = { uuid: () => reference, fraction: () => 0.5 };
  const common = { clock, logger, on, random };
  const shop = { ...common, callbackUrl, ...(tokenStore && { tokenStore }) };

  const run = async <Client>(
    calls: Readonly<Record<string, (client: Client) => Promise<unknown>>>,
    accessToken: string,
    create: (fetch: Fetch) => Client,
  ) => {
    for (const [name, call] of Object.entries(calls)) {
      const provider = createEchoingProvider({ ...replies, accessToken });
      const client = create(provider.fetch);
      try {
        shown.push(...showAll(name, await clock.run(call(client))));
      } catch (error) {
        errors.push(error);
        tell(name)(error);
      }
      shown.push(...showAll(`the client of ${name}`, client));
      seen.push(...provider.seen);
      said.push(...provider.said);
    }
  };

  const { apiUser } = secrets;
  const keys = {
    subscriptionKey: asInput(secrets.subscriptionKey),
    apiUser,
    apiKey: asInput(secrets.apiKey),
  };
  await run(
    mtnCalls,
    secrets.mtnToken,
    (fetch) =>
      new MtnMomoClient({ environment: "sandbox", collection: keys, disbursement: keys, fetch, ...shop }),
  );
  await run(
    mpesaCalls,
    secrets.mpesaToken,
    (fetch) =>
      new MpesaClient({
        environment: "sandbox",
        consumerKey: asInput(secrets.consumerKey),
        consumerSecret: asInput(secrets.consumerSecret),
        passkey: asInput(secrets.passkey),
        shortcode: "600000",
        fetch,
        ...shop,
      }),
  );
  const { subscriptionKey } = keys;
  const createUser = (fetch: Fetch) =>
    createSandboxUser({ subscriptionKey, callbackHost: "shop.example", fetch, ...common });
  await run({ createSandboxUser: createUser }, "none", (fetch) => fetch);
  return { told, shown, errors, seen, said };
}

const mtnRef = (operation: string): PendingRef => ({ provider: "mtn_momo", operation, reference });
const collect = { amount: eur, reference, merchantReference: "order-1042" };

/** Every operation of the MTN client that asks MTN. */
export const mtnCalls: Readonly<Record<string, (client: MtnMomoClient) => Promise<unknown>>> = {
  "collection.requestToPay": ({ collection }) => collection.requestToPay({ amount: eur, payer: phones.mtn }),
  "collection.getRequestToPay": ({ collection }) => collection.getRequestToPay(reference),
  "collection.getBalance": ({ collection }) => collection.getBalance(),
  "collection.isAccountHolderActive": ({ collection }) => collection.isAccountHolderActive(phones.mtn),
  "disbursement.transfer": ({ disbursement }) => disbursement.transfer({ amount: eur, payee: phones.mtn }),
  "disbursement.getTransfer": ({ disbursement }) => disbursement.getTransfer(reference),
  "disbursement.getBalance": ({ disbursement }) => disbursement.getBalance("EUR"),
  "disbursement.isAccountHolderActive": ({ disbursement }) => disbursement.isAccountHolderActive(phones.mtn),
  collect: (client) => client.collect({ ...collect, from: phones.mtn }),
  payOut: (client) => client.payOut({ ...collect, to: phones.mtn }),
  lookUp: (client) => client.lookUp(mtnRef("disbursement.transfer")),
  waitForOutcome: (client) =>
    client.waitForOutcome(mtnRef("collection.request_to_pay"), { timeoutMs: 5_000 }),
};

const push = { amount: kes(10), accountReference: "ORDER1042", description: "Order 1042" };
const pushed: PendingRef = {
  provider: "mpesa",
  operation: "stk.push",
  reference,
  providerReference: `ws_CO_25112026120000${phones.mpesa.slice(3)}`, // M-Pesa's own id ends with the payer's number
};

/** Every operation of the M-Pesa client that asks M-Pesa. */
export const mpesaCalls: Readonly<Record<string, (client: MpesaClient) => Promise<unknown>>> = {
  "stk.push": ({ stk }) => stk.push({ ...push, phoneNumber: phones.mpesa }),
  "stk.query": ({ stk }) => stk.query(pushed.providerReference as string),
  collect: (client) =>
    client.collect({ ...collect, amount: kes(10), merchantReference: "ORDER1042", from: phones.mpesa }),
  lookUp: (client) => client.lookUp(pushed),
  waitForOutcome: (client) => client.waitForOutcome(pushed, { timeoutMs: 5_000 }),
};
