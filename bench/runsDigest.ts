import { createHash } from "node:crypto";

/** What both sides of a comparison must agree on, in the order in which a store listed the runs. */
export interface RunFacts {
  readonly runId: string;
  readonly metrics: readonly (readonly [key: string, value: number])[];
  readonly params: readonly (readonly [key: string, value: string])[];
}

/** A digest over run ids, params and the exact bits of metric values; the Python side computes the same. */
export function digestRuns(runs: Iterable<RunFacts>): string {
  const hash = createHash("sha256");
  const bits = Buffer.alloc(8);
  const byKey = (a: readonly [string, unknown], b: readonly [string, unknown]): number => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
  for (const { runId, metrics, params } of runs) {
    hash.update(`${runId}\n`);
    for (const [key, value] of [...metrics].sort(byKey)) {
      // There are many bit patterns of NaN; a word stands for all of them.
      bits.writeDoubleLE(value);
      hash.update(key);
      hash.update(Number.isNaN(value) ? "NaN" : bits);
    }
    for (const [key, value] of [...params].sort(byKey)) {
      hash.update(`${key}=${value}\n`);
    }
  }
  return hash.digest("hex");
}
