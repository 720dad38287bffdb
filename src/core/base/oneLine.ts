/**
 * A text from a store as it fits into a label or a sentence: one line without characters that control, turn its direction or cannot be seen, at most
 * `maxLength` characters, the last of which is "…" where something was cut. Never cuts a character in two.
 */
export function oneLine(text: string, maxLength = 200): string {
  const line = text
    .slice(0, maxLength * 4)
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+/g, " ")
    .trim();
  const characters = [...line];
  return characters.length > maxLength || text.length > maxLength * 4 ? `${characters.slice(0, maxLength - 1).join("")}…` : line;
}
