import { inspect } from "node:util";

/** A fake secret that must never be seen outside a request. */
export interface Canary {
  readonly name: string;
  readonly value: string;
}

/** A text that somebody could read, and where. */
export interface Exhibit {
  readonly where: string;
  readonly text: string;
}

/** Every way to print a value: as text, as JSON, cloned, and to the bottom of util.inspect, hidden properties included. */
export function showAll(where: string, value: unknown): Exhibit[] {
  const toTheBottom = {
    depth: Number.POSITIVE_INFINITY,
    maxArrayLength: null,
    maxStringLength: null,
  } as const;
  const ways: Record<string, () => unknown> = {
    clone: () => inspect(structuredClone(value), toTheBottom),
    hidden: () => inspect(value, { ...toTheBottom, showHidden: true, getters: true }),
    raw: () => inspect(value, { ...toTheBottom, showHidden: true, customInspect: false }),
  };
  return [...show(where, value), ...render(where, ways)];
}

/** The usual ways to print a value, as a log or an error page does: hidden properties stay hidden. */
export function show(where: string, value: unknown): Exhibit[] {
  const ways: Record<string, () => unknown> = {
    text: () => String(value),
    json: () => JSON.stringify(value),
    inspect: () =>
      inspect(value, { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null }),
    message: () => (value as Error).message,
    stack: () => (value as Error).stack,
    toJSON: () => inspect((value as { toJSON(): unknown }).toJSON(), { depth: Number.POSITIVE_INFINITY }),
  };
  const cause = value instanceof Error ? value.cause : undefined;
  return [...render(where, ways), ...(cause === undefined ? [] : show(`${where}.cause`, cause))];
}

/** Where these canaries can be read, in any of the forms that code gives to a text. */
export function findLeaks(exhibits: readonly Exhibit[], canaries: readonly Canary[]): string[] {
  const whole = normalise(exhibits.map(({ text }) => text).join("\n"));
  return canaries.flatMap(({ name, value }) =>
    formsOf(value)
      .filter(([, form]) => whole.includes(normalise(form)))
      .map(([form, text]) => {
        const found = exhibits.filter((exhibit) => normalise(exhibit.text).includes(normalise(text)));
        const places = [...new Set(found.map(({ where }) => where))];
        return `${name}, ${form}, in ${places.slice(0, 3).join(" and ")}, ${places.length} places in all`;
      }),
  );
}

function render(where: string, ways: Readonly<Record<string, () => unknown>>): Exhibit[] {
  return Object.entries(ways).flatMap(([way, print]) => {
    try {
      return [{ where: `${where} (${way})`, text: String(print()) }];
    } catch {
      return []; // a value that can't be printed so shows nothing
    }
  });
}

/** Letter case and the two alphabets of base64 make no difference to who reads it. */
function normalise(text: string): string {
  return text.toLowerCase().replaceAll("-", "+").replaceAll("_", "/");
}

function formsOf(value: string): [form: string, text: string][] {
  const bytes = Buffer.from(value);
  const half = Math.ceil(value.length / 2);
  return [
    ["plain", value],
    ["its first half", value.slice(0, half)],
    ["its second half", value.slice(half)],
    ["reversed", [...value].reverse().join("")],
    ["URL-encoded", encodeURIComponent(value)],
    ["hex", bytes.toString("hex")],
    ["as a list of bytes", [...bytes].join(",")],
    ["as a list of bytes", [...bytes].join(", ")],
    ...[0, 1, 2].map((before): [string, string] => [
      `base64 after ${before} bytes`,
      innerBase64(bytes, before),
    ]),
  ];
}

/** The part of the base64 of a longer text that depends on these bytes alone; it differs with what stands before them. */
function innerBase64(bytes: Buffer, before: number): string {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  return encoded.slice(Math.ceil((before * 8) / 6), -1);
}
