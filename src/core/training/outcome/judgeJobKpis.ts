import type { Product } from "../../config/product";
import { betterOf, judgeKpi } from "../../kpi/judgeKpi";
import { indexed } from "../../lint/indexed";
import { runKpi } from "../../monitoring/runKpi";
import type { TrackedRun } from "../../monitoring/monitoringTracker";
import type { Run } from "../../tracking/run";
import type { JudgedKpi } from "../trainingJob";

/** Figures of a training from elsewhere than its run, e.g. a file of metrics that the pipeline wrote; null where there is none. */
export type OtherFigures = (kpi: { readonly name: string; readonly data: string | null }) => number | null;

export interface JudgedKpis {
  readonly kpis: readonly JudgedKpi[];
  readonly notes: readonly string[];
}

/**
 * The KPIs of a product as its new run has them, beside those of the model at work. A KPI by a group is looked for as one metric a group,
 * `name/by/group` or with `.`, `_`, `:` in between. What the run lacks is taken from its nested runs, the best of them, and that is told.
 * @param champion metrics of the model at work; null where there is none, or it is the new run itself.
 */
export function judgeJobKpis(
  product: Product,
  main: Run | null,
  runs: readonly Run[],
  champion: Run | null,
  other: OtherFigures,
): JudgedKpis {
  const notes: string[] = [];
  const own = main === null ? null : tracked(main);
  const nested = runs.filter((run) => run !== main && run.status === "FINISHED").map(tracked);
  const best = champion === null ? null : tracked(champion);
  const kpis = indexed(product.kpis).flatMap(([, kpi]): readonly JudgedKpi[] => {
    const { name, by } = kpi;
    if (name === undefined) {
      return [];
    }
    const one = (group: string | null, value: number | null, before: number | null): JudgedKpi => ({
      name,
      group,
      value,
      target: kpi.target ?? null,
      status: STATUS[judgeKpi(value, { target: kpi.target, warn: kpi.warn }).status],
      champion: before,
      isBetter: isBetter(value, before, betterOf(kpi.target) ?? betterOf(kpi.warn)),
    });
    if (by !== undefined) {
      const groups = groupFigures(own, name, by);
      const before = groupFigures(best, name, by);
      if (groups.size === 0) {
        notes.push(`The run has no ${name} by ${by}: a metric a group is looked for, such as ${name}/${by}/a.`);
        return [one(null, null, null)];
      }
      return [...groups].map(([group, value]) => one(group, value, before.get(group) ?? null));
    }
    const ofRun = own === null ? null : runKpi(own, name);
    const value = ofRun ?? other({ name, data: kpi.data ?? null }) ?? bestOf(nested, name, betterOf(kpi.target), notes);
    return [one(null, value, best === null ? null : runKpi(best, name))];
  });
  return { kpis, notes };
}

const STATUS = { ok: "pass", warn: "warn", fail: "fail", unjudged: "unknown" } as const;

function tracked({ runId, name, startTime, metrics }: Run): TrackedRun {
  const finite = [...metrics].flatMap(([key, { value }]) => (Number.isFinite(value) ? [[key, value] as const] : []));
  return { runId, name, startTime, metrics: Object.fromEntries(finite) };
}

function groupFigures(run: TrackedRun | null, name: string, by: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [key, value] of Object.entries(run?.metrics ?? {})) {
    const rest = key.startsWith(name) ? key.slice(name.length) : "";
    const group = /^[/._:-]/.test(rest) && rest.slice(1).startsWith(by) ? rest.slice(1 + by.length) : "";
    if (/^[/._:=-]./.test(group)) {
      found.set(group.slice(1), value);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A sweep logs its figures in nested runs, and its best one is what it was made for. */
function bestOf(runs: readonly TrackedRun[], name: string, better: "up" | "down" | null, notes: string[]): number | null {
  const figures = runs.flatMap((run) => {
    const value = runKpi(run, name);
    return value === null ? [] : [{ run, value }];
  });
  const [best] = better === null ? figures : figures.sort((a, b) => (better === "up" ? b.value - a.value : a.value - b.value));
  if (best === undefined) {
    return null;
  }
  notes.push(`${name} is that of the nested run "${best.run.name}".`);
  return best.value;
}

function isBetter(value: number | null, before: number | null, better: "up" | "down" | null): boolean | null {
  return value === null || before === null || better === null ? null : better === "up" ? value > before : value < before;
}
