import type { DatasetDrift, DriftReport, DriftSettings, DriftStatus, MethodResult } from "./driftReport";
import { driftMethod } from "./methods";
import { countText, percentText } from "./numberText";

/** What of a column counts for the whole. */
export interface CountedColumn {
  readonly status: DriftStatus;
  readonly result: MethodResult | null;
}

/** Whether so many columns drifted that the data as a whole did. Columns that are not judged are not counted. */
export function datasetDrift(columns: readonly CountedColumn[], { datasetShare }: Pick<DriftSettings, "datasetShare">): DatasetDrift {
  const tested = columns.filter(isTested);
  const drifted = tested.filter(({ result }) => result?.drifted === true).length;
  const unjudged = columns.length - tested.length;
  const counts = { driftedColumns: drifted, testedColumns: tested.length, unjudgedColumns: unjudged, threshold: datasetShare };
  const failing = columns.filter(({ status }) => status === "fail").length;
  if (tested.length === 0) {
    const verdict =
      columns.length === 0 ? "There is no column to judge." : `None of ${countText(columns.length, "column")} could be judged.`;
    return { ...counts, drifted: null, share: null, status: failing > 0 ? "warn" : "unjudged", verdict };
  }
  const share = drifted / tested.length;
  // As Evidently's test compares: at the limit the data have drifted. Without any drifted column nothing has.
  const isDrifted = drifted > 0 && share >= datasetShare;
  const status = isDrifted ? "fail" : columns.some((column) => column.status === "warn" || column.status === "fail") ? "warn" : "ok";
  return {
    ...counts,
    drifted: isDrifted,
    share,
    status,
    verdict: verdictText(drifted, tested.length, unjudged, share, isDrifted, datasetShare),
  };
}

function isTested({ status, result }: CountedColumn): boolean {
  return status !== "unjudged" && result !== null && result.drifted !== null;
}

function verdictText(drifted: number, tested: number, unjudged: number, share: number, isDrifted: boolean, limit: number): string {
  const rest = unjudged === 0 ? "" : ` ${countText(unjudged, "column")} ${unjudged === 1 ? "is" : "are"} not judged.`;
  const of = `${drifted.toLocaleString("en-US")} of ${countText(tested, "column")} drifted (${percentText(share)})`;
  return isDrifted
    ? `The data drifted: ${of}, limit ${percentText(limit)}.${rest}`
    : drifted === 0
      ? `The data have not drifted: none of ${countText(tested, "column")} did.${rest}`
      : `The data as a whole have not drifted: ${of}, limit ${percentText(limit)}.${rest}`;
}

/** How many columns would alarm if nothing had changed: a p-value alarms at its limit's rate. */
export function alarmsByChance(columns: readonly Pick<CountedColumn, "result">[]): DriftReport["chance"] {
  const limits = columns.flatMap(({ result }) =>
    result?.score != null && driftMethod(result.method).result === "p-value" ? [result.threshold] : [],
  );
  return limits.length === 0 ? null : { tests: limits.length, expected: limits.reduce((sum, limit) => sum + limit, 0) };
}
