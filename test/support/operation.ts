import { describe } from "vitest";

/** What is tested of every operation, in the words that the report shows. */
const titles = {
  exactRequest: "exact request",
  accepted: "accepted",
  refused: "refused",
  unanswered: "unanswered",
  malformed: "malformed answer",
} as const;

/** The five cases of one operation. Each function defines tests; vitest fails a case that defines none. */
export type FiveCases = Readonly<Record<keyof typeof titles, () => void>>;

/** Defines the five cases of an operation. `test/operations.test.ts` looks for this very call, with the name written out. */
export function operation(name: string, cases: FiveCases): void {
  describe(name, () => {
    for (const [key, title] of Object.entries(titles)) {
      const define = cases[key as keyof FiveCases];
      if (typeof define !== "function") throw new Error(`${name} lacks its case "${title}".`);
      describe(title, define);
    }
  });
}
