import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkErrorPage, checkPage, errorCodes } from "../../scripts/docs.js";

const files: Record<string, string> = {
  "examples/snippets/whole.ts": "const whole = 1;\n",
  "examples/snippets/start.ts": [
    "async function main() {",
    "  // #region pay",
    "  const paid = await pay();",
    "",
    "  if (paid) {",
    "    done();",
    "  }",
    "  // #endregion",
    "}",
    "",
  ].join("\n"),
  "src/secret.ts": "const hidden = 1;\n",
};
const readFile = (path: string) => files[path];
const page = (marker: string, ...block: string[]) =>
  ["# Title", "", marker, "```ts", ...block, "```", ""].join("\n");
const region = ["const paid = await pay();", "", "if (paid) {", "  done();", "}"];

describe("blocks", () => {
  test.each([
    ["a whole file", page("<!-- snippet: examples/snippets/whole.ts -->", "const whole = 1;")],
    ["a region, without its indent", page("<!-- snippet: examples/snippets/start.ts#pay -->", ...region)],
    ["another language", "```sh\nnpm ci && npm test\n```\n"],
    ["two blocks", page("<!-- snippet: examples/snippets/whole.ts -->", "const whole = 1;").repeat(2)],
  ])("equal to its snippet passes: %s", (_, markdown) => {
    expect(checkPage("README.md", markdown, readFile)).toEqual({ text: markdown, problems: [] });
  });

  test.each([
    [
      "a changed block",
      page("<!-- snippet: examples/snippets/whole.ts -->", "const whole = 2;"),
      "differs from",
    ],
    ["no marker", page("", "const whole = 1;"), "no snippet marker"],
    [
      "text after the marker",
      page("<!-- snippet: examples/snippets/whole.ts -->\ntext", "x"),
      "no snippet marker",
    ],
    ["no such file", page("<!-- snippet: examples/snippets/gone.ts -->", "x"), "there is no"],
    ["no such region", page("<!-- snippet: examples/snippets/start.ts#gone -->", "x"), "there is no"],
    [
      "a file that is not compiled as an example",
      page("<!-- snippet: src/secret.ts -->", "x"),
      "there is no",
    ],
    ["a block without an end", "```ts\nconst x = 1;\n", "no end"],
  ])("planted: %s", (_, markdown, problem) => {
    const { problems } = checkPage("README.md", markdown, readFile);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  test("writing fills a block in and leaves the rest alone", () => {
    const before = page("<!-- snippet: examples/snippets/start.ts#pay -->", "old();", "older();");
    const after = page("<!-- snippet: examples/snippets/start.ts#pay -->", ...region);
    const rest = "```ts\nwithout end";
    const { text } = checkPage("README.md", [before, before, rest].join("\n"), readFile);
    expect(text).toBe([after, after, rest].join("\n"));
  });
});

describe("errors", () => {
  const codes = errorCodes(readFileSync("src/core/errors.ts", "utf8"));

  test("the codes are read from the classes", () => {
    expect(codes).toEqual(expect.arrayContaining(["config_invalid", "outcome_unknown", "no_tariff"]));
    expect(codes).toHaveLength(17);
  });

  test("planted: a code without a section, and a section without a code", () => {
    const pageOf = (...titles: string[]) => titles.map((title) => `## ${title}\n\nText.\n`).join("\n");
    expect(checkErrorPage(codes, pageOf("How to read this", ...codes))).toEqual([]);
    expect(checkErrorPage(codes, pageOf(...codes.slice(1)))).toEqual([
      expect.stringContaining(`"## ${codes[0]}"`),
    ]);
    expect(checkErrorPage(codes, pageOf(...codes, "old_code"))).toEqual([
      expect.stringContaining("old_code"),
    ]);
  });
});
