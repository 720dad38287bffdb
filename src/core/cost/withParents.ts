import type { CostedRun } from "./costedRun";

/** What only other runs tell: whether a run has parts, and whether its time is in another one's price. */
export function withParents(runs: readonly CostedRun[]): readonly CostedRun[] {
  const byId = new Map(runs.map((run) => [run.runId, run]));
  const parents = new Set(runs.flatMap(({ parentRunId }) => (parentRunId === null ? [] : [parentRunId])));
  return runs.map((run) => {
    if (run.parentRunId === null && !parents.has(run.runId)) {
      return run.hasChildren || run.paidIn !== null ? { ...run, hasChildren: false, paidIn: null } : run;
    }
    const parent = byId.get(run.parentRunId ?? "");
    const hasOwnMachine = run.instance !== null && run.instance.name !== parent?.instance?.name;
    const from = parent === undefined || parent.runId === run.runId || hasOwnMachine ? null : parent.startedAt;
    return {
      ...run,
      hasChildren: parents.has(run.runId),
      paidIn: parent === undefined || from === null ? null : { from, to: endOf(parent) },
    };
  });
}

/** Null while it runs. */
function endOf({ endedAt, status, lastPointAt, startedAt }: CostedRun): number | null {
  return endedAt ?? (status === "RUNNING" ? null : (lastPointAt ?? startedAt));
}
