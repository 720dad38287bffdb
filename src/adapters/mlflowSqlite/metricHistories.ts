import type { CancelSignal } from "../../core/base/cancel";
import type { MetricHistory } from "../../core/tracking/run";
import { SeriesThinner } from "../../core/tracking/thinSeries";
import type { Connection } from "./connection";
import { metricValueOf, numberOf } from "./values";

/** Reads the curves of one metric, run by run and point by point, so that the memory holds only what is shown. */
export async function readMetricHistories(
  connection: Connection,
  runIds: readonly string[],
  key: string,
  maxPoints: number,
  signal: CancelSignal,
): Promise<ReadonlyMap<string, MetricHistory>> {
  const { schema } = connection;
  const from = `FROM metrics m ${schema.indexedBy("metrics", "run_uuid,key,step", "run_uuid")} WHERE m.run_uuid = ? AND m.key = ?`;
  const stepColumn = schema.column("m", "metrics", "step", "CAST(0 AS INTEGER)");
  const histories = new Map<string, MetricHistory>();
  for (const runId of new Set(runIds)) {
    const total = numberOf((await connection.get(`SELECT count(*) AS total ${from}`, [runId, key], signal))?.["total"]);
    if (total > 0) {
      const thinner = new SeriesThinner(total, maxPoints);
      await connection.each(
        `SELECT CAST(${stepColumn} AS REAL) AS step, CAST(m.timestamp AS REAL) AS timestamp, m.value AS value,
                ${schema.column("m", "metrics", "is_nan", "0")} AS isNan
         ${from} ORDER BY ${stepColumn}, m.timestamp, m.value`,
        [runId, key],
        ([step, timestamp, value, isNan]) =>
          thinner.add({ step: numberOf(step), timestamp: numberOf(timestamp), value: metricValueOf(value, isNan) }),
        signal,
      );
      histories.set(runId, thinner.finish());
    }
    await connection.breathe(signal);
  }
  return histories;
}
