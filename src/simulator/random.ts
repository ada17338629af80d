/**
 * Seeded randomness: the same seed makes the same ids, keys and choices, in the same order.
 */

/** Where every id and key of a simulator comes from. Not for secrets: it can be predicted from the seed. */
export interface SeededRandom {
  /** A whole number from 0 up to, but not including, `below`. */
  integer(below: number): number;
  /** Text of `length` characters, each taken from `alphabet`. */
  text(length: number, alphabet: string): string;
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
  /** A decimal number of exactly `length` digits, the first of which is not 0. */
  digits(length: number): string;
  /** A UUID of version 4. */
  uuid(): string;
}

/** Makes the generator; without a seed it starts anywhere. */
export function createSeededRandom(seed?: number): SeededRandom {
  let state = (seed ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> 0;

  // mulberry32: small, fast, and good enough to tell ids apart.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  const text = (length: number, alphabet: string): string =>
    Array.from({ length }, () => alphabet[integer(alphabet.length)]).join("");
  const hex = (length: number): string => text(length, "0123456789abcdef");

  return {
    integer,
    text,
    hex,
    digits: (length) => text(1, "123456789") + text(length - 1, "0123456789"),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${text(1, "89ab")}${hex(3)}-${hex(12)}`,
  };
}
