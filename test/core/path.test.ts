import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillPath } from "../../src/core/path.js";

describe("fillPath", () => {
  test.each([
    ["/v1_0/transfer/{id}", { id: "8c4f2d57" }, "/v1_0/transfer/8c4f2d57"],
    ["/a/{x}/b/{y}", { x: "1", y: "2" }, "/a/1/b/2"],
    ["/a/{x}/b/{x}", { x: "1" }, "/a/1/b/1"],
    ["/token/", {}, "/token/"],
    ["/a/{x}", { x: "{y}", y: "2" }, "/a/%7By%7D"],
    ["/a/{x}", { x: "$&" }, "/a/%24%26"],
  ])("%s with %j", (template, parameters, path) => {
    expect(fillPath(template, parameters)).toBe(path);
  });

  test("leaves a path without variable parts as it is", () => {
    expect(fillPath("/token/")).toBe("/token/");
  });

  test.each([undefined, "", ".", ".."])("refuses %j, which would name another resource", (id) => {
    const parameters = (id === undefined ? {} : { id }) as Record<string, string>;
    expect(() => fillPath("/transfer/{id}", parameters)).toThrow(new TypeError("/transfer/{id} needs id."));
  });

  test("refuses half a surrogate pair", () => {
    expect(() => fillPath("/transfer/{id}", { id: "\ud800" })).toThrow(URIError);
  });

  const traps = fc.constantFrom(
    "/",
    "\\",
    "..",
    "%2e%2e",
    "%2F",
    "?",
    "#",
    ";",
    "@",
    ":",
    "//",
    "\r\n",
    "\t",
    "\0",
    " ",
  );
  const part = fc.oneof(
    fc.string({ unit: "binary" }),
    traps,
    fc.array(traps).map((parts) => parts.join("")),
  );

  test("keeps any text one segment, which reads back as that text", () => {
    fc.assert(
      fc.property(part, (id) => {
        fc.pre(id !== "" && id !== "." && id !== "..");
        const url = new URL(`https://api.test${fillPath("/a/{id}/c", { id })}`);
        expect(url.host).toBe("api.test");
        expect(url.search + url.hash).toBe("");
        const [, a, middle = "", c, ...more] = url.pathname.split("/");
        expect([a, c, more]).toEqual(["a", "c", []]);
        expect(decodeURIComponent(middle)).toBe(id);
      }),
      { numRuns: 5_000 },
    );
  });
});
