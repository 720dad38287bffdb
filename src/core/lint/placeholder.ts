const WORDS = new Set([
  "todo",
  "to do",
  "tbd",
  "tba",
  "tbc",
  "tbf",
  "fixme",
  "n/a",
  "na",
  "n.a",
  "not available",
  "null",
  "nil",
  "undefined",
  "unknown",
  "placeholder",
  "changeme",
  "change me",
  "change-me",
  "change_me",
  "replace me",
  "replaceme",
  "fill in",
  "fill me in",
  "fill me",
  "insert here",
  "to be done",
  "to be defined",
  "to be decided",
  "to be determined",
  "to be announced",
  "to be confirmed",
  "pending",
  "later",
  "dummy",
  "lorem ipsum",
  "some value",
  "your value",
  "blank",
  "empty",
]);

/** Marks that people put around or in place of a value that is to come: `<name>`, `...`, `???`. */
const EDGES = /^[\s<>[\]{}()"'`*_.…?!:;,#$=-]+|[\s<>[\]{}()"'`*_.…?!:;,#$=-]+$/gu;

/** Whether a text only stands in for one that is to come; empty counts as well. */
export function isPlaceholder(text: string): boolean {
  const word = bareWords(text);
  return word === "" || WORDS.has(word) || /^x{2,}$/.test(word) || /^(?:todo|tbd|fixme|xxx)\b/.test(word);
}

/** Whether something was really written there. */
export function isGiven(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && !isPlaceholder(text);
}

/** In lower case, without the marks around it. Long texts are cut, because no placeholder is long. */
export function bareWords(text: string): string {
  return text.slice(0, 200).toLowerCase().replace(EDGES, "").replace(/\s+/g, " ");
}
