/**
 * Text from a store or from the user, made safe for a terminal: control characters, which could move the cursor, change the
 * title or hide what follows, are written as escapes, and so are the marks that turn the direction of text around and those that nobody sees.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\p{Cs}]/gu, (character) => {
    const known: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
    return known[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
