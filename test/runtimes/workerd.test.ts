/**
 * One client for all requests of a Worker, where I/O belongs to the request that began it.
 */
import { get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { bundle } from "../../scripts/bundle.js";
import { load, place } from "./matrix.js";
import { startUpstream } from "./upstream.js";

/** The part of Miniflare that is used here. */
interface Miniflare {
  /** Where the Worker listens. */
  readonly ready: Promise<URL>;
  dispose(): Promise<void>;
}

async function startWorker(file: string, upstream: string): Promise<Miniflare> {
  const { code } = await bundle({
    entryPoints: [place(file)],
    define: { UPSTREAM: JSON.stringify(upstream) },
  });
  const { Miniflare } = load<{ Miniflare: new (options: object) => Miniflare }>("miniflare");
  // The date must not be later than the newest that this Miniflare's workerd knows.
  return new Miniflare({ modules: true, script: code, compatibilityDate: "2026-04-01" });
}

/**
 * Sends twenty requests to a cold Worker and aborts the first, which has begun to fetch a token. Returns how the others
 * ended, and the paths that the provider was asked for.
 */
async function abortTheFirst(file: string) {
  const upstream = await startUpstream({ tokenDelayMs: 500 });
  const worker = await startWorker(file, upstream.url);
  try {
    const url = await worker.ready;
    const first = get(url).on("error", () => {});
    await vi.waitFor(() => expect(upstream.paths).toHaveLength(1));
    const others = Array.from({ length: 19 }, async () => {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      return `${response.status} ${await response.text()}`;
    });
    await wait(200);
    // workerd ends a request's work when its connection is reset; a connection that is merely closed lets it go on.
    first.socket?.resetAndDestroy();
    return { others: await Promise.all(others.map((other) => other.catch(String))), paths: upstream.paths };
  } finally {
    await worker.dispose();
    await upstream.close();
  }
}

const paymentPath = "/collection/v1_0/requesttopay";

test("when the first of 20 concurrent cold requests is aborted, all others succeed", async () => {
  const { others, paths } = await abortTheFirst("worker.mjs");
  expect(others).toEqual(Array(19).fill("200 pending"));
  expect(paths.filter((path) => path === paymentPath)).toHaveLength(19);
});

test("planted: requests that await the token request of the aborted one never end", async () => {
  const { others, paths } = await abortTheFirst("sharing-worker.mjs");
  expect(others).not.toContain("200 pending");
  expect(paths).not.toContain(paymentPath);
});
