/**
 * Writes `.env.example` from the table of variables.
 */
import { writeFileSync } from "node:fs";
import { type Variable, variables } from "../src/config/variables.js";
import { isMain } from "./is-main.js";

const head = [
  "The variables that resolveConfig of mobile-money/config reads. Copy this file to .env, fill in what you need, and keep it out of Git.",
  "An empty variable counts as absent. A network of which nothing is set is left out. Examples are invented, but for the shortcode and the passkey that Safaricom publishes for its sandbox.",
];

/** The text of `.env.example`. All but PAYMENT_TEST_MODE is left empty, so that a copy starts in the sandbox. */
export function envExample(): string {
  const sections = [head.flatMap(comment), ...variables.map(describe)];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function describe({ name, meaning, environment, isSecret, required, example }: Variable): string[] {
  const sentence = meaning.charAt(0).toUpperCase() + meaning.slice(1);
  const facts = [
    required ? `Required ${required}.` : "Optional.",
    environment === "both" ? "" : `For ${environment === "sandbox" ? "the sandbox" : "production"} alone.`,
    isSecret ? "Secret." : "",
  ];
  return [
    ...comment(sentence),
    ...comment(facts.filter((fact) => fact !== "").join(" ")),
    ...comment(`Example: ${example}`),
    `${name}=${name === "PAYMENT_TEST_MODE" ? example : ""}`,
  ];
}

/** Comment lines of at most 110 characters, broken between words. */
function comment(text: string): string[] {
  return text.match(/\S.{0,107}(?=\s|$)/g)?.map((line) => `# ${line}`) ?? [];
}

if (isMain(import.meta.url)) writeFileSync(".env.example", envExample());
