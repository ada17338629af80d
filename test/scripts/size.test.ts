import { expect, test } from "vitest";
import { measure, report } from "../../scripts/size.js";

const ky = "node_modules/ky/distribution/index.js";

test("a bundle is weighed with its dependencies, minified and compressed", async () => {
  const { gzipBytes, bytesByPackage } = await measure(ky);
  expect(Object.keys(bytesByPackage)).toEqual(["ky"]);
  expect(gzipBytes).toBeGreaterThan(1_000);
  expect(gzipBytes).toBeLessThan(bytesByPackage["ky"] ?? 0);
});

test("planted: a budget of one byte fails, the exact size passes", async () => {
  const size = await measure(ky);
  expect(report("./planted", size, 1)).toMatch(/^FAIL .\/planted/);
  expect(report("./planted", size, size.gzipBytes - 1)).toMatch(/^FAIL/);
  expect(report("./planted", size, size.gzipBytes)).toMatch(/^ok/);
});
