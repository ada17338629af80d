import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUuidV4, systemRandom } from "../../src/core/uuid.js";

const uuid = "8c4f2d57-0f5e-4a53-8a7e-6b8f6d7d0c21";

describe("isUuidV4", () => {
  test("takes every version 4 UUID, in capitals too", () => {
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), (uuid) => {
        expect(isUuidV4(uuid)).toBe(true);
        expect(isUuidV4(uuid.toUpperCase())).toBe(true);
      }),
    );
  });

  test("refuses every other version", () => {
    const version = fc.constantFrom(1 as const, 2 as const, 3 as const, 5 as const, 7 as const);
    fc.assert(
      fc.property(
        version.chain((version) => fc.uuid({ version })),
        (uuid) => {
          expect(isUuidV4(uuid)).toBe(false);
        },
      ),
    );
  });

  test.each([
    "",
    "order-1042",
    uuid.slice(1),
    `${uuid}0`,
    `${uuid}\n`,
    ` ${uuid}`,
    `{${uuid}}`,
    `urn:uuid:${uuid}`,
    uuid.replaceAll("-", ""),
    uuid.replace("-8a7e", "-ca7e"),
    uuid.replace("8c4f", "8g4f"),
    `${uuid}\r\nX-Other: 1`,
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
  ])("refuses %j", (text) => {
    expect(isUuidV4(text)).toBe(false);
  });
});

describe("systemRandom", () => {
  test("makes a new version 4 UUID each time, in lower case", () => {
    const uuids = Array.from({ length: 1_000 }, () => systemRandom.uuid());
    expect(new Set(uuids).size).toBe(1_000);
    for (const uuid of uuids) expect(isUuidV4(uuid) && uuid === uuid.toLowerCase()).toBe(true);
  });

  test("makes fractions in [0, 1)", () => {
    const fractions = Array.from({ length: 1_000 }, () => systemRandom.fraction());
    for (const fraction of fractions) expect(fraction >= 0 && fraction < 1).toBe(true);
    expect(new Set(fractions).size).toBeGreaterThan(900);
  });
});
