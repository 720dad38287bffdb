/** A longer message would hide the others; what is left out stands in the file. */
const MAX_LENGTH = 600;
const START = 400;
const END = 180;

/** Line breaks, other control characters, and marks that turn the direction of a text: names from a file may hold them. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** A message with names from a file in it: on one line and not endless. Its end is kept, because the law stands there. */
export function oneLine(message: string): string {
  const line = message.replace(CONTROLS, " ");
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, START)} … ${line.slice(-END)}`;
}
