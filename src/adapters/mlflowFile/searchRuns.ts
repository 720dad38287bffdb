import { MLFLOW_TAG, type Run } from "../../core/tracking/run";
import { matchesFilter, runComparator } from "../../core/tracking/filter/matchRun";
import { parseFilter, parseOrderBy } from "../../core/tracking/filter/parseFilter";
import type { FilterField } from "../../core/tracking/filter/runFilter";
import type { NestingFilter, RunQuery } from "../../core/tracking/trackingStore";
import type { Pacer } from "./pacer";
import type { Pass } from "./pass";
import type { NeededKeys, RunFolder, RunInfo } from "./runFolder";
import type { StoreIndex } from "./storeIndex";

/** All runs that a query finds, in order, none of them read yet. */
export interface RunListing {
  readonly runs: readonly RunFolder[];
  /** Of all asked experiments, by the parent's run id; null where no level of nested runs was asked for. */
  readonly childCounts: ReadonlyMap<string, number> | null;
}

interface Candidate {
  readonly folder: RunFolder;
  readonly info: RunInfo;
}

/** Finds and sorts runs by reading `meta.yaml`, for nested runs the parent's tag, and what filter and order look at; nothing else. */
export async function listRuns(index: StoreIndex, query: RunQuery, pass: Pass, pacer: Pacer): Promise<RunListing> {
  const filter = query.filter === undefined || query.filter.trim() === "" ? [] : parseFilter(query.filter);
  const order = parseOrderBy(query.orderBy ?? []);
  const candidates = await listCandidates(index, query, pass, pacer);

  const family = query.nesting === undefined ? null : await readFamily(candidates, pass, pacer);
  const nested = family === null ? candidates : byNesting(candidates, family.parents, query.nesting);
  const needed = neededKeys([...filter.map(({ field }) => field), ...order.map(({ field }) => field)]);
  const found: { folder: RunFolder; probe: Run }[] = [];
  for (const { folder, info } of nested) {
    const probe = folder.probe(info, needed, pass);
    if (matchesFilter(probe, filter)) {
      found.push({ folder, probe });
    }
    if (pacer.isDue) {
      await pacer.rest();
    }
  }
  const compare = runComparator(order);
  found.sort((a, b) => compare(a.probe, b.probe));
  return { runs: found.map(({ folder }) => folder), childCounts: family?.childCounts ?? null };
}

/** The parent of each nested run, and how many children each parent has. */
async function readFamily(
  candidates: readonly Candidate[],
  pass: Pass,
  pacer: Pacer,
): Promise<{ readonly parents: ReadonlyMap<string, string>; readonly childCounts: ReadonlyMap<string, number> }> {
  const parents = new Map<string, string>();
  const childCounts = new Map<string, number>();
  for (const { folder } of candidates) {
    const parent = folder.parentRunId(pass);
    if (parent !== null && parent !== folder.runId) {
      parents.set(folder.runId, parent);
      childCounts.set(parent, (childCounts.get(parent) ?? 0) + 1);
    }
    if (pacer.isDue) {
      await pacer.rest();
    }
  }
  return { parents, childCounts };
}

async function listCandidates(index: StoreIndex, query: RunQuery, pass: Pass, pacer: Pacer): Promise<readonly Candidate[]> {
  const experiments = index.experimentFolders(pass);
  const candidates: Candidate[] = [];
  for (const id of new Set(query.experimentIds)) {
    const experiment = experiments.get(id);
    if (experiment?.isReadable(pass) !== true) {
      continue;
    }
    for (const folder of experiment.runFolders(pass).values()) {
      const info = folder.info(pass);
      if (info !== undefined && (query.lifecycle === "all" || info.lifecycleStage === query.lifecycle)) {
        candidates.push({ folder, info });
      }
      if (pacer.isDue) {
        await pacer.rest();
      }
    }
  }
  return candidates;
}

function byNesting(
  candidates: readonly Candidate[],
  parents: ReadonlyMap<string, string>,
  nesting: NestingFilter | undefined,
): readonly Candidate[] {
  if (nesting === undefined) {
    return candidates;
  }
  if (nesting.kind === "childrenOf") {
    return candidates.filter(({ folder }) => parents.get(folder.runId) === nesting.runId);
  }
  // A run whose parent is not among them would be found nowhere, so it counts as a root.
  const ids = new Set(candidates.map(({ folder }) => folder.runId));
  return candidates.filter(({ folder }) => !ids.has(parents.get(folder.runId) ?? ""));
}

function neededKeys(fields: readonly FilterField[]): NeededKeys {
  const keysOf = (entity: FilterField["entity"]): ReadonlySet<string> =>
    new Set(fields.filter((field) => field.entity === entity).map(({ key }) => key));
  const tags = new Set(keysOf("tag"));
  if (fields.some(({ entity, key }) => entity === "attribute" && key === "run_name")) {
    // The filter looks a run's name up in its tag.
    tags.add(MLFLOW_TAG.runName);
  }
  return { params: keysOf("param"), metrics: keysOf("metric"), tags, datasets: fields.some(({ entity }) => entity === "dataset") };
}
