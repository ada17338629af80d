import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { inlinedPackages, notices } from "../../scripts/notices.js";

/** A folder of installed packages that holds one package with this licence text. */
function installed(licence: Record<string, string>): string {
  const modules = mkdtempSync(join(tmpdir(), "mobile-money-"));
  onTestFinished(() => rmSync(modules, { recursive: true }));
  mkdirSync(join(modules, "planted"));
  writeFileSync(join(modules, "planted", "package.json"), '{ "version": "1.2.3", "license": "MIT" }');
  for (const [file, text] of Object.entries(licence)) writeFileSync(join(modules, "planted", file), text);
  return modules;
}

test("THIRD_PARTY_NOTICES holds the licences as installed", () => {
  expect(readFileSync("THIRD_PARTY_NOTICES", "utf8")).toBe(notices(inlinedPackages));
});

test("planted: another licence text or version changes the notices, a missing text is an error", () => {
  const text = notices(["planted"], installed({ "LICENSE.md": "Copyright A" }));
  expect(text).toContain("planted 1.2.3 (MIT)\n\nCopyright A\n");
  expect(notices(["planted"], installed({ "LICENSE.md": "Copyright B" }))).not.toBe(text);
  expect(() => notices(["planted"], installed({}))).toThrow("planted ships no licence text");
});
