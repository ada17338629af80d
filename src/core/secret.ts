/**
 * Values that must never be printed.
 */

const shown = "[REDACTED]";

/**
 * A secret that shows itself as `[REDACTED]` wherever it is printed, logged or serialised. Taken wherever a credential
 * is taken.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    // Node's util.inspect asks for this symbol.
    Object.defineProperty(this, Symbol.for("nodejs.util.inspect.custom"), { value: () => shown });
  }

  /** The value itself. Call it as late as possible, and keep the result nowhere. */
  reveal(): string {
    return this.#value;
  }

  /** Always `[REDACTED]`. */
  toString(): string {
    return shown;
  }

  /** Always `[REDACTED]`. */
  toJSON(): string {
    return shown;
  }
}

/**
 * A credential: plain text, a `Secret`, or a function that fetches it, for instance from a key management service.
 * The function is called whenever the value is needed, so it may cache and rotate.
 */
export type SecretInput = string | Secret | (() => Promise<string>);

/** The plain text of a credential. */
export async function revealSecret(input: SecretInput): Promise<string> {
  if (typeof input === "string") return input;
  return typeof input === "function" ? input() : input.reveal();
}

/** Whether a credential was given at all; a function counts as given. */
export function isSecretGiven(input: SecretInput | undefined): boolean {
  if (typeof input === "function") return true;
  // Not by `instanceof`: a Secret may come from the package's other copy, ES module beside CommonJS.
  const text = typeof input === "string" ? input : input?.reveal?.();
  return typeof text === "string" && text.trim() !== "";
}
