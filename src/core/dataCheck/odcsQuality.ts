import { oneLine } from "../base/oneLine";
import type { Bounds } from "./bounds";
import type { AllowedRows, Expectation, Expectations } from "./expectations";
import { asList, asRecord, asRecords, asText, type Plain, scalarsOf } from "./plainFields";
import { patternTest } from "./valueTests";

/** Where rules stand: at a column, or at the object as a whole. */
export interface QualityPlace {
  readonly column: string | null;
  readonly from: string;
  /** Columns of the object, by the name of their property. */
  readonly columns: ReadonlyMap<string, string>;
}

/** As the standard calls its metrics since 3.1, and as 3.0 called its rules. */
const METRICS: Readonly<Record<string, string>> = {
  rowCount: "rowCount",
  nullValues: "nullValues",
  missingValues: "missingValues",
  invalidValues: "invalidValues",
  duplicateValues: "duplicateValues",
  validValues: "invalidValues",
  duplicateCount: "duplicateValues",
};

/** The rules that data can answer; the others as notes. */
export function qualityExpectations(quality: unknown, place: QualityPlace): Expectations {
  const list: Expectation[] = [];
  const notes: string[] = [];
  for (const rule of asRecords(quality)) {
    const found = ruleExpectations(rule, place);
    if (typeof found === "string") {
      notes.push(`${titleOf(rule, place)} is not judged: ${found}.`);
    } else {
      list.push(...found);
    }
  }
  return { list, notes };
}

/** @returns a reason, as the end of a sentence, where it cannot be judged. */
function ruleExpectations(rule: Plain, { column, from, columns }: QualityPlace): readonly Expectation[] | string {
  const written = asText(rule["metric"]) ?? asText(rule["rule"]);
  const type = asText(rule["type"]) ?? (written === null ? "text" : "library");
  if (type !== "library") {
    const reasons: Readonly<Record<string, string>> = {
      text: "it is a text for people",
      sql: "it is SQL",
      custom: "it is for another tool",
    };
    return reasons[type] ?? `nobody knows the type ${oneLine(type, 40)}`;
  }
  const metric = METRICS[written ?? ""];
  const bounds = boundsOf(rule);
  const isOldList = written === "validValues" && bounds !== null && Object.keys(bounds).length === 0;
  if (metric === undefined) {
    return `nobody knows the metric ${oneLine(written ?? "", 40)}`;
  }
  if (bounds === null || (Object.keys(bounds).length === 0 && !isOldList)) {
    return "it has no limit that is a number";
  }
  const isShare = asText(rule["unit"]) === "percent" || asText(rule["unit"]) === "%";
  const allowed: AllowedRows = isShare
    ? { unit: "share", bounds: shares(bounds) }
    : { unit: "rows", bounds: isOldList ? { equals: 0 } : bounds };
  const given: Plain = { ...rule, ...(asRecord(rule["arguments"]) ?? {}) };
  switch (metric) {
    case "rowCount":
      return isShare ? "rows have no percentage" : [{ kind: "rows", rule: rowsRule(bounds), from, bounds }];
    case "nullValues":
    case "missingValues": {
      const markers =
        metric === "nullValues" ? [] : scalarsOf(asList(given["missingValues"])).flatMap((value) => (value === null ? [] : String(value)));
      return column === null ? "it names no column" : [{ kind: "missing", rule: "max_missing", from, column, markers, allowed }];
    }
    case "invalidValues":
      return column === null ? "it names no column" : validExpectations(given, column, from, allowed);
    default: {
      const names = asList(given["properties"]).flatMap((name) => asText(name) ?? []);
      const key = column !== null ? [column] : names.map((name) => columns.get(name) ?? name);
      return key.length === 0 ? "it names no column" : [{ kind: "unique", rule: "unique", from, columns: [...new Set(key)], allowed }];
    }
  }
}

function validExpectations(given: Plain, column: string, from: string, allowed: AllowedRows): readonly Expectation[] | string {
  const values = scalarsOf(asList(given["validValues"]));
  const pattern = asText(given["pattern"]);
  if (pattern !== null && patternTest(pattern) === null) {
    return "its pattern cannot be used";
  }
  const found: readonly Expectation[] = [
    ...(values.length === 0 ? [] : [{ kind: "in", rule: "in", from, column, values, allowed } as const]),
    ...(pattern === null ? [] : [{ kind: "pattern", rule: "pattern", from, column, pattern, allowed } as const]),
  ];
  return found.length === 0 ? "it says neither values nor a pattern" : found;
}

/** Null where one of them is no number. The ends of `mustBeBetween` are excluded, as the standard says. */
function boundsOf(rule: Plain): Bounds | null {
  const bounds: { -readonly [K in keyof Bounds]: Bounds[K] } = {};
  const single = {
    mustBe: "equals",
    mustNotBe: "differsFrom",
    mustBeGreaterThan: "above",
    mustBeGreaterOrEqualTo: "atLeast",
    mustBeGreaterThanOrEqualTo: "atLeast",
    mustBeLessThan: "below",
    mustBeLessOrEqualTo: "atMost",
    mustBeLessThanOrEqualTo: "atMost",
  } as const;
  for (const [name, part] of Object.entries(single)) {
    const value = rule[name];
    if (value !== undefined) {
      if (typeof value !== "number" || !Number.isFinite(value)) {
        return null;
      }
      bounds[part] = value;
    }
  }
  for (const name of ["mustBeBetween", "mustNotBeBetween"] as const) {
    if (rule[name] === undefined) {
      continue;
    }
    const [low, high, ...more] = asList(rule[name]);
    if (typeof low !== "number" || typeof high !== "number" || more.length > 0) {
      return null;
    }
    if (name === "mustBeBetween") {
      bounds.above = low;
      bounds.below = high;
    } else {
      bounds.notBetween = [low, high];
    }
  }
  return bounds;
}

function shares(bounds: Bounds): Bounds {
  return Object.fromEntries(
    Object.entries(bounds).map(([name, value]: [string, number | readonly [number, number]]) => [
      name,
      typeof value === "number" ? value / 100 : value.map((one) => one / 100),
    ]),
  );
}

function rowsRule({ above, atLeast, below, atMost, ...more }: Bounds): string {
  const isLower = above !== undefined || atLeast !== undefined;
  const isUpper = below !== undefined || atMost !== undefined;
  return Object.keys(more).length > 0 || isLower === isUpper ? "rows" : isLower ? "min_rows" : "max_rows";
}

function titleOf(rule: Plain, { column }: QualityPlace): string {
  const title = asText(rule["name"]) ?? asText(rule["description"]) ?? asText(rule["metric"]) ?? asText(rule["rule"]);
  const quoted = title === null ? "" : ` “${oneLine(title, 80)}”`;
  return `The quality rule${quoted}${column === null ? "" : ` of ${oneLine(column, 80)}`}`;
}
