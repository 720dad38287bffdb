import { setImmediate } from "node:timers/promises";
import type { DriftSide } from "../../core/drift/driftSide";

/** Lets messages and signals in before each long step, because a table in memory would otherwise never leave the thread. */
export function pacedSide(side: DriftSide): DriftSide {
  const turn = async (): Promise<void> => {
    await setImmediate();
  };
  return {
    summary: side.summary,
    columns: side.columns,
    prepare: (names) => side.prepare(names),
    facts: async (name, whole, signal) => turn().then(() => side.facts(name, whole, signal)),
    timeFacts: async (name, signal) => turn().then(() => side.timeFacts(name, signal)),
    parts: async (name, cut, signal) => turn().then(() => side.parts(name, cut, signal)),
    partRows: async (cut, signal) => turn().then(() => side.partRows(cut, signal)),
    rows: async (name, kind, limit, signal) => turn().then(() => side.rows(name, kind, limit, signal)),
    correlations: async (names, signal) => turn().then(() => side.correlations(names, signal)),
  };
}
