import { describe, expect, test, vi } from "vitest";
import {
  createTelemetry,
  type Hooks,
  type Logger,
  type RequestEvent,
  type ResponseEvent,
  type RetryEvent,
  type Telemetry,
} from "../../src/core/telemetry.js";

const request: RequestEvent = {
  provider: "mpesa",
  operation: "stk.push",
  attempt: 1,
  method: "POST",
  path: "/pay/{id}",
};
const response: ResponseEvent = { ...request, durationMs: 12, status: 200, verdict: "accepted" };
const refused: ResponseEvent = { ...response, status: 400, verdict: "rejected" };
const retry: RetryEvent = { ...request, delayMs: 250, because: "not_sent" };

const createLogger = () =>
  ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }) satisfies Logger;
const tellAll = (telemetry: Telemetry) => {
  telemetry.request(request);
  telemetry.response(response);
  telemetry.response(refused);
  telemetry.retry(retry);
  telemetry.storeFailed("mpesa", new Error("store down"));
};

describe("createTelemetry", () => {
  test("tells the logger: debug for what is usual, warn for what is not", () => {
    const logger = createLogger();
    tellAll(createTelemetry(logger, undefined));
    expect(logger.debug.mock.calls).toEqual([
      ["request sent", request],
      ["request ended", response],
    ]);
    expect(logger.warn.mock.calls).toEqual([
      ["request ended", refused],
      ["request will be made again", retry],
      ["the token store failed", { provider: "mpesa", error: "Error: store down" }],
    ]);
    expect(logger.info).not.toHaveBeenCalled();
    expect(logger.error).not.toHaveBeenCalled();
  });

  test("tells the hooks", () => {
    const hooks = { request: vi.fn(), response: vi.fn(), retry: vi.fn() };
    tellAll(createTelemetry(undefined, hooks));
    expect(hooks.request.mock.calls).toEqual([[request]]);
    expect(hooks.response.mock.calls).toEqual([[response], [refused]]);
    expect(hooks.retry.mock.calls).toEqual([[retry]]);
  });

  test("works without either, and with some hooks missing", () => {
    expect(() => tellAll(createTelemetry(undefined, undefined))).not.toThrow();
    expect(() => tellAll(createTelemetry(undefined, {}))).not.toThrow();
  });

  test("calls a logger's methods as methods", () => {
    const lines: string[] = [];
    class ClassLogger implements Logger {
      readonly lines = lines;
      debug(message: string) {
        this.lines.push(message);
      }
      info = this.debug;
      warn = this.debug;
      error = this.debug;
    }
    tellAll(createTelemetry(new ClassLogger(), undefined));
    expect(lines).toHaveLength(5);
  });

  test("gives the logger fields of its own, so that one that changes them changes nothing else", () => {
    const seen: RequestEvent[] = [];
    const logger = {
      ...createLogger(),
      debug: (_message: string, fields?: object) => Object.assign(fields ?? {}, { provider: "changed" }),
    };
    createTelemetry(logger, undefined).request(request);
    createTelemetry(undefined, { request: (event) => void seen.push(event) }).request(request);
    expect(seen).toEqual([{ ...request, provider: "mpesa" }]);
  });

  test("swallows what logger and hooks throw, and tells the other one all the same", () => {
    const fail = () => {
      throw new Error("observer");
    };
    const logger = createLogger();
    const hooks: Hooks = { request: fail, response: fail, retry: fail };
    expect(() => tellAll(createTelemetry(logger, hooks))).not.toThrow();
    expect(logger.debug).toHaveBeenCalledTimes(2);

    const hook = vi.fn();
    const broken: Logger = { debug: fail, info: fail, warn: fail, error: fail };
    expect(() => tellAll(createTelemetry(broken, { request: hook }))).not.toThrow();
    expect(hook).toHaveBeenCalledTimes(1);
  });

  test("swallows what an async hook rejects with: an unhandled rejection would end the process", () => {
    const rejected = Promise.reject(new Error("observer"));
    rejected.catch(() => {}); // for this test's own sake
    const handled = vi.spyOn(rejected, "then");
    const hook = (() => rejected) as () => void;
    createTelemetry(undefined, { request: hook, response: hook, retry: hook }).request(request);
    expect(handled).toHaveBeenCalled();
    expect(handled.mock.calls.some(([, onRejected]) => typeof onRejected === "function")).toBe(true);
  });

  test("takes a token out of what a store's error says", () => {
    const logger = createLogger();
    // Redis quotes the arguments of a command that it does not take.
    const error = new Error(
      "ERR unknown command 'SETX', with args beginning with: 'c9SQxWWhmdVRlyh0zh8gZDTkubVF'",
    );
    createTelemetry(logger, undefined).storeFailed("mpesa", error);
    expect(JSON.stringify(logger.warn.mock.calls)).toContain("ERR unknown command");
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain("c9SQ");
  });

  test("does not throw for a store's error that can't be made text", () => {
    const logger = createLogger();
    const telemetry = createTelemetry(logger, undefined);
    expect(() => telemetry.storeFailed("mpesa", Object.create(null))).not.toThrow();
    expect(() => telemetry.storeFailed("mpesa", Symbol("x"))).not.toThrow();
  });
});
