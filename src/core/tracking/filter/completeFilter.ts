import { ATTRIBUTE_KEYS, comparatorsOf, DATASET_KEYS, isNumericField, readField } from "./filterFields";
import { FilterScanner } from "./filterScanner";
import type { FilterField } from "./runFilter";

/** What is known about the runs on screen. */
export interface FilterVocabulary {
  readonly params: readonly string[];
  readonly metrics: readonly string[];
  readonly tags: readonly string[];
  /** Values seen for a field of texts, most useful first. */
  values(field: FilterField): readonly string[] | undefined;
}

export interface FilterCompletionItem {
  readonly label: string;
  readonly insertText: string;
  readonly kind: "field" | "comparator" | "value" | "keyword";
  readonly detail: string;
}

/** The items replace the text from `from` to `to`. */
export interface FilterCompletion {
  readonly from: number;
  readonly to: number;
  readonly items: readonly FilterCompletionItem[];
}

const MAX_ITEMS = 200;
const AND = /AND(?![\p{L}\p{N}_])/iuy;
const RUN_STATES: readonly string[] = ["FINISHED", "FAILED", "RUNNING", "KILLED", "SCHEDULED"];
/** A key that needs no quotes; the six words are read as SQL. */
const PLAIN_KEY =
  /^(?!(?:case|in|values|using|from|as)(?:\.|$))[A-Za-z_]\w*(?:\.(?!(?:case|in|values|using|from|as)(?:\.|$))[A-Za-z_]\w*)*$/i;

/** What can stand at the cursor of a search box: a field, a comparator, a value, or AND behind a whole condition. */
export function completeFilter(text: string, cursor: number, vocabulary: FilterVocabulary): FilterCompletion {
  const before = text.slice(0, cursor);
  const place = placeAt(before);
  // What goes on behind the cursor belongs to the word that is being completed.
  const rest = /^[^\s'"`()<>=!,]*/.exec(text.slice(cursor))?.[0] ?? "";
  const to = place.kind === "value" && place.quote !== "" && text[cursor] === place.quote ? cursor + 1 : cursor + rest.length;
  return { from: place.from, to, items: itemsAt(place, before.slice(place.from), vocabulary).slice(0, MAX_ITEMS) };
}

/** The key as it must be written behind `metrics.`, `params.` or `tags.`; in backticks where needed. */
export function quoteKey(key: string): string {
  if (PLAIN_KEY.test(key)) {
    return key;
  }
  return !key.includes("`") ? `\`${key}\`` : !key.includes('"') ? `"${key}"` : `'${key}'`;
}

type Place =
  | { readonly kind: "field"; readonly from: number }
  | { readonly kind: "comparator"; readonly from: number; readonly field: FilterField }
  | { readonly kind: "value"; readonly from: number; readonly field: FilterField; readonly quote: string; readonly inList: boolean }
  | { readonly kind: "join"; readonly from: number };

/** Walks over whole conditions and tells what is unfinished at the end. */
function placeAt(before: string): Place {
  const scanner = new FilterScanner(before);
  for (;;) {
    scanner.skipSpace();
    if (scanner.takeKeyword(AND) !== undefined && !scanner.isAtEnd()) {
      continue;
    }
    const from = scanner.offset;
    const raw = attempt(() => scanner.takeIdentifier());
    if (raw === undefined || scanner.isAtEnd()) {
      return { kind: "field", from };
    }
    const reading = readField(raw, "filter");
    if (!("field" in reading)) {
      return { kind: "field", from };
    }
    scanner.skipSpace();
    const place = placeInComparison(scanner, reading.field);
    if (place !== undefined) {
      return place;
    }
    // Behind a whole condition only AND makes sense, though MLflow lets it be left out.
    scanner.skipSpace();
    if (scanner.takeKeyword(AND) === undefined || scanner.isAtEnd()) {
      return { kind: "join", from: before.length - (/\w*$/.exec(before)?.[0].length ?? 0) };
    }
  }
}

/** Undefined where the condition is whole. */
function placeInComparison(scanner: FilterScanner, field: FilterField): Place | undefined {
  const from = scanner.offset;
  const written = scanner.takeSymbol() ?? scanner.takeKeyword(/(?:NOT\s+)?(?:LIKE|ILIKE|IN)(?=[\s('"])|IS\s+(?:NOT )?NULL(?!\w)/iy);
  if (written === undefined) {
    return { kind: "comparator", from, field };
  }
  const comparator = written.toUpperCase();
  if (comparator.startsWith("IS")) {
    return undefined;
  }
  const behind = scanner.offset;
  scanner.skipSpace();
  if (scanner.isAtEnd() && behind === scanner.offset) {
    return { kind: "comparator", from, field };
  }
  const inList = comparator.endsWith("IN") && scanner.takeCharacter("(");
  for (;;) {
    scanner.skipSpace();
    const start = scanner.offset;
    const value = isNumericField(field) ? scanner.takeNumber() : scanner.takeString();
    if (value === undefined || (isNumericField(field) && scanner.isAtEnd())) {
      const quote = /^['"]/.exec(scanner.text.slice(start))?.[0] ?? "";
      return { kind: "value", from: start, field, quote, inList };
    }
    scanner.skipSpace();
    if (!inList || scanner.takeCharacter(")")) {
      return undefined;
    }
    scanner.takeCharacter(",");
  }
}

function itemsAt(place: Place, typed: string, vocabulary: FilterVocabulary): FilterCompletionItem[] {
  const wanted = typed.toLowerCase();
  switch (place.kind) {
    case "field":
      return ranked(fieldItems(vocabulary), wanted);
    case "comparator":
      return ranked(
        comparatorsOf(place.field).map((comparator) =>
          item(comparator, "comparator", "", comparator.startsWith("IS ") ? comparator : `${comparator} `),
        ),
        wanted,
      );
    case "value":
      return valueItems(place, wanted.replace(/^['"]/, ""), vocabulary);
    case "join":
      return ranked([item("AND", "keyword", "and another condition", "AND ")], wanted);
  }
}

function fieldItems(vocabulary: FilterVocabulary): FilterCompletionItem[] {
  const keyed = (prefix: string, keys: readonly string[], detail: string) =>
    keys.map((key) => item(`${prefix}.${quoteKey(key)}`, "field", detail));
  return [
    ...keyed("metrics", vocabulary.metrics, "metric"),
    ...keyed("params", vocabulary.params, "param"),
    ...ATTRIBUTE_KEYS.map((key) => item(key, "field", "attribute")),
    ...keyed("tags", vocabulary.tags, "tag"),
    ...keyed("dataset", DATASET_KEYS, "dataset"),
  ];
}

function valueItems(place: Place & { kind: "value" }, wanted: string, vocabulary: FilterVocabulary): FilterCompletionItem[] {
  const { field } = place;
  if (isNumericField(field)) {
    return [];
  }
  const values = vocabulary.values(field) ?? (field.entity === "attribute" && field.key === "status" ? RUN_STATES : []);
  const items = values.flatMap((value) => {
    const quoted = quoteValue(value, place.quote);
    return quoted === undefined ? [] : [item(value, "value", "", quoted)];
  });
  return ranked(items, wanted);
}

/** Undefined for a value that no quotes can hold, because MLflow unescapes nothing. */
function quoteValue(value: string, wish: string): string | undefined {
  const quote = [wish === "" ? "'" : wish, "'", '"'].find((candidate) => !value.includes(candidate));
  return quote === undefined || value.endsWith("\\") ? undefined : `${quote}${value}${quote}`;
}

/** Items that begin with what is typed, then those that hold it after a dot, then those that hold it anywhere. */
function ranked(items: readonly FilterCompletionItem[], wanted: string): FilterCompletionItem[] {
  const rank = ({ label }: FilterCompletionItem): number => {
    const text = label.toLowerCase();
    return text.startsWith(wanted) ? 0 : text.includes(`.${wanted}`) || text.includes(`.\`${wanted}`) ? 1 : text.includes(wanted) ? 2 : 3;
  };
  return items
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((candidate) => candidate.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

function item(label: string, kind: FilterCompletionItem["kind"], detail: string, insertText = label): FilterCompletionItem {
  return { label, insertText, kind, detail };
}

/** The scanner refuses what is unfinished; here that only means that the field is still being written. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
