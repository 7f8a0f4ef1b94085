/** The currencies that an account may count in, and its rates be of. */

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** An ISO 4217 code, in capitals. */
export const isCurrency = (code: string): boolean => CURRENCIES.has(code);
