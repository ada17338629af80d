import {
  ConfigurationError,
  ConnectionError,
  kes,
  MpesaClient,
  MtnMomoClient,
  Secret,
  type SecretInput,
  type StoredToken,
} from "mobile-money";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Exhibit, findLeaks, show, showAll } from "./support/canary.js";
import {
  callbackUrl,
  mpesaCalls,
  mtnCalls,
  phoneCanaries,
  phones,
  runEverything,
  secretCanaries,
  secrets,
} from "./support/canary-run.js";
import {
  createEchoingProvider,
  misplacedQuotes,
  plainEnds,
  quotingErrors,
  type Reply,
} from "./support/echoing-provider.js";
import { createManualClock } from "./support/manual-clock.js";

/** What was printed on the terminal since the test began. */
const printed: Exhibit[] = [];
beforeEach(() => {
  printed.length = 0;
  const keep = (where: string) => (text: unknown) => {
    printed.push({ where, text: String(text) });
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep("stdout"));
  vi.spyOn(process.stderr, "write").mockImplementation(keep("stderr"));
  for (const method of ["log", "info", "warn", "error", "debug", "trace", "dir"] as const) {
    vi.spyOn(console, method).mockImplementation(keep(`console.${method}`));
  }
});
afterEach(() => void vi.restoreAllMocks());

function expectNoLeak({ told, shown }: { told: readonly Exhibit[]; shown: readonly Exhibit[] }): void {
  expect(findLeaks([...told, ...shown, ...printed], secretCanaries)).toEqual([]);
  expect(findLeaks([...told, ...printed], phoneCanaries)).toEqual([]);
}

function expectErrorWithoutLeak(error: unknown): void {
  expect(error).toBeInstanceOf(Error);
  expectNoLeak({ told: show("the error", error), shown: showAll("the error", error) });
}

/** Names of the canaries that stand in these texts. */
function namesIn(texts: readonly string[]): Set<string | undefined> {
  const exhibits = texts.map((text) => ({ where: "here", text }));
  return new Set(
    findLeaks(exhibits, [...secretCanaries, ...phoneCanaries]).map((leak) => leak.split(",")[0]),
  );
}

const forms: [string, (value: string) => SecretInput][] = [
  ["text", (value) => value],
  ["Secret", (value) => new Secret(value)],
  ["a function", (value) => async () => value],
];

describe("keys, tokens and phone numbers are in no log, error or result", () => {
  const ends = [...quotingErrors(), ...plainEnds()];

  test.each(forms)("when everything works, with keys given as %s", async (_form, asInput) => {
    const run = await runEverything({ asInput });
    expect(run.errors).toEqual([]);
    expectNoLeak(run);
    for (const { name } of secretCanaries) expect(namesIn(run.seen)).toContain(name); // they were all in use
  });

  test.each(ends)("when the answer is %s", async (_label, operation) => {
    const run = await runEverything({ operation });
    expect(run.errors).not.toEqual([]);
    expectNoLeak(run);
  });

  test.each(ends)("when a token is answered by %s", async (_label, token) => {
    const run = await runEverything({ token });
    expect(run.errors).not.toEqual([]);
    expectNoLeak(run);
  });

  test.each(forms)("when everything fails, with keys given as %s", async (_form, asInput) => {
    for (const [, reply] of quotingErrors().slice(0, 3)) {
      expectNoLeak(await runEverything({ operation: reply, asInput }));
      expectNoLeak(await runEverything({ token: reply, asInput }));
    }
  });
});

test("every operation of the clients was run", () => {
  const operations = (client: object) =>
    Object.entries(client).flatMap(([name, resource]) =>
      typeof resource === "object"
        ? Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).map((method) => `${name}.${method}`)
        : [],
    );
  const asked = (client: object) =>
    [
      ...operations(client).filter((name) => !name.endsWith(".constructor")),
      ...Object.getOwnPropertyNames(Object.getPrototypeOf(client)),
    ].filter((name) => !["constructor", "supports", "parseCallback"].includes(name));
  const { subscriptionKey, apiUser, apiKey, consumerKey, consumerSecret } = secrets;
  const mtn = new MtnMomoClient({ environment: "sandbox", collection: { subscriptionKey, apiUser, apiKey } });
  const mpesa = new MpesaClient({ environment: "sandbox", consumerKey, consumerSecret, shortcode: "600000" });
  expect(Object.keys(mtnCalls).sort()).toEqual(asked(mtn).sort());
  expect(Object.keys(mpesaCalls).sort()).toEqual(
    asked(mpesa)
      .filter((name) => name !== "payOut")
      .sort(),
  );
});

test("the provider did quote keys, tokens and phone numbers", async () => {
  for (const [, operation] of quotingErrors()) {
    const quoted = namesIn((await runEverything({ operation })).said);
    for (const name of [
      "subscriptionKey",
      "mtnToken",
      "mpesaToken",
      "passkey",
      "callbackPath",
      "mtn phone",
      "mpesa phone",
    ]) {
      expect(quoted).toContain(name);
    }
  }
});

describe("what a provider puts in the wrong place is in no log or error", () => {
  test.each(misplacedQuotes())("%s", async (_place, replies) => {
    for (const operation of replies) expectNoLeak(await runEverything({ operation }));
  });

  test.each(misplacedQuotes())("%s, when a token is asked for", async (_place, replies) => {
    for (const token of replies) expectNoLeak(await runEverything({ token }));
  });
});

test("a key that can't be put into a header is in no log or error", async () => {
  const run = await runEverything({ asInput: (value) => `${value}\nthe line below it, copied by mistake` });
  expect(run.errors).not.toEqual([]);
  expectNoLeak(run);
});

test("a token store that quotes the token in its error tells nothing", async () => {
  const fail = async (_key: string, token: StoredToken): Promise<never> => {
    throw new Error(`ERR unknown command 'SETX', with args beginning with: '${JSON.stringify(token)}'`);
  };
  const run = await runEverything({
    tokenStore: { get: async () => undefined, set: fail, delete: async () => {} },
  });
  expect(run.told.some(({ text }) => text.includes("the token store failed"))).toBe(true);
  expectNoLeak(run);
});

test("an abort in flight tells nothing", async () => {
  const clock = createManualClock();
  const { consumerKey, consumerSecret, passkey, mpesaToken } = secrets;
  const keys = { consumerKey, consumerSecret, passkey, shortcode: "600000" };
  const { fetch } = createEchoingProvider({
    operation: () => new Promise(() => {}),
    accessToken: mpesaToken,
  });
  const client = new MpesaClient({ environment: "sandbox", ...keys, callbackUrl, clock, fetch });
  const controller = new AbortController();
  const request = { phoneNumber: phones.mpesa, amount: kes(10), accountReference: "A", description: "B" };
  const pushing = client.stk.push(request, { signal: controller.signal }).catch((error: unknown) => error);
  await clock.advance(1_000);
  controller.abort();
  const error = await pushing;
  expect(error).toMatchObject({ code: "outcome_unknown", cause: { name: "AbortError" } });
  expectErrorWithoutLeak(error);
});

test("options that are refused are not quoted", () => {
  const { apiKey, callbackPath, consumerKey, consumerSecret, passkey, subscriptionKey } = secrets;
  const addresses = {
    baseUrl: `https://user:${apiKey}@api.example`,
    callbackUrl: `http://${callbackPath}.example/exe`,
  };
  const collection = { subscriptionKey, apiUser: "", apiKey };
  const misplaced = { consumerKey: "", consumerSecret, passkey, shortcode: consumerKey, till: passkey };
  for (const create of [
    () => new MtnMomoClient({ environment: apiKey as "sandbox", collection, ...addresses }),
    () => new MpesaClient({ environment: "production", ...misplaced, ...addresses }),
  ]) {
    let thrown: unknown;
    try {
      create();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ConfigurationError);
    expectErrorWithoutLeak(thrown);
  }
});

test.each([phones.mpesa, `+${phones.mpesa}`, `${phones.mtn}9`, `${phones.mtn} x`])(
  "the phone number %s, which is refused, is masked",
  async (payer) => {
    const collection = { subscriptionKey: "a", apiUser: "b", apiKey: "c" };
    const client = new MtnMomoClient({ environment: "mtnuganda", collection });
    const asking = client.collection.requestToPay({ payer, amount: { amount: "10", currency: "UGX" } });
    const error = await asking.catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "request_invalid" });
    expectErrorWithoutLeak(error);
  },
);

describe("the check itself catches", () => {
  const { apiKey } = secrets;
  const said = { message: "No answer.", remedy: "None.", timedOut: false };
  const headers = new Map([["key", apiKey]]);

  test.each<[string, unknown]>([
    ["text", `the key is ${apiKey}`],
    ["capitals", apiKey.toUpperCase()],
    ["its first half", `${apiKey.slice(0, 16)}…`],
    ["its second half", `****${apiKey.slice(-16)}`],
    ["a message", new ConnectionError({ ...said, message: `refused: ${apiKey}` })],
    ["a cause", new ConnectionError({ ...said, cause: new Error(apiKey) })],
    ["a cause of a cause", new Error("a", { cause: new Error("b", { cause: { apiKey } }) })],
    ["a property", Object.assign(new Error("x"), { apiKey })],
    ["a hidden property", Object.defineProperty(new Error("x"), "request", { value: { headers } })],
    ["a symbol", { [Symbol("headers")]: { [apiKey]: 1 } }],
    ["deep down", { a: [[[[[[[[{ apiKey }]]]]]]]] }],
    ["a set", new Set([apiKey])],
    ["bytes", Buffer.from(`key ${apiKey}`)],
    ["a typed array", new TextEncoder().encode(apiKey)],
    ["hex", Buffer.from(apiKey).toString("hex").toUpperCase()],
    ["base64", `Basic ${Buffer.from(`user:${apiKey}`).toString("base64")}`],
    ["base64 moved by one", Buffer.from(`user1${apiKey}!`).toString("base64")],
    ["base64 moved by two", Buffer.from(`user12${apiKey}?`).toString("base64url")],
    ["reversed", [...apiKey].reverse().join("")],
    ["a getter", Object.defineProperty({}, "apiKey", { get: () => apiKey })],
    ["toJSON", { toJSON: () => ({ apiKey }) }],
  ])("%s", (_label, value) => {
    expect(findLeaks(showAll("here", value), secretCanaries)).not.toEqual([]);
  });

  test("a URL-encoded secret", () => {
    const canary = { name: "key", value: "a/b+c=d&e?f g" };
    expect(findLeaks(show("here", `?key=${encodeURIComponent(canary.value)}`), [canary])).not.toEqual([]);
  });

  test("a client that keeps a key in the open", () => {
    class LeakingClient {
      constructor(readonly options: { apiKey: string }) {}
    }
    expect(findLeaks(showAll("the client", new LeakingClient({ apiKey })), secretCanaries)).not.toEqual([]);
  });

  test("prints to the terminal", async () => {
    const leak: Reply = ({ request, quote }) => {
      console.debug(quote);
      process.stderr.write(request.headers.get("authorization") ?? "");
      return new Response(null, { status: 500 });
    };
    await runEverything({ operation: leak });
    const places = findLeaks(printed, secretCanaries).join();
    expect(places).toContain("console.debug");
    expect(places).toContain("stderr");
  });

  test("nothing in what is harmless", () => {
    const harmless = [new Secret(apiKey), { amount: kes(10) }, new ConnectionError(said), "2567****456"];
    expectNoLeak({
      told: harmless.flatMap((value) => show("here", value)),
      shown: harmless.flatMap((value) => showAll("here", value)),
    });
  });
});
