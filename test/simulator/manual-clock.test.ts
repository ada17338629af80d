import { createManualClock } from "mobile-money/simulator";
import { expect, test } from "vitest";
import { sleep } from "../../src/core/clock.js";

test("time stands still until it is moved", async () => {
  const clock = createManualClock(1000);
  expect([clock.now(), clock.monotonic()]).toEqual([1000, 0]);
  await clock.advance(250);
  expect([clock.now(), clock.monotonic()]).toEqual([1250, 250]);
});

test("what falls due runs in order, each at its own instant, ties in the order of asking", async () => {
  const clock = createManualClock(0);
  const rung: [string, number][] = [];
  for (const [name, delayMs] of [
    ["c", 30],
    ["a", 10],
    ["b", 20],
    ["b2", 20],
    ["late", 41],
  ] as const) {
    clock.after(delayMs, () => rung.push([name, clock.now()]));
  }
  await clock.advance(40);
  expect(rung).toEqual([
    ["a", 10],
    ["b", 20],
    ["b2", 20],
    ["c", 30],
  ]);
});

test("what a callback or an awaiting function asks for on the way is still in time", async () => {
  const clock = createManualClock(0);
  const seen: number[] = [];
  const walking = (async () => {
    for (let step = 0; step < 5; step++) {
      await sleep(clock, 10);
      seen.push(clock.now());
    }
  })();
  await clock.advance(50);
  await walking;
  expect(seen).toEqual([10, 20, 30, 40, 50]);
});

test("a cancelled callback does not run", async () => {
  const clock = createManualClock();
  let runs = 0;
  clock.after(10, () => {
    runs += 1;
  })();
  await clock.advance(20);
  expect(runs).toBe(0);
});
