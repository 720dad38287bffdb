import { closestWord } from "../core/base/closestWord";

/** "…; did you mean x?" or nothing. */
export function didYouMean(typed: string, words: Iterable<string>, prefix = ""): string {
  const word = closestWord(typed, words);
  return word === undefined ? "" : ` Did you mean ${prefix}${word}?`;
}
