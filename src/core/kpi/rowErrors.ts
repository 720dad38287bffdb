import { DETECTORS, type DetectorMark, runDetector } from "../drift/detectors";
import type { Chunk } from "../drift/chunks/chunk";
import type { DetectorId } from "../drift/detectors/detector";
import { orderByTime, takeRows } from "../drift/chunks/timeOrder";
import type { Column, NumberColumn } from "../tabular/column";
import { classesOf } from "./classes";
import type { RowMarks } from "./kpiSeries";
import type { KpiRoles } from "./roles";

/** Whether a detector looks at single answers, right or wrong, and not at figures. */
export function watchesErrors(id: DetectorId): boolean {
  return DETECTORS.some((one) => one.id === id && one.takes === "errors");
}

/**
 * Sends the answers of a model, right (0) or wrong (1), through detectors in the order of time, and says in which windows these found a change.
 * @param windows In the order of time; a mark's index is one of these.
 * @param known Rows that are younger have no outcome yet; milliseconds since 1970.
 */
export function rowErrorMarks(
  detectors: readonly DetectorId[],
  columns: readonly Column[],
  roles: KpiRoles,
  time: NumberColumn,
  windows: readonly Pick<Chunk, "start" | "end">[],
  known: number,
): RowMarks {
  const own = detectors.filter(watchesErrors);
  const none = (why: string): RowMarks => ({ marks: [], notes: own.map((id) => `${labelOf(id)}: ${why}`) });
  if (own.length === 0) {
    return { marks: [], notes: [] };
  }
  const named = (role: "label" | "prediction"): Column | undefined => columns.find(({ name }) => name === roles[role]?.column);
  const [label, prediction] = [named("label"), named("prediction")];
  if (label === undefined || prediction === undefined) {
    return none("It looks at single answers, and needs a column of predictions and one of outcomes.");
  }
  const { order, times } = orderByTime(time);
  const classes = classesOf([takeRows(label, order), takeRows(prediction, order)]);
  if (classes === null) {
    return none("It looks at single answers that are right or wrong, and these are numbers.");
  }
  const [truths, answers] = classes.codes;
  const errors = Array.from(times, (at, row): number | null => {
    const [truth = -1, answer = -1] = [truths?.[row], answers?.[row]];
    return truth < 0 || answer < 0 || at > known ? null : truth === answer ? 0 : 1;
  });
  const marks = own.flatMap((id) => {
    const run = runDetector(id, errors, null);
    return (run.marks ?? []).flatMap((mark): readonly DetectorMark[] => {
      const at = times[mark.index] ?? Number.NaN;
      const index = windows.findIndex(({ start, end }) => start !== null && end !== null && at >= start && at < end);
      return index < 0 ? [] : [{ ...mark, index }];
    });
  });
  return { marks, notes: [] };
}

function labelOf(id: DetectorId): string {
  return DETECTORS.find((one) => one.id === id)?.label ?? id;
}
