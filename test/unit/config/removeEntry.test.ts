import { expect, it } from "vitest";

import { removeEntry } from "../../../src/core/config/yaml/removeEntry";

function without(text: string, key: string, value: string): string {
  const start = text.indexOf(key);
  const edit = removeEntry(text, { start, end: text.indexOf(value) + value.length }, false);
  return text.slice(0, edit.range.start) + edit.text + text.slice(edit.range.end);
}

it.each([
  ["lines below it that are no part of its value", "a: 1\nb: {c: d}\n  e: f\n\n  g: h\ni: 2\n", "b:", "{c: d}", "a: 1\ni: 2\n"],
  ["no line at its own column", "a: 1\nb: 2\nc: 3\n", "b:", "2", "a: 1\nc: 3\n"],
  ["no blank line or comment behind it", "a: 1\nb: 2\n\n# about c\nc: 3\n", "b:", "2", "a: 1\n\n# about c\nc: 3\n"],
  ["deeper lines up to the end of the file", "a: 1\nb: 2\n  c: 3", "b:", "2", "a: 1\n"],
  ["deeper lines with their comments kept", "a: 1\nb: 2\n  c: 3 # why\nd: 4\n", "b:", "2", "a: 1\n# why\nd: 4\n"],
])("an entry takes along %s", (_, text, key, value, expected) => {
  expect(without(text, key, value)).toBe(expected);
});
