import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** README.md and the pages of docs/, by path. */
function readPages(): Record<string, string> {
  const guides = readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && !path.startsWith("reference"))
    .map((path) => `docs/${path}`);
  return Object.fromEntries(["README.md", ...guides].map((path) => [path, readFileSync(path, "utf8")]));
}

/** Links to a file, a folder or a heading of this repository that is not there. */
export function checkLinks(pages: Readonly<Record<string, string>> = readPages()): string[] {
  return Object.entries(pages).flatMap(([page, text]) =>
    [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
      .map(([, link]) => link as string)
      .filter((link) => !leadsSomewhere(page, link))
      .map((link) => `${page}: there is no ${link}`),
  );
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path, heading] = link.split("#");
  const target = path ? join(dirname(page), path) : page;
  if (!existsSync(target)) return false;
  return heading === undefined || headingsOf(readFileSync(target, "utf8")).includes(heading);
}

/** The anchors that GitHub makes of headings. */
function headingsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    (title as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}
