const PLAIN = /^[A-Za-z0-9_./:=@%+,-]+$/;

/**
 * One argument as a POSIX shell reads it back unchanged.
 * Source: IEEE Std 1003.1, Shell Command Language, 2.2.2 Single-Quotes.
 */
export function posixQuote(argument: string): string {
  return isPlain(argument) && !argument.includes("=") ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** Whether a text means itself in a shell, inside and outside of quotes. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}
