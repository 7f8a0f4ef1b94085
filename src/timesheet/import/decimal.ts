/** Reads decimal numbers exactly and turns them into whole units: seconds, or minor units of a currency. */

/** `digits` divided by ten to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Undefined where it is not a plain number: no thousands marks, as "1,234" is a thousand to one and one to another. */
export function parseDecimal(text: string, mark: "." | ","): Decimal | undefined {
  const match = (mark === "," ? COMMA : POINT).exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (whole + fraction === "") return undefined;
  return { digits: BigInt(`${sign === "-" ? "-" : ""}${whole}${fraction}`), scale: fraction.length };
}

const POINT = /^([+-]?)(\d{0,15})(?:\.(\d{0,15}))?$/;
const COMMA = /^([+-]?)(\d{0,15})(?:,(\d{0,15}))?$/;

/** The number times `factor`, rounded half away from zero; floats would lose a second here and there. */
export function unitsOf({ digits, scale }: Decimal, factor: number): bigint {
  const divisor = 10n ** BigInt(scale);
  const product = digits * BigInt(factor);
  const half = product < 0n ? -divisor : divisor;
  return (2n * product + half) / (2n * divisor);
}

/** The same where nothing has to be rounded away; otherwise undefined. */
export function exactUnitsOf(decimal: Decimal, factor: number): bigint | undefined {
  const units = unitsOf(decimal, factor);
  return units * 10n ** BigInt(decimal.scale) === decimal.digits * BigInt(factor) ? units : undefined;
}
