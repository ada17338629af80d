/**
 * What may stand in a variable. A message says what is wrong and never repeats the value, which may be a secret.
 */
import * as z from "zod/mini";

/** Reads what stands in a variable, already trimmed and not empty. */
export type Form = z.ZodMiniType<string>;

/** What people and templates write where a value is still to come, and what is left of a value that got lost. */
const placeholder =
  /^(<.*>|\[.*\]|\{\{.*\}\}|\$\{.*\}|change.?(me|it|this)|replace.?(me|this)|your[-_ ].*|.*[-_ ]here|to.?do|tbd|placeholder|example|dummy|secret|password|undefined|null|none|[x*.?_-]{3,})$/i;
const inQuotes = /^(["'`]).*\1$/s;

const anyText = z.string("is not text").check(
  z.refine((text) => !inQuotes.test(text), "stands in quotes"),
  z.refine((text) => !placeholder.test(text), "is a placeholder"),
);

/** Any text; the provider's own check knows more. */
export const text: Form = anyText;

/** A key. It travels in a header or is hashed, so a stray blank or line break inside is a slip of the paste. */
export const key: Form = anyText.check(
  z.regex(/^[\x21-\x7e]+$/, "has a blank, a line break or a character outside ASCII"),
);

/** A UUID of any version. */
export const uuid: Form = anyText.check(z.guid("is not a UUID"));

/** An address to which a path may be added. */
export const address: Form = anyText.check(
  z.url({ protocol: /^https?$/, error: "is not an http or https address" }),
  z.regex(/^[^?#\s]*$/, "has a query, a fragment or a blank"),
);

/** PAYMENT_TEST_MODE, read as the name of the environment. Django writes True and False; a Worker may bind a boolean. */
export const testMode: Form = z.pipe(
  z.union(
    [z.boolean(), z.stringbool({ truthy: ["true", "1", "yes", "on"], falsy: ["false", "0", "no", "off"] })],
    "is neither true nor false",
  ),
  z.transform((isTest) => (isTest ? "sandbox" : "production")),
);
