/** A name from a file for a message: on one line and not endless. */
export function shorten(name: string): string {
  const line = name.replace(/\p{Cc}/gu, " ");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
