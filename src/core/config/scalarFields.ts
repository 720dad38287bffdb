import { closestWord } from "../base/closestWord";
import type { ConfigProblem } from "./configFile";
import type { Report } from "./report";
import { exampleOf, expectation } from "./fieldShape";
import type { ChoiceField, NumberField, ScalarField, TextField, YesNoField } from "./schema/field";
import { formatRule, hasFormat, mayBeNumber } from "./textFormats";
import type { ScalarNode } from "./yaml/configNode";
import { isYesNoWord, losesDigits, quoteYaml } from "./yaml/plainWords";
import { shorten } from "./yaml/shorten";

type Fix = ConfigProblem["fixes"][number];
type AnyScalarField = TextField | ChoiceField | NumberField | YesNoField | ScalarField;

/**
 * Reads a single value; undefined where it does not fit, which is then told.
 * @param name what people call the place of the value; asked for only where something is wrong.
 */
export function readScalarField(node: ScalarNode, field: AnyScalarField, name: () => string, report: Report): unknown {
  switch (field.kind) {
    case "scalar":
      return node.value;
    case "text":
      return readText(node, field, name, report);
    case "choice":
      return readChoice(node, field, name, report);
    case "number":
      return readNumber(node, field, name, report);
    case "yesNo":
      return readYesNo(node, name, report);
  }
}

/** @param safe also where nobody looks at the change. */
function replace(node: ScalarNode, title: string, text: string, safe: boolean): Fix {
  return { title, edits: [{ range: node.range, text }], safe };
}

function quote(node: ScalarNode): Fix {
  return replace(node, "Put it in quotes", quoteYaml(node.source), true);
}

function readText(node: ScalarNode, field: TextField, name: () => string, report: Report): string | undefined {
  const { value, source, plain } = node;
  if (typeof value === "boolean") {
    report(node, `Without quotes ${source} is a yes or no; as text it needs quotes.`, [quote(node)]);
    return undefined;
  }
  if (typeof value === "number") {
    if (!mayBeNumber(field.format)) {
      wrongFormat(node, field, name, report);
      return undefined;
    }
    if (losesDigits(value, source)) {
      report(node, `Without quotes ${shorten(source)} is the number ${value}; as text it needs quotes.`, [quote(node)]);
      return source;
    }
    return source;
  }
  if (plain && isYesNoWord(source)) {
    report(node, `Some tools read ${source} without quotes as true or false; as text it needs quotes.`, [quote(node)]);
    return source;
  }
  const text = value ?? "";
  if (!hasFormat(text, field.format)) {
    wrongFormat(node, field, name, report);
    return undefined;
  }
  return text;
}

function wrongFormat(node: ScalarNode, field: TextField, name: () => string, report: Report): void {
  const rule = formatRule(field.format);
  const example = exampleOf(field);
  const message = `"${shorten(node.source)}" is not what "${name()}" takes: ${rule?.name ?? "a text"}${example === undefined ? "" : `, for example ${example}`}.`;
  report(node, message, formatFixes(node, field));
}

/** Mends what has one clear meaning; two candidates where the author has to choose. */
function formatFixes(node: ScalarNode, field: TextField): readonly Fix[] {
  const text = node.source.trim();
  const as = (changed: string | undefined, safe = true): readonly Fix[] =>
    changed === undefined || changed === node.source || !hasFormat(changed, field.format)
      ? []
      : [
          replace(
            node,
            `Write ${shorten(changed)}`,
            field.format === "target" || node.value !== node.source ? quoteYaml(changed) : changed,
            safe,
          ),
        ];
  switch (field.format) {
    case "date":
      return as(/^\d{4}-\d{2}-\d{2}(?=[T ])/.exec(text)?.[0] ?? /^\d{4}[./]\d{2}[./]\d{2}$/.exec(text)?.[0].replace(/[./]/g, "-"));
    case "path":
      return as(text.replaceAll("\\", "/"));
    case "email":
      return as(/^(?:mailto:|<)([^<>]+)>?$/i.exec(text)?.[1] ?? /<([^<>]+)>$/.exec(text)?.[1]);
    case "target":
      return /^[+-]?[\d.]+%?$/.test(text)
        ? [...as(`>= ${text}`, false), ...as(`<= ${text}`, false)]
        : as(text.replace(/^=([<>])/, "$1="), false);
    case "digest":
      return typeof node.value === "number" && hasFormat(node.source, "digest") ? [quote(node)] : [];
    default:
      return [];
  }
}

function readChoice(node: ScalarNode, field: ChoiceField, name: () => string, report: Report): string | undefined {
  const words = Object.keys(field.choices);
  const written = typeof node.value === "boolean" ? wordFor(node.value, words) : node.source;
  if (written !== undefined && words.includes(written)) {
    return written;
  }
  const wanted = node.source.trim();
  const sameLetters = words.find((word) => word.toLowerCase() === wanted.toLowerCase());
  const near = sameLetters ?? closestWord(wanted, words);
  const fixes = near === undefined ? (words.length > 8 ? [] : words) : [near];
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  report(
    node,
    `"${shorten(node.source)}" is not what "${name()}" takes: ${expectation(field)}.${hint}`,
    fixes.map((word) => replace(node, `Write ${word}`, plainChoice(word), sameLetters !== undefined)),
  );
  return undefined;
}

/** YAML 1.1 tools turn the words yes, no, on and off into true and false when they write a file anew. */
function wordFor(value: boolean, words: readonly string[]): string | undefined {
  return (value ? ["yes", "on"] : ["no", "off"]).find((word) => words.includes(word));
}

function plainChoice(word: string): string {
  return /^[A-Za-z][\w-]*$/.test(word) ? word : quoteYaml(word);
}

function readNumber(node: ScalarNode, field: NumberField, name: () => string, report: Report): number | undefined {
  const { value, source } = node;
  const { min, max, integer } = field;
  const fits = (number: number) =>
    Number.isFinite(number) && (min === null || number >= min) && (max === null || number <= max) && (!integer || Number.isInteger(number));
  if (typeof value === "number" && fits(value)) {
    return value;
  }
  const cleaned = typeof value === "string" ? value.trim().replace(/(?<=\d)[_'](?=\d)/g, "") : "";
  const meant = /^[+-]?\d+(?:\.\d+)?$/.test(cleaned) && fits(Number(cleaned)) ? [replace(node, `Write ${cleaned}`, cleaned, true)] : [];
  report(node, `"${shorten(source)}" is not what "${name()}" takes: ${expectation(field)}.`, meant);
  return undefined;
}

function readYesNo(node: ScalarNode, name: () => string, report: Report): boolean | undefined {
  const { value, source } = node;
  if (typeof value === "boolean") {
    return value;
  }
  if (value === "yes" || value === "no") {
    return value === "yes";
  }
  const word = /^(?:yes|y|true|on)$/i.test(source) ? "yes" : /^(?:no|n|false|off)$/i.test(source) ? "no" : undefined;
  const fixes =
    word === undefined
      ? [replace(node, "Write yes", "yes", false), replace(node, "Write no", "no", false)]
      : [replace(node, `Write ${word}`, word, true)];
  report(node, `"${shorten(source)}" is not what "${name()}" takes: yes or no.`, fixes);
  return undefined;
}
