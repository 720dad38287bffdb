import type { CancelSignal } from "../../core/base/cancel";
import { MLFLOW_TAG } from "../../core/tracking/run";
import type { Connection } from "./connection";
import { literal } from "./sql";
import { numberOf, textOf } from "./values";

/** Small enough that one statement takes about ten milliseconds, so that a writer and a cancel get their turn. */
const CHUNK = 5000;
const PARENT_TAG = literal(MLFLOW_TAG.parentRunId);

/** Which runs of a list are nested in which. */
export class RunFamily {
  private readonly nested = new Set<string>();

  /**
   * @param runIds all runs that count; a run whose parent is not among them is a root.
   * @param children the ids of the children by the id of their parent.
   */
  private constructor(
    runIds: readonly string[],
    private readonly children: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    const known = new Set(runIds);
    for (const [parent, ids] of children) {
      if (known.has(parent)) {
        ids.forEach((id) => this.nested.add(id));
      }
    }
  }

  /** Looks each run's parent up by the key of its tag. No index leads from a parent to its children, so all are read once. */
  static async read(connection: Connection, runIds: readonly string[], signal: CancelSignal): Promise<RunFamily> {
    const children = new Map<string, Set<string>>();
    for (let start = 0; start < runIds.length; start += CHUNK) {
      const rows = await connection.tuples(
        `SELECT j.key AS place, t.value AS parent FROM json_each(?) j
         CROSS JOIN tags t ON t.key = ${PARENT_TAG} AND t.run_uuid = j.value WHERE t.value <> t.run_uuid`,
        [JSON.stringify(runIds.slice(start, start + CHUNK))],
        signal,
      );
      for (const [place, parent] of rows) {
        const id = runIds[start + numberOf(place)];
        const siblings = children.get(textOf(parent)) ?? new Set<string>();
        if (siblings.size === 0) {
          children.set(textOf(parent), siblings);
        }
        if (id !== undefined) {
          siblings.add(id);
        }
      }
      await connection.breathe(signal);
    }
    return new RunFamily(runIds, children);
  }

  isRoot(runId: string): boolean {
    return !this.nested.has(runId);
  }

  isChildOf(runId: string, parentId: string): boolean {
    return this.children.get(parentId)?.has(runId) === true;
  }

  /** By run id; a run that is absent has none. */
  childCounts(runIds: readonly string[]): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const id of runIds) {
      const count = this.children.get(id)?.size ?? 0;
      if (count > 0) {
        counts.set(id, count);
      }
    }
    return counts;
  }
}
