import type { DriftMark, DriftNote, DriftOptions, DriftView, DriftWindow, KpiSeriesView } from "../../../protocol/drift";
import type { ColumnKind } from "../../tabular/column";
import type { ColumnDrift, CorrelationChange, DatasetDrift, DriftSettings, SideSummary } from "../driftReport";
import { DETECTORS } from "../detectors";
import type { WindowDrift } from "../driftService";
import { methodText } from "./methodText";
import { toColumnRow } from "./toColumnRow";
import type { MethodNames } from "./toScore";
import { toSideView } from "./toSideView";

/** What is known of a comparison so far; parts come one after the other. */
export interface DriftViewInput {
  readonly revision: number;
  readonly title: string;
  readonly product: string | null;
  readonly commit: string | null;
  readonly reference: SideSummary | null;
  readonly current: SideSummary | null;
  readonly settings: DriftSettings;
  readonly columns: readonly ColumnDrift[];
  readonly dataset: DatasetDrift | null;
  readonly correlations: readonly CorrelationChange[];
  readonly chance: { readonly tests: number; readonly expected: number } | null;
  readonly windows: readonly WindowDrift[];
  readonly kpis: readonly KpiSeriesView[];
  readonly marks: readonly DriftMark[];
  readonly notes: readonly DriftNote[];
  readonly options: DriftOptions;
  /** Columns of the current side, with which it can be cut by time. */
  readonly kinds: readonly { readonly name: string; readonly kind: ColumnKind }[];
  readonly progress: DriftView["progress"];
  readonly problem: DriftView["problem"];
  readonly calibration: NonNullable<DriftView["calibration"]> | null;
  /** Why what is shown no longer holds, a sentence. */
  readonly outdated: string | null;
}

const MOST_SEGMENTS = 50;

/** The whole page as one view model. @param toPath a path as people know it. */
export function toDriftView(input: DriftViewInput, methods: MethodNames, toPath: (path: string) => string): DriftView {
  const { dataset, settings, windows } = input;
  return {
    revision: input.revision,
    title: input.title,
    product: input.product,
    reference: input.reference === null ? null : toSideView(input.reference, toPath),
    current: input.current === null ? null : toSideView(input.current, toPath),
    method: methodText(settings, methods),
    commit: input.commit,
    dataset:
      dataset === null
        ? null
        : {
            state: dataset.status,
            verdict: dataset.verdict,
            drifted: dataset.driftedColumns,
            tested: dataset.testedColumns,
            unjudged: dataset.unjudgedColumns,
            share: dataset.share,
            threshold: dataset.threshold,
          },
    columns: input.columns.map((column) => toColumnRow(column, windows, methods)),
    windows: windows.map(toWindow),
    marks: [...input.marks].sort((a, b) => a.time - b.time),
    correlations: input.correlations,
    kpis: input.kpis,
    chance: chanceText(input.chance),
    options: input.options,
    methodChoices: [...methods].map(([id, { label }]) => ({ id, label })),
    detectorChoices: input.kpis.length === 0 ? [] : DETECTORS.map(({ id, label, explanation }) => ({ id, label, explanation })),
    timeColumns: input.kinds.filter(({ kind }) => kind === "time").map(({ name }) => name),
    segmentColumns: input.columns.filter(isSegment).map(({ name }) => name),
    notes: input.notes,
    progress: input.progress,
    problem: input.problem,
    calibration: input.calibration,
    outdated: input.outdated,
  };
}

function toWindow({ from, to, label, rows, status, reason, dataset }: WindowDrift): DriftWindow {
  return { from, to, label, rows, state: status, reason, share: dataset?.share ?? null };
}

/** Columns with a few values on either side, by which rows can be told apart. */
function isSegment({ type, reference, current }: ColumnDrift): boolean {
  const distinct = Math.max(reference.distinct, current.distinct);
  return type === "cat" && distinct > 1 && distinct <= MOST_SEGMENTS;
}

function chanceText(chance: DriftViewInput["chance"]): string | null {
  if (chance === null || chance.tests === 0) {
    return null;
  }
  const { tests, expected } = chance;
  const count = expected < 1 ? "Less than 1" : `About ${String(Math.round(expected))}`;
  return `${count} of ${String(tests)} ${tests === 1 ? "column" : "columns"} judged by a p-value would alarm by chance alone.`;
}
