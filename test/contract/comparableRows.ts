import { compareRuns } from "../../src/core/compare/compareRuns";
import { rowAddress, type RunComparison } from "../../src/core/compare/runComparison";
import type { Store } from "../../src/core/tracking/store";

/** Compares runs of one store, as the panel and the command line do. */
export async function comparisonOf(store: Store, runIds: readonly string[], signal: AbortSignal): Promise<RunComparison> {
  const runs = await Promise.all(
    runIds.map(async (runId) => ({
      run: await store.getRun(runId, signal),
      storeId: "file:/store",
      store: "store",
      experiment: "experiment",
      versions: (await store.versionsOfRun(runId, signal)).map(
        ({ modelName, version, aliases }) => `${modelName} v${version} ${[...aliases].sort().join(" ")}`,
      ),
      environment: null,
      problem: null,
    })),
  );
  return compareRuns(runs, 0);
}

/** Rows by address. Each recording made its own ids of runs, which are replaced by the seed's names. */
export function comparableRows(comparison: RunComparison, ids: { readonly runs: readonly { readonly runId: string }[] }): object {
  const places = new Map(ids.runs.map(({ runId }) => [runId, "a recorded run"]));
  return Object.fromEntries(
    comparison.rows.map((row) => [
      rowAddress(row),
      {
        kind: row.kind,
        distinct: row.distinct,
        values: row.values.map((value) => (typeof value === "string" ? (places.get(value) ?? value) : value)),
      },
    ]),
  );
}
