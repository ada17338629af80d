/**
 * Where the demo writes.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters, styleText } from "node:util";

/** A terminal, or a pipe that has none of its abilities. */
export interface Terminal {
  readonly print: (line: string) => void;
  readonly isColoured: boolean;
  /** Rest after each line, so that a person can read along. */
  readonly pauseMs: number;
}

/** What a piece of text is, rather than how it looks. */
export type Style = "heading" | "faint" | "good" | "bad" | "doubtful";

const looks = { heading: "bold", faint: "dim", good: "green", bad: "red", doubtful: "yellow" } as const;

/** Prints lines one by one, in the order in which they were added; a line may become known later. */
export class Page {
  readonly #terminal: Terminal;
  #last: Promise<void> = Promise.resolve();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Adds a line. Those after it wait until it is known. */
  add(line: string | Promise<string>): void {
    this.#last = this.#last.then(async () => {
      this.#terminal.print(await line);
      if (this.#terminal.pauseMs > 0) await sleep(this.#terminal.pauseMs);
    });
  }

  /** Resolves when everything so far is printed. */
  printed(): Promise<void> {
    return this.#last;
  }

  /** The text in its style; as it is where there is no colour. */
  paint(style: Style, text: string): string {
    return this.#terminal.isColoured ? styleText(looks[style], text, { validateStream: false }) : text;
  }
}

/** Lines of at most `width` characters, broken between words. Colours take no room. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (stripVTControlCharacters(longer).length <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
