import { afterEach, describe, expect, test, vi } from "vitest";
import { type ClientOptions, settleClientOptions } from "../../src/core/client-options.js";
import { systemClock } from "../../src/core/clock.js";
import { systemRandom } from "../../src/core/uuid.js";
import { createManualClock } from "../support/manual-clock.js";

const host = "https://api.test";
const settle = (options: ClientOptions = {}) => settleClientOptions(options, host);
const fieldsOf = (options: ClientOptions) => settle(options).problems.map(({ field }) => field);

afterEach(() => vi.unstubAllGlobals());

describe("settleClientOptions", () => {
  test("has a default for everything", () => {
    const { settings, problems } = settle();
    expect(problems).toEqual([]);
    expect(settings).toStrictEqual({
      account: undefined,
      callbackUrl: undefined,
      baseUrl: host,
      isLocal: false,
      fetch: expect.any(Function),
      timeoutMs: 30_000,
      tokenStore: undefined,
      clock: systemClock,
      random: systemRandom,
      telemetry: expect.any(Object),
      allowUnusualMsisdn: false,
    });
  });

  test("keeps what is given", () => {
    const given = {
      account: "main",
      callbackUrl: () => "https://shop.example/hooks",
      baseUrl: "http://127.0.0.1:8080",
      fetch: async () => new Response(),
      timeoutMs: 5,
      tokenStore: { get: async () => undefined, set: async () => {}, delete: async () => {} },
      clock: createManualClock(),
      random: { uuid: () => "1", fraction: () => 0 },
      allowUnusualMsisdn: true,
    } satisfies ClientOptions;
    const { settings, problems } = settle(given);
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({ ...given, isLocal: true });
  });

  test("looks the platform's fetch up at each call", async () => {
    const { settings } = settle();
    const fetch = vi.fn(async () => new Response("mine"));
    vi.stubGlobal("fetch", fetch);
    const request = new Request(host);
    expect(await (await settings.fetch(request)).text()).toBe("mine");
    expect(fetch.mock.calls).toEqual([[request]]);
  });

  test("joins logger and hooks", () => {
    const debug = vi.fn();
    const logger = { debug, info: debug, warn: debug, error: debug };
    const request = vi.fn();
    const { settings } = settle({ logger, on: { request } });
    settings.telemetry.request({ provider: "mpesa", operation: "a", attempt: 1, method: "GET", path: "/" });
    expect(debug).toHaveBeenCalledTimes(1);
    expect(request).toHaveBeenCalledTimes(1);
  });

  test.each([
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "30" as unknown as number,
    null as unknown as number,
  ])("refuses a time-out of %j", (timeoutMs) => {
    expect(fieldsOf({ timeoutMs })).toEqual(["timeoutMs"]);
  });

  test("tells of every problem at once", () => {
    expect(fieldsOf({ baseUrl: "http://api.test", timeoutMs: -1 })).toEqual(["baseUrl", "timeoutMs"]);
  });

  test.each([
    ["http://localhost:3000", true],
    ["https://127.0.0.1", true],
    ["https://api.test", false],
    ["http://api.test", false],
    ["not a URL", false],
  ])("%s is local: %s", (baseUrl, isLocal) => {
    expect(settle({ baseUrl }).settings.isLocal).toBe(isLocal);
  });

  test("knows a local address whatever else is wrong, so that no rule for public ones is told with it", () => {
    expect(settle({ baseUrl: "http://localhost:3000", timeoutMs: -1 }).settings.isLocal).toBe(true);
  });
});
