import { join } from "node:path";

import ts from "typescript";
import { describe, expect, it } from "vitest";

import { root } from "../../scripts/node.mjs";
import { captures, projectFiles, read } from "./project";

/** What stands for a value, on the page and in the texts of the sources. */
const VALUE = "…";

/** Fewer letters than that say too little to be told from any other sentence. */
const FEWEST_LETTERS = 8;

/** The sentences that the page quotes: the first column of its tables, in italics. */
const quoted = captures(read("docs/guide/troubleshooting.md"), /^\| _(.+?)_ +\|/gm).map((text) =>
  text.replaceAll(/\\([\\_*[\]<>])/g, "$1"),
);

/** All texts of the sources, a value in them as {@link VALUE}. */
function textsOf(path: string): string[] {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, false);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      found.push(node.text);
    } else if (ts.isTemplateExpression(node)) {
      found.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(VALUE));
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

/** A text, and its beginnings that end with a sentence: what follows is often said only sometimes. */
function beginnings(text: string): string[] {
  return [text, ...[...text.matchAll(/[.!?]["”]?(?=\s)/g)].map(({ index, 0: end }) => text.slice(0, index + end.length))];
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

const paths = projectFiles("src").filter((path) => path.endsWith(".ts"));
const manifestTexts = Object.values(JSON.parse(read("package.nls.json")) as Record<string, string>);
const texts = [...new Set([...paths.flatMap(textsOf), ...manifestTexts].flatMap(beginnings))].map((text) =>
  text.replaceAll(/\{\d\}/g, VALUE),
);
const plain = new Set(texts.filter((text) => !text.includes(VALUE)));
const patterns = texts
  .filter((text) => text.includes(VALUE) && text.replaceAll(/[^\p{L}]/gu, "").length >= FEWEST_LETTERS)
  .map((text) => new RegExp(`^${text.split(VALUE).map(escapeRegExp).join("(.*)")}$`, "su"));

/** Whether the product can say this: a text of the sources as a whole, its values being ones that it names, too. */
function isSaid(message: string): boolean {
  return plain.has(message) || patterns.some((pattern) => pattern.exec(message)?.slice(1).every(isValue) === true);
}

/** What stands in the place of a value: left open, nothing, or words that the sources hold. */
function isValue(words: string): boolean {
  return words
    .split(VALUE)
    .map((part) => part.trim())
    .every((part) => !/\p{L}/u.test(part) || texts.some((text) => text.includes(part)));
}

describe("the page about messages", () => {
  it("quotes many of them", () => {
    expect(quoted.length).toBeGreaterThan(100);
  });

  it.each(quoted)("quotes what the product says: %s", (message) => {
    expect(isSaid(message)).toBe(true);
  });

  it.each([
    ["a sentence that nobody says", "The moon is not available at the moment."],
    ["a value that no source names", "The server at … cannot be trusted: its moustache is self-signed."],
    ["a part of a sentence only", "is damaged: it was cut short or overwritten."],
  ])("would not let %s through", (_, message) => {
    expect(isSaid(message)).toBe(false);
  });

  it("is compared with sources that there are", () => {
    expect(paths.length, join(root, "src")).toBeGreaterThan(500);
  });
});
