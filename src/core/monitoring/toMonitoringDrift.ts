import type { ColumnDrift, DriftReport, SideSummary, SideStats } from "../drift/driftReport";
import type { MonitoringDrift, MonitoringSide } from "./monitoringResult";
import { worstStatus } from "./statusOrder";

/** What a result keeps of a report. */
export function toMonitoringDrift(report: DriftReport): MonitoringDrift {
  const { dataset, columns, mode, settings } = report;
  // Limits that somebody wrote for a column mean what they say: where it fails, the check fails.
  const strict = columns.filter(
    (column) => column.status === "fail" && (column.limitsFrom !== "default" || isMissingMore(column, settings.missingIncrease)),
  );
  return {
    status: strict.length > 0 ? (worstStatus([dataset.status, "fail"]) ?? "fail") : dataset.status,
    mode,
    drifted_columns: dataset.driftedColumns,
    tested_columns: dataset.testedColumns,
    share: dataset.share,
    threshold: dataset.threshold,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      status: column.status,
      method: column.result?.method ?? null,
      score: column.result?.score ?? null,
      threshold: column.result?.threshold ?? null,
      fail_threshold: column.result?.failThreshold ?? null,
      missing: { reference: missingShare(column.reference), current: missingShare(column.current) },
      new_categories: column.newCategoryCount,
      lost_categories: column.lostCategoryCount,
      verdict: column.verdict,
    })),
  };
}

function isMissingMore({ reference, current }: ColumnDrift, limit: number | null): boolean {
  return limit !== null && missingShare(current) - missingShare(reference) >= limit;
}

function missingShare({ rows, missing }: SideStats): number {
  return rows === 0 ? 0 : missing / rows;
}

/**
 * @param path as the product's file has it.
 * @param names how people know the files, by absolute path.
 */
export function toMonitoringSide(path: string, summary: SideSummary, names: Readonly<Record<string, string>>): MonitoringSide {
  return {
    path,
    files: summary.files.map((file) => ({ path: names[file.path] ?? file.path, bytes: file.bytes, sha256: file.sha256 })),
    rows: summary.rows,
    total_rows: summary.totalRows,
    sampled: summary.sample !== null,
  };
}
