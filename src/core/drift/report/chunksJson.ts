import type { ChunkScore, ChunkSeries, NoSeries } from "../chunks/chunkSeries";
import type { ChunkDrift, ChunkedSideSummary } from "../driftService";

/**
 * Tables over parts of their rows as `mlops drift --chunks` writes them, under `chunks`. Times are milliseconds since 1970. Names and shapes are a promise to
 * scripts, as those of the whole are. A figure that there is none of is null, with a reason; what is not judged has `alert: null`.
 */
export function chunksJson({ wish, reference, current, columns, together }: ChunkDrift): object {
  return {
    by: wish.by,
    time_column: wish.column,
    reference: sideJson(reference),
    current: sideJson(current),
    columns: Object.fromEntries(columns.map(({ name, series }) => [name, { method: wish.method, ...seriesJson(series) }])),
    together: {
      method: "pca_reconstruction_error",
      ...seriesJson(together),
      ...(together.kind === "none" ? {} : { components: together.components, columns: together.columns, left_out: together.leftOut }),
    },
  };
}

function sideJson({ looked, rows, without, cut }: ChunkedSideSummary): object {
  return { rows: looked, total_rows: rows, without_time: without, cut };
}

function seriesJson(series: ChunkSeries | NoSeries): object {
  return series.kind === "none"
    ? { label: series.label, reason: series.reason }
    : {
        label: series.label,
        lower: series.thresholds.lower,
        upper: series.thresholds.upper,
        limits: series.thresholdSource,
        reference: series.reference.map(scoreJson),
        current: series.current.map(scoreJson),
      };
}

function scoreJson({ chunk, rows, value, error, alert, reason }: ChunkScore): object {
  const { label, start, end, gap } = chunk;
  return {
    label,
    ...(start === null ? {} : { from: start, to: end }),
    ...(gap > 0 ? { gap } : {}),
    rows,
    value,
    ...(error === null ? {} : { standard_error: error }),
    alert,
    ...(reason === null ? {} : { reason }),
  };
}
