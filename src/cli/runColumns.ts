import type { Run } from "../core/tracking/run";
import type { Column, TextColor } from "./textTable";
import { durationText, timeText } from "./timeText";

const MAX_METRICS = 4;
const STATUS_COLORS: Readonly<Record<string, TextColor>> = {
  FINISHED: "green",
  FAILED: "red",
  KILLED: "red",
  RUNNING: "cyan",
  SCHEDULED: "yellow",
};

type RunColumn = Column & { readonly cell: (run: Run) => string };

/** The columns of the table of runs: what identifies a run, how it went, and the metrics that most of the first runs have. */
export function runColumns(
  first: readonly Run[],
  experimentNames: ReadonlyMap<string, string>,
  showExperiment: boolean,
): readonly RunColumn[] {
  return [
    { title: "NAME", shrinkTo: 12, cell: (run) => run.name },
    {
      title: "STATUS",
      color: (text) => STATUS_COLORS[text.split(" ")[0] ?? ""],
      cell: (run) => (run.lifecycleStage === "deleted" ? `${run.status} (deleted)` : run.status),
    },
    ...(showExperiment
      ? [{ title: "EXPERIMENT", shrinkTo: 10, cell: (run: Run) => experimentNames.get(run.experimentId) ?? run.experimentId }]
      : []),
    { title: "STARTED (UTC)", cell: (run) => timeText(run.startTime) },
    { title: "TOOK", align: "right", isOptional: true, cell: (run) => durationText(run.startTime, run.endTime) },
    ...commonMetrics(first).map((key): RunColumn => ({
      title: key.slice(0, 40),
      align: "right",
      shrinkTo: 8,
      isOptional: true,
      cell: (run) => metricText(run.metrics.get(key)?.value),
    })),
    { title: "RUN ID", cell: (run) => run.runId },
  ];
}

function commonMetrics(runs: readonly Run[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const key of run.metrics.keys()) {
      if (!key.startsWith("system/")) {
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, MAX_METRICS)
    .map(([key]) => key);
}

function metricText(value: number | undefined): string {
  return value === undefined ? "" : Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value);
}
