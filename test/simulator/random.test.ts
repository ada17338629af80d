import fc from "fast-check";
import { expect, test } from "vitest";
import { isUuidV4 } from "../../src/simulator/mtn-momo/request-body.js";
import { createSeededRandom } from "../../src/simulator/random.js";

test("what it makes has the promised shape, and depends on the seed alone", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      const draw = () => {
        const random = createSeededRandom(seed);
        return [random.uuid(), random.digits(10), random.hex(32), random.integer(6)] as const;
      };
      const [uuid, digits, hex, integer] = draw();
      expect(isUuidV4(uuid)).toBe(true);
      expect(digits).toMatch(/^[1-9]\d{9}$/);
      expect(hex).toMatch(/^[0-9a-f]{32}$/);
      expect([0, 1, 2, 3, 4, 5]).toContain(integer);
      expect(draw()).toEqual([uuid, digits, hex, integer]);
    }),
  );
});

test("ids do not repeat", () => {
  const random = createSeededRandom(1);
  expect(new Set(Array.from({ length: 20_000 }, () => random.uuid())).size).toBe(20_000);
});
