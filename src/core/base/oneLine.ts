/** A text from a store as it fits into a sentence: one line without control characters, cut after `maxLength` characters. */
export function oneLine(text: string, maxLength = 200): string {
  const line = text.slice(0, maxLength + 1).replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ");
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}
