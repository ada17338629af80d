/**
 * Paths with variable parts.
 */

/** Puts values into a path such as `/v1_0/transfer/{referenceId}`, each encoded so that it stays one segment. */
export function fillPath(template: string, parameters: Readonly<Record<string, string>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined || value === "" || /^\.\.?$/.test(value)) {
      throw new TypeError(`${template} needs ${name}.`);
    }
    return encodeURIComponent(value);
  });
}
