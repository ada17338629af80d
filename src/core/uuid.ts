/**
 * References: version 4 UUIDs, chosen before anything is sent.
 */

/** Where randomness comes from. Replace it in tests; in production the default is right. */
export interface Random {
  /** A new version 4 UUID in lower case, such as `crypto.randomUUID()` makes. */
  uuid(): string;
  /** A number in [0, 1), for jitter alone; it need not be unpredictable. */
  fraction(): number;
}

/** The platform's own randomness. */
export const systemRandom: Random = {
  uuid: () => crypto.randomUUID(),
  fraction: () => Math.random(),
};

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether a text is a version 4 UUID, the only kind that MTN takes as a reference (MTN portal, read 2026-11). */
export function isUuidV4(text: string): boolean {
  return uuidV4.test(text);
}
