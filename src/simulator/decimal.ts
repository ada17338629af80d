/**
 * Amounts as the wire writes them: decimal text outside, whole ten-thousandths inside.
 */

const scale = 4;
const pattern = new RegExp(`^\\d{1,15}(\\.\\d{1,${scale}})?$`);

/** Whether the text is a decimal above zero, such as `"15000"` or `"12.50"`. */
export function isPositiveDecimal(text: string): boolean {
  return pattern.test(text) && toUnits(text) > 0n;
}

/** The amount in ten-thousandths. */
export function toUnits(text: string): bigint {
  if (!pattern.test(text)) throw new TypeError(`Not an amount: "${text}"`);
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(scale, "0"));
}

/** The shortest decimal text of the amount: `"12.50"` becomes `"12.5"`, `"5.0"` becomes `"5"`. */
export function shortest(text: string): string {
  return fromUnits(toUnits(text));
}

/** The shortest decimal text for ten-thousandths, zero or more. */
export function fromUnits(units: bigint): string {
  const digits = units.toString().padStart(scale + 1, "0");
  const fraction = digits.slice(-scale).replace(/0+$/, "");
  return `${digits.slice(0, -scale)}${fraction && `.${fraction}`}`;
}
