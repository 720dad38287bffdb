const PLAIN = /^[A-Za-z0-9_./:=@%+,-]+$/;

/**
 * One argument as a POSIX shell reads it back unchanged.
 * Source: IEEE Std 1003.1, Shell Command Language, 2.2.2 Single-Quotes.
 */
export function posixQuote(argument: string): string {
  return PLAIN.test(argument) && !argument.includes("=") ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
