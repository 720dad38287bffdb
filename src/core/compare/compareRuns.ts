import type { CompareSectionId } from "../../protocol/compare";
import { finish, type Steps } from "../base/steps";
import type { ComparedRun } from "./comparedRun";
import { distinctCuts } from "./distinctCuts";
import { plainNumber } from "./plainNumber";
import type { ComparedRow, RunComparison } from "./runComparison";
import { addFields, type FieldKind, isDirty } from "./runFields";
import { sortNaturally } from "./sortNaturally";

const MAX_KEY = 300;
const SECTIONS: readonly CompareSectionId[] = ["summary", "metrics", "params", "data", "environment", "source", "tags"];
/** These have an order of their own; the keys of all others are the users'. */
const FIXED_ORDER: ReadonlySet<CompareSectionId> = new Set(["summary", "source"]);
/** What such a parameter holds is a name, even where it looks like a number: version 1.10 is not 1.1. */
const IDENTIFIER = /(^|[^a-z])(version|ver|id|ids|uuid|guid|hash|sha|sha256|md5|commit|digest|revision|build|release)$/;

interface Field {
  readonly kind: FieldKind;
  readonly values: (number | string | null)[];
}

/**
 * Puts runs side by side: a row for each fact that one of them has. A missing value differs from every value, an empty text
 * included; NaN equals NaN, and numbers compare as numbers.
 * @param now milliseconds since 1970, for how long a run has been running.
 */
export function compareRuns(runs: readonly ComparedRun[], now: number): RunComparison {
  return finish(compareRunsInSteps(runs, now));
}

/** The same in steps of one run or one row. */
export function* compareRunsInSteps(runs: readonly ComparedRun[], now: number): Steps<RunComparison> {
  const sections = new Map<CompareSectionId, Map<string, Field>>(SECTIONS.map((section) => [section, new Map()]));
  for (const [index, run] of runs.entries()) {
    addFields(run, now, (section, key, kind, value) => {
      const fields = sections.get(section);
      let field = fields?.get(key);
      if (field === undefined) {
        field = { kind, values: new Array<number | string | null>(runs.length).fill(null) };
        fields?.set(key, field);
      }
      field.values[index] = value;
    });
    yield;
  }
  const rows: ComparedRow[] = [];
  for (const [section, fields] of sections) {
    yield* addRows(rows, section, fields);
  }
  return { runs, rows };
}

function* addRows(rows: ComparedRow[], section: CompareSectionId, fields: ReadonlyMap<string, Field>): Steps<void> {
  const cuts = distinctCuts(fields.keys(), MAX_KEY);
  const keys = FIXED_ORDER.has(section) ? [...fields.keys()] : sortNaturally(fields.keys());
  yield;
  for (const key of keys) {
    const field = fields.get(key);
    // A summary's fact that no run has, such as a description, is no row; that no run has a commit is worth a row.
    const isCommit = section === "source" && key === "commit";
    if (field !== undefined && (isCommit || field.values.some((value) => value !== null))) {
      rows.push({ section, key, label: cuts.get(key) ?? key, ...toValues(section, key, field) });
      yield;
    }
  }
}

function toValues(
  section: CompareSectionId,
  key: string,
  { kind, values }: Field,
): Pick<ComparedRow, "kind" | "values" | "classes" | "distinct"> {
  const numbers = kind === "param" && !isIdentifier(key) ? toNumbers(values) : null;
  const known = numbers ?? values;
  // A Map takes NaN for NaN and -0 for 0.
  const classOf = new Map<number | string, number>();
  let count = 0;
  const classes = known.map((value) => {
    if (value === null) {
      return 0;
    }
    let found = classOf.get(value);
    if (found === undefined || isUnknownCode(section, key, value)) {
      found = ++count;
      classOf.set(value, found);
    }
    return found;
  });
  return {
    kind: kind === "param" ? (numbers === null ? "text" : "number") : kind,
    values: known,
    classes,
    distinct: count + (classes.includes(0) ? 1 : 0),
  };
}

/** Two runs of changed files are of different code for all that anybody knows, even at the same commit. */
function isUnknownCode(section: CompareSectionId, key: string, value: number | string): boolean {
  return section === "source" && key === "dirty" && isDirty(String(value));
}

/** The numbers of a row, or null where one value is no number that keeps all of its text, or none is finite. */
function toNumbers(values: readonly (number | string | null)[]): (number | null)[] | null {
  const numbers: (number | null)[] = [];
  let isAnyFinite = false;
  for (const value of values) {
    const number = typeof value === "string" ? plainNumber(value) : value;
    if (number === null && value !== null) {
      return null;
    }
    isAnyFinite ||= number !== null && Number.isFinite(number);
    numbers.push(number === null ? null : number + 0);
  }
  return isAnyFinite ? numbers : null;
}

function isIdentifier(key: string): boolean {
  return IDENTIFIER.test(
    key
      .slice(-40)
      .replace(/([a-z])([A-Z])/g, "$1_$2")
      .toLowerCase(),
  );
}
