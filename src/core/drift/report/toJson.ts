import type { CategoryCount, ColumnDrift, DriftReport, MethodResult, SideSummary } from "../driftReport";

/**
 * A report as `mlops drift --json` writes it. Names and shapes are a promise to scripts: they may be added to. A score that cannot be
 * computed is null, with a reason; a column that is not judged has `drifted: null`.
 */
export function toJson(report: DriftReport): object {
  const { reference, current, dataset, settings, columns } = report;
  return {
    rows: { reference: reference.rows, current: current.rows },
    mode: report.mode,
    columns: Object.fromEntries(columns.map((column) => [column.name, columnJson(column, settings.allMethods)])),
    dataset: {
      drifted_columns: dataset.driftedColumns,
      tested_columns: dataset.testedColumns,
      unjudged_columns: dataset.unjudgedColumns,
      share: dataset.share,
      threshold: dataset.threshold,
      drifted: dataset.drifted,
      status: dataset.status,
      verdict: dataset.verdict,
    },
    correlations: report.correlations.map((change) => ({ columns: change.columns, reference: change.reference, current: change.current })),
    correlation_rows: report.correlationRows ?? null,
    chance: report.chance,
    reference: sideJson(reference),
    current: sideJson(current),
    elapsed_ms: Math.round(report.elapsedMs),
  };
}

function columnJson(column: ColumnDrift, allMethods: boolean): object {
  const { result, reference, current, status } = column;
  return {
    type: column.type,
    role: column.role,
    status,
    method: result?.method ?? null,
    threshold: result?.threshold ?? null,
    fail_threshold: result?.failThreshold ?? null,
    score: result?.score ?? null,
    drifted: status === "unjudged" ? null : (result?.drifted ?? null),
    ...(column.reason === null ? {} : { reason: column.reason }),
    ...(result?.effect == null ? {} : { effect: result.effect }),
    verdict: column.verdict,
    direction: column.direction,
    missing: { reference: reference.missing, current: current.missing },
    infinite: { reference: reference.infinite, current: current.infinite },
    distinct: { reference: reference.distinct, current: current.distinct },
    kinds: column.kinds,
    numbers: { reference: reference.numbers, current: current.numbers },
    new_categories: column.newCategories.map(valueOf),
    lost_categories: column.lostCategories.map(valueOf),
    new_category_count: column.newCategoryCount,
    lost_category_count: column.lostCategoryCount,
    out_of_range: column.outOfRange,
    bins: column.bins,
    psi: { bins: column.psiBins, contributions: column.psiContributions },
    notes: column.notes,
    limits_from: column.limitsFrom,
    [allMethods ? "methods" : "beside"]: Object.fromEntries(column.methods.map((one) => [one.method, methodJson(one)])),
  };
}

function methodJson({ score, threshold, drifted, reason, effect }: MethodResult): object {
  return { score, threshold, drifted, ...(reason === null ? {} : { reason }), ...(effect === null ? {} : { effect }) };
}

function valueOf({ value }: CategoryCount): string | number {
  return value;
}

function sideJson({ label, files, matchingRows, totalRows, window, sample, notes, skipped }: SideSummary): object {
  return { label, files, matching_rows: matchingRows, total_rows: totalRows, window, sample, notes, skipped };
}
