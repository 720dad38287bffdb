import type { WireNumber } from "../../protocol/runPage";
import { finish, mapInSteps, type Steps } from "../base/steps";
import { toWireNumber } from "../tracking/metricGroups";
import { type ArrangedCell, type ArrangedComparison, judgedNumber } from "./arrangeComparison";
import { deltaOf } from "./deltaOf";
import { pickRows } from "./pickRows";

/** A promise to people's scripts: fields may be added, never changed. Times and durations are milliseconds. */
export interface ComparisonJson {
  readonly runs: readonly {
    readonly run_id: string;
    readonly run_name: string;
    readonly experiment_id: string;
    readonly experiment: string;
    readonly store: string;
    readonly status: string;
    readonly versions: readonly string[];
    /** What the run cost; null where no price is known. */
    readonly price: { readonly amount: number; readonly currency: string } | null;
    /** Why no price is known, or what the price holds; absent where there is nothing to say. */
    readonly price_note?: string;
  }[];
  /** Present where runs are grouped: the columns, each with indexes into `runs`. */
  readonly groups?: readonly { readonly label: string | null; readonly runs: readonly number[] }[];
  /** The baseline's run id, of a group its label; null without one. */
  readonly baseline: string | null;
  readonly rows: readonly {
    readonly section: string;
    readonly key: string;
    readonly kind: string;
    readonly differs: boolean;
    readonly values: readonly JsonCell[];
    readonly direction?: string;
    /** Indexes of the columns with the best value. */
    readonly best?: readonly number[];
    /** Against the baseline, by column; null where there is no difference of numbers. */
    readonly deltas?: readonly ({ readonly absolute: number; readonly relative: number | null } | null)[];
  }[];
}

type JsonCell = null | string | number | { readonly mean: WireNumber; readonly spread: number | null; readonly count: number };

/** The rows given, with whole values. @param shown indexes of rows, in order. */
export function toJson(arranged: ArrangedComparison, shown: readonly number[]): ComparisonJson {
  return finish(toJsonInSteps(arranged, shown));
}

/** The same in steps of one row. */
function* toJsonInSteps(arranged: ArrangedComparison, shown: readonly number[]): Steps<ComparisonJson> {
  const { comparison, groups, baseline } = arranged;
  return {
    runs: comparison.runs.map(({ run, experiment, store, versions, price, priceNote }) => ({
      run_id: run.runId,
      run_name: run.name,
      experiment_id: run.experimentId,
      experiment,
      store,
      status: run.status,
      versions,
      price: price ?? null,
      ...(priceNote == null ? {} : { price_note: priceNote }),
    })),
    ...(groups === null ? {} : { groups }),
    baseline:
      baseline === null ? null : groups === null ? (comparison.runs[baseline]?.run.runId ?? null) : (groups[baseline]?.label ?? null),
    rows: yield* mapInSteps(pickRows(arranged.rows, shown), ({ row, cells, distinct, direction, best }) => {
      const base = baseline === null ? null : judgedNumber(cells[baseline]);
      const hasDeltas = baseline !== null && row.kind !== "text";
      return {
        section: row.section,
        key: row.key,
        kind: row.kind,
        differs: distinct > 1,
        values: cells.map(toJsonCell),
        ...(direction === null ? {} : { direction, best }),
        ...(hasDeltas ? { deltas: cells.map((cell) => deltaOf(judgedNumber(cell), base)) } : {}),
      };
    }),
  };
}

/** As a text with a line for each run and each row, so that two of them can be compared line by line. */
export function* toJsonTextInSteps(arranged: ArrangedComparison, shown: readonly number[]): Steps<string> {
  const { runs, rows, ...rest } = yield* toJsonInSteps(arranged, shown);
  const fields = [
    `"runs": ${list(yield* mapInSteps(runs, toText))}`,
    ...Object.entries(rest).map(([name, value]) => `${toText(name)}: ${toText(value)}`),
    `"rows": ${list(yield* mapInSteps(rows, toText))}`,
  ];
  return `{\n  ${fields.join(",\n  ")}\n}\n`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? "[]" : `[\n    ${items.join(",\n    ")}\n  ]`;
}

function toText(value: unknown): string {
  return JSON.stringify(value);
}

function toJsonCell(cell: ArrangedCell): JsonCell {
  if (typeof cell === "number") {
    return toWireNumber(cell);
  }
  return typeof cell === "string" || cell === null ? cell : { ...cell, mean: toWireNumber(cell.mean) };
}
