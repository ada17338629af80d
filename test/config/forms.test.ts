import { describe, expect, test } from "vitest";
import { address, type Form, key, text, uuid } from "../../src/config/forms.js";

/** What a form says about a value; nothing when it takes it. */
function verdict(form: Form, value: unknown): string | undefined {
  return form.safeParse(value).error?.issues[0]?.message;
}

describe("placeholders", () => {
  test.each([
    ...["changeme", "CHANGE_ME", "change-it", "change this", "replaceme", "REPLACE-ME", "placeholder"],
    ...[
      "your-key-here",
      "YOUR_API_KEY",
      "your key",
      "paste-it-here",
      "todo",
      "TO-DO",
      "TBD",
      "example",
      "dummy",
    ],
    ...["xxx", "XXXXXXXX", "xxxxxxxx-xxxx-xxxx", "***", "...", "???", "---", "___"],
    ...["<subscription key>", "<>", "[REDACTED]", "[object Object]", `$${"{API_KEY}"}`, "{{ api_key }}"],
    ...["undefined", "null", "None", "secret", "password"],
  ])("%s", (value) => {
    for (const form of [text, key, uuid, address]) expect(verdict(form, value)).toBe("is a placeholder");
  });

  test.each(['"51ab"', "'51ab'", "`51ab`", '""', '"two\nlines"'])("quotes: %s", (value) => {
    for (const form of [text, key, uuid, address]) expect(verdict(form, value)).toBe("stands in quotes");
  });

  test.each([
    ...[
      "yours",
      "exampled",
      "5123456",
      "xx",
      "x1xx",
      "changemen",
      "secretive",
      "nullable",
      "$ecret1",
      "a<b>",
    ],
    ...["hereabouts", "Safaricom999!*!", "{}x", "+/=+/=", "'tis", 'say"'],
  ])("real: %s", (value) => {
    expect(verdict(text, value)).toBeUndefined();
    expect(verdict(key, value)).toBeUndefined();
  });
});

test.each(["a b", "a\tb", "a\r\nX-Injected: b", "a\u0000b", "a\u00a0b", "a\u200bb", "clé", "а1", "👍"])(
  "a key may not hold %j",
  (value) => {
    expect(verdict(key, value)).toBe("has a blank, a line break or a character outside ASCII");
  },
);

test.each<[value: string, fault: string | undefined]>([
  ["c72025f5-5cd1-4630-99e4-8ba4722fad56", undefined],
  ["C72025F5-5CD1-1630-09E4-8BA4722FAD56", undefined],
  ["c72025f55cd1463099e48ba4722fad56", "is not a UUID"],
  ["{c72025f5-5cd1-4630-99e4-8ba4722fad56}", "is not a UUID"],
  ["c72025f5-5cd1-4630-99e4-8ba4722fad5", "is not a UUID"],
])("the UUID %s", (value, fault) => {
  expect(verdict(uuid, value)).toBe(fault);
});

test.each<[value: string, fault: string | undefined]>([
  ["https://shop.example", undefined],
  ["http://127.0.0.1:3000/hooks/", undefined],
  ["https://shop.example/hooks?", "has a query, a fragment or a blank"],
  ["https://shop.example/hooks#x", "has a query, a fragment or a blank"],
  ["https://shop.example/a b", "has a query, a fragment or a blank"],
  ["shop.example", "is not an http or https address"],
  ["javascript:alert(1)", "is not an http or https address"],
  ["https://", "is not an http or https address"],
])("the address %s", (value, fault) => {
  expect(verdict(address, value)).toBe(fault);
});

test.each([7, 7n, true, {}, [], () => "x", Symbol("x")])("%s is not text", (value) => {
  for (const form of [text, key, uuid, address]) expect(verdict(form, value)).toBe("is not text");
});
