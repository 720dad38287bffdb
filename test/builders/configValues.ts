import fc from "fast-check";

import type { Field, TextFormat } from "../../src/core/config/schema/field";

type Data = fc.Arbitrary<unknown>;

const TEXTS: Readonly<Record<TextFormat, Data>> = {
  email: fc.constantFrom("ana@example.org", "x@localhost", "TODO", ""),
  date: fc.constantFrom("2026-02-28", "2024-02-29", "2000-02-29", "2026-12-31", "tbd"),
  duration: fc.constantFrom("6 months", "30m", "2h", "1 year 6 months", "7 Days"),
  path: fc.constantFrom("docs/x.md", "../x", "s3://bucket/x", "not_applicable", 2026),
  url: fc.constantFrom("http://127.0.0.1:8265", "sqlite:///x.db"),
  sentence: fc.string(),
  target: fc.constantFrom(">= 0.8", "<5%", "≥ 1e-3", " > 1 "),
  character: fc.constantFrom(";", ",", "tab", "|", " ", "TAB"),
  digest: fc.constantFrom(`sha256:${"0a".repeat(32)}`, "3f2c1ab0"),
};

/** Any value that fits a field, in long and in short form; parts are left out and left empty. */
export function validValue(field: Field): Data {
  switch (field.kind) {
    case "text":
      return field.format === null ? fc.oneof(fc.string(), fc.integer()) : TEXTS[field.format];
    case "choice":
      return fc.constantFrom(...Object.keys(field.choices));
    case "number":
      return field.integer || field.min === field.max
        ? fc.integer({ min: field.min ?? -1000, max: field.max ?? 1000 })
        : fc.double({ min: field.min ?? -1e9, max: field.max ?? 1e9, noNaN: true });
    case "yesNo":
      return fc.constantFrom("yes", "no", true, false);
    case "scalar":
      return fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    case "list":
      return fc.oneof(fc.array(validValue(field.of), { maxLength: 3 }), ...(field.single ? [validValue(single(field.of))] : []));
    case "object": {
      const inner = field.short === null ? undefined : field.fields[field.short];
      const parts = Object.fromEntries(
        Object.entries(field.fields).map(([key, part]) => [key, fc.oneof({ arbitrary: validValue(part), weight: 9 }, fc.constant(null))]),
      );
      return fc.oneof(
        { arbitrary: fc.record(parts, { requiredKeys: [] }), weight: 3 },
        ...(inner === undefined ? [] : [validValue(inner)]),
      );
    }
    case "map":
      return fc.dictionary(fc.constantFrom("a", "b", "__proto__", "on", "1.10"), validValue(field.of), { maxKeys: 3 });
    case "either":
      return fc.oneof(...field.options.map(validValue));
  }
}

/** A list within a list is read as the outer one, so that it cannot stand for a single item. */
function single(field: Field): Field {
  return field.kind === "list" ? field.of : field;
}

const BAD: Data = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    "",
    "no",
    "yes",
    "off",
    "x",
    "2026-02-30",
    "a\\b",
    "/abs",
    0,
    1,
    -1,
    1.5,
    49,
    "49",
    [],
    {},
    [null],
    { a: 1 },
  ),
  fc.string(),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }) as Data,
);

/** The value with one to three parts replaced, removed, renamed or added anywhere. */
export function mutated(values: Data): Data {
  const change = fc.record({
    at: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
    how: fc.constantFrom("set", "remove", "rename", "add"),
    bad: BAD,
  });
  return fc
    .tuple(values, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([value, changes]) => changes.reduce<unknown>((data, { at, how, bad }) => mutate(data, at, how, bad), value));
}

function mutate(data: unknown, [at = 0, ...rest]: readonly number[], how: string, bad: unknown): unknown {
  if (typeof data !== "object" || data === null) {
    return bad;
  }
  const entries: [string, unknown][] = Array.isArray(data)
    ? data.map((item: unknown, index) => [String(index), item])
    : Object.entries(data);
  const index = entries.length === 0 ? 0 : at % entries.length;
  const entry = entries[index];
  if (entry !== undefined && rest.length > 0 && typeof entry[1] === "object" && entry[1] !== null) {
    entries[index] = [entry[0], mutate(entry[1], rest, how, bad)];
  } else if (how === "remove") {
    entries.splice(index, 1);
  } else if (how === "rename" && entry !== undefined) {
    entries[index] = [`${entry[0]}x`, entry[1]];
  } else if (how === "add" || entry === undefined) {
    entries.push([typeof bad === "string" && bad !== "" ? bad : "extra", bad]);
  } else {
    entries[index] = [entry[0], bad];
  }
  return Array.isArray(data) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
