import { isAlias, isMap, isScalar, isSeq } from "yaml";

import { composeYaml } from "../../core/config/yaml/composeYaml";

/** A value of a `meta.yaml`. Scalars stay text, because YAML 1.1 and 1.2 disagree on what is a number (`1234e567`, `0o17`). */
export type MetaValue = string | null | readonly MetaValue[] | Meta;
/** A Map, because the keys come from a store and may be `__proto__`. */
export type Meta = ReadonlyMap<string, MetaValue>;

/** A run with a hundred thousand inputs has no more; a tenth of it is read in the blink of an eye. */
const MOST_LEXEMES = 1_000_000;
const NULLS: ReadonlySet<string> = new Set(["", "~", "null", "Null", "NULL"]);

/**
 * Reads the text of a `meta.yaml`. Nearly all of them are flat `key: scalar` lines as PyYAML writes them, which a line
 * reader reads twenty times faster than a YAML parser; anything else goes to the parser.
 * @throws Error with a short reason for text that is not YAML or not a mapping.
 */
export function parseMetaYaml(text: string): Meta {
  return parseFlatLines(text) ?? parseAnyYaml(text);
}

/** Null as soon as a line is not plainly `key: scalar`. */
function parseFlatLines(text: string): Meta | null {
  const meta = new Map<string, MetaValue>();
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf("\n", start);
    end = end === -1 ? text.length : end;
    const line = text.slice(start, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    start = end + 1;
    const colon = line.indexOf(":");
    const key = line.slice(0, colon);
    if (colon <= 0 || !/^[A-Za-z_]\w*$/.test(key) || meta.has(key)) {
      return null;
    }
    const value = parseFlatScalar(line.slice(colon + 1));
    if (value === undefined) {
      return null;
    }
    meta.set(key, value);
  }
  return meta.size === 0 ? null : meta;
}

/** What follows a colon, or undefined where it takes a parser to tell. */
function parseFlatScalar(rest: string): MetaValue | undefined {
  if (rest !== "" && !rest.startsWith(" ")) {
    return undefined;
  }
  const text = rest.trim();
  if (NULLS.has(text)) {
    // An empty value may go on in the next line; that line is then no `key: scalar` and the parser takes over.
    return null;
  }
  if (text === "[]") {
    return [];
  }
  if (text.startsWith("'")) {
    return /^'(?:[^']|'')*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : undefined;
  }
  if (text.startsWith('"')) {
    return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : undefined;
  }
  // Without an indicator at the start and without `: ` and ` #` a plain scalar is what it looks like.
  return /^[A-Za-z0-9_./(+$\u00a1-\uffff-]/.test(text) && !/^-(?: |$|--)|:(?: |$)| #|\t|^\.\.\./.test(text) ? text : undefined;
}

function parseAnyYaml(text: string): Meta {
  const composed = composeYaml(text, MOST_LEXEMES, "failsafe");
  const problem =
    composed.refused ?? composed.document.errors[0]?.message ?? (composed.secondDocument === null ? null : "a second document");
  if (problem !== null) {
    throw new Error(`it is not valid YAML (${problem.replace(/\.$/, "")})`);
  }
  const meta = toValue(composed.refused === null ? composed.document.contents : null, 0);
  if (meta instanceof Map) {
    return meta as Meta;
  }
  throw new Error(meta === null ? "it is empty" : "it does not hold keys and values");
}

function toValue(node: unknown, depth: number): MetaValue {
  if (depth > 50 || isAlias(node)) {
    return null;
  }
  if (isMap(node)) {
    return new Map(node.items.map((pair) => [toKey(toValue(pair.key, depth + 1)), toValue(pair.value, depth + 1)]));
  }
  if (isSeq(node)) {
    return node.items.map((item) => toValue(item, depth + 1));
  }
  if (isScalar(node)) {
    // With the failsafe schema every scalar is a text; only a missing one is null.
    const value = typeof node.value === "string" ? node.value : "";
    return (node.type === "PLAIN" || node.type === undefined) && NULLS.has(value) ? null : value;
  }
  return null;
}

function toKey(value: MetaValue): string {
  return typeof value === "string" ? value : "";
}
