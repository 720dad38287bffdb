import { naturalKey } from "../table/naturalKey";

/** The texts as people sort them, in the same order whatever order they came in. */
export function sortNaturally(texts: Iterable<string>): string[] {
  return Array.from(texts, (text) => [naturalKey(text), text] as const)
    .sort(([a, textA], [b, textB]) => (a < b ? -1 : a > b ? 1 : textA < textB ? -1 : 1))
    .map(([, text]) => text);
}
