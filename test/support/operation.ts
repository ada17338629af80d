import { describe } from "vitest";

/** What is tested of every operation, in the names that the report shows. */
export const caseNames = {
  exactRequest: "exact request",
  accepted: "accepted",
  refused: "refused",
  unanswered: "unanswered",
  malformed: "malformed answer",
} as const;

/** The five cases of one operation; each function defines its tests. */
export type FiveCases = Readonly<Record<keyof typeof caseNames, () => void>>;

/** Defines the five cases of an operation. `test/operations.test.ts` finds them by these very names. */
export function operation(name: string, cases: FiveCases): void {
  describe(name, () => {
    for (const [key, title] of Object.entries(caseNames)) {
      describe(title, cases[key as keyof FiveCases]);
    }
  });
}
