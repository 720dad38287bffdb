import { AppError } from "../../base/appError";
import { comparatorsOf, describeField, isNumericField, orList, readField, shorten } from "./filterFields";
import { FilterScanner } from "./filterScanner";
import { takeList } from "./filterList";
import type { Comparator, Comparison, FilterField, OrderTerm, RunFilter } from "./runFilter";

const AND = /AND(?![\p{L}\p{N}_$#])/iuy;
const WORD_COMPARATOR = /(?:(?:NOT\s+)?(?:LIKE|ILIKE|RLIKE|REGEXP|IN)|IS\s+NOT NULL|IS\s+NULL)(?![\p{L}\p{N}_])/iuy;
const QUOTED = /(["'`])(.*?)\1/gs;
const DIRECTION = /^\s+(ASC|DESC)$/i;

/**
 * Parses MLflow's filter language as MLflow's tracking server does: conditions joined by AND, no OR, no parentheses.
 * An empty text matches every run; AND may be missing between two conditions and may stand at either end, as MLflow allows.
 * A few accidents of MLflow's SQL tokenizer are refused here with a sentence instead: an empty key (`metrics. > 1`), casts
 * (`metrics.a::b`), JSON arrows, two dots in a row and a blank or a direction inside a key that is not quoted.
 * @throws AppError `filter/invalid` with the position and what is allowed there.
 */
export function parseFilter(text: string): RunFilter {
  if (text === "") {
    return [];
  }
  const scanner = new FilterScanner(text);
  const comparisons: Comparison[] = [];
  scanner.skipSpace();
  if (scanner.isAtEnd()) {
    scanner.fail("the filter is blank; write a condition such as metrics.auc > 0.9, or leave it empty.");
  }
  // MLflow joins a condition to the one before it without AND, except for the word comparators IN and IS behind a value.
  let joinable = true;
  while (!scanner.isAtEnd()) {
    if (scanner.takeKeyword(AND) !== undefined) {
      joinable = true;
    } else {
      const start = scanner.offset;
      const comparison = takeComparison(scanner);
      if (!joinable && /^(?:IS|IN|NOT)/.test(comparison.comparator)) {
        scanner.fail("AND is missing before this condition.", start);
      }
      joinable = comparison.value === null;
      comparisons.push(comparison);
    }
    scanner.skipSpace();
  }
  return comparisons;
}

/**
 * Parses order terms such as `metrics.auc DESC`, one field each.
 * @throws AppError `filter/invalid` for a term that MLflow refuses, and for a field that is named twice.
 */
export function parseOrderBy(terms: readonly string[]): readonly OrderTerm[] {
  const order: OrderTerm[] = [];
  for (const term of terms) {
    const parsed = parseOrderTerm(term);
    if (order.some((other) => other.field.entity === parsed.field.entity && other.field.key === parsed.field.key)) {
      throw new AppError("filter/invalid", `The order names ${describeOrderField(parsed.field)} twice; name each field once.`);
    }
    order.push(parsed);
  }
  return order;
}

function takeComparison(scanner: FilterScanner): Comparison {
  const field = takeField(scanner);
  scanner.skipSpace();
  const comparator = takeComparator(scanner, field);
  if (comparator === "IS NULL" || comparator === "IS NOT NULL") {
    return { field, comparator, value: null };
  }
  scanner.skipSpace();
  return { field, comparator, value: takeValue(scanner, field, comparator) };
}

function takeField(scanner: FilterScanner): FilterField {
  const start = scanner.offset;
  const raw = scanner.takeIdentifier();
  if (raw === undefined) {
    scanner.fail(`${scanner.found()} cannot begin a condition; write FIELD COMPARATOR VALUE, such as metrics.auc > 0.9.`);
  }
  if (/^(?:OR|NOT)$/i.test(raw)) {
    scanner.fail(`${raw.toUpperCase()} is not part of MLflow's filter language; join conditions with AND.`, start);
  }
  const reading = readField(raw, "filter");
  return "field" in reading ? reading.field : scanner.fail(reading.problem, start);
}

function takeComparator(scanner: FilterScanner, field: FilterField): Comparator {
  const start = scanner.offset;
  const allowed = comparatorsOf(field);
  const found = scanner.found();
  const text = scanner.takeSymbol() ?? scanner.takeKeyword(WORD_COMPARATOR);
  const comparator = allowed.find((candidate) => candidate === text?.toUpperCase().replace(/\s+/g, " "));
  if (comparator === undefined) {
    const shown = text === undefined ? found : `"${text}"`;
    const inKey =
      text === undefined && !scanner.isAtEnd() && field.entity !== "attribute" ? " A key with other characters goes in backticks." : "";
    scanner.fail(`${shown} is not a comparator for ${describeField(field)}; use ${orList(allowed)}.${inKey}`, start);
  }
  return comparator;
}

function takeValue(scanner: FilterScanner, field: FilterField, comparator: Comparator): Comparison["value"] {
  if (comparator === "IN" || comparator === "NOT IN") {
    return takeList(scanner);
  }
  const start = scanner.offset;
  if (isNumericField(field)) {
    const number = scanner.takeNumber();
    if (number === undefined) {
      scanner.fail(`${describeField(field)} is compared with a number such as 0.9, without quotes, not with ${scanner.found()}.`);
    }
    return Number(number);
  }
  const text = scanner.takeString();
  return (
    text ?? scanner.fail(`${describeField(field)} is compared with a text in quotes such as 'value', not with ${scanner.found()}.`, start)
  );
}

function parseOrderTerm(term: string): OrderTerm {
  const scanner = new FilterScanner(term);
  const refuse = (problem: string): never => {
    throw new AppError("filter/invalid", `The order "${shorten(term)}" cannot be read. ${problem}`);
  };
  const raw = scanner.takeIdentifier();
  const direction = DIRECTION.exec(term.slice(scanner.offset));
  const quotesLeftOut = raw?.replace(QUOTED, "");
  if (raw === undefined || (direction?.[0] ?? "") !== term.slice(scanner.offset) || /\s/.test(quotesLeftOut ?? "")) {
    return refuse("Write a field and, after a space, ASC or DESC, such as metrics.auc DESC; put a key with other characters in backticks.");
  }
  if (raw.includes("`") && raw.includes('"')) {
    return refuse("MLflow cannot order by a key that has both a double quote and a backtick around or in it.");
  }
  // Where a direction follows, MLflow splits the term as a shell would, which takes every pair of quotes off.
  const reading = readField(direction === null ? raw : raw.replace(QUOTED, "$2"), "order");
  return "field" in reading ? { field: reading.field, ascending: direction?.[1]?.toUpperCase() !== "DESC" } : refuse(reading.problem);
}

function describeOrderField(field: FilterField): string {
  return field.entity === "attribute" ? field.key : `the ${field.entity} ${shorten(field.key)}`;
}
