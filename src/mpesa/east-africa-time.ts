/**
 * East Africa Time: UTC+3 all year, the zone of every date that Daraja writes. No page names it; the samples of
 * Daraja's documentation fit no other (read 2026-11).
 */

const offsetMs = 3 * 60 * 60 * 1_000;

/** An instant as Daraja's `YYYYMMDDHHmmss`. */
export function formatEastAfricaTime(epochMs: number): string {
  return new Date(epochMs + offsetMs).toISOString().slice(0, 19).replace(/\D/g, "");
}

/** Daraja's `YYYYMMDDHHmmss` as an ISO instant; `undefined` when it is no such date. */
export function parseEastAfricaTime(digits: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const epochMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+03:00`);
  if (Number.isNaN(epochMs) || formatEastAfricaTime(epochMs) !== digits) return undefined;
  return new Date(epochMs).toISOString();
}
