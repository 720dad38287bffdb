import type { CancelSignal } from "../base/cancel";
import { toUserText } from "../base/appError";
import { oneLine } from "../base/oneLine";
import type { Product } from "../config/product";
import { judgeKpi } from "../kpi/judgeKpi";
import { resolveKpi } from "../kpi/kpiSpec";
import { FEW_ROWS, type KpiValue, noKpi } from "../kpi/kpiValue";
import { metricOverTime, type MetricsFile, readMetricsFile } from "../kpi/metricsFile";
import { indexed } from "../lint/indexed";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import type { TableSource } from "../tabular/tableReader";
import { labelDelay } from "./labelDelay";
import type { LiveColumns } from "./liveColumns";
import type { LiveTables, TableSurvey } from "./liveTables";
import { metricsFileOf } from "./metricsFileOf";
import type { MonitoredProduct } from "./monitoredProduct";
import type { MonitoringKpi, MonitoringWindow } from "./monitoringResult";
import { type MonitoringTracker, type TrackedData, type TrackedRun, trackerWish } from "./monitoringTracker";
import { runKpi } from "./runKpi";
import { sayTime, sayWindow } from "./sayResult";
import { estimableMetric, type Figure } from "./scoredFigures";

export interface KpiSide {
  readonly text: string;
  readonly data: TrackedData;
  /** Its files, and how they are read. */
  readonly source: TableSource;
  readonly survey: TableSurvey;
}

/** What is known of a product when its KPIs are looked up. */
export interface KpiContext {
  readonly config: Product;
  readonly product: MonitoredProduct;
  /** Null where there is none, or it cannot be read. */
  readonly live: KpiSide | null;
  readonly reference: KpiSide | null;
  readonly columns: LiveColumns;
  /** What drift was judged on. */
  readonly window: MonitoringWindow | null;
  /** Somebody asked for this window: figures of another one are no answer. */
  readonly isAsked: boolean;
}

export interface KpiPorts {
  readonly files: Pick<WorkspaceFiles, "readText">;
  readonly live: Pick<LiveTables, "figures" | "estimates">;
  readonly tracker: Pick<MonitoringTracker, "runs">;
  readonly now: () => number;
}

/** Outcomes that are later than that say nothing of how the model is now. */
const MOST_WINDOWS_BACK = 8;

interface NamedKpi {
  readonly name: string;
  readonly target: string | null;
  readonly warn: string | null;
  readonly by: string | null;
  readonly data: string | null;
}

/** A figure from wherever it came. */
interface Found {
  readonly group: string | null;
  readonly value: KpiValue | number | null;
  readonly rows: number | null;
  readonly source: string;
  readonly window: MonitoringWindow | null;
}

/**
 * The KPIs of a product: from a file of metrics that `data` names, else computed from live data once outcomes are known, else from the runs
 * of its tracker. Where live data has no outcomes yet, an estimate stands beside it.
 */
export async function collectKpis(
  context: KpiContext,
  ports: KpiPorts,
  signal: CancelSignal,
): Promise<{ readonly kpis: readonly MonitoringKpi[]; readonly problems: readonly string[] }> {
  const work = new KpiWork(context, ports, signal);
  return { kpis: await work.collect(), problems: work.problems };
}

class KpiWork {
  readonly problems: string[] = [];
  /** Names of KPIs that a run of the tracker gave. */
  private readonly fromRuns = new Set<string>();
  private run: Promise<TrackedRun | string> | undefined;
  private readonly metricsFiles = new Map<string, Promise<MetricsFile | string | null>>();

  constructor(
    private readonly context: KpiContext,
    private readonly ports: KpiPorts,
    private readonly signal: CancelSignal,
  ) {}

  async collect(): Promise<readonly MonitoringKpi[]> {
    const kpis = indexed(this.context.config.kpis).flatMap(([, { name, target, warn, by, data }]): readonly NamedKpi[] =>
      name === undefined ? [] : [{ name, target: target ?? null, warn: warn ?? null, by: by ?? null, data: data ?? null }],
    );
    const measured = await this.measured(kpis);
    const found: MonitoringKpi[] = [];
    for (const kpi of kpis) {
      const own = (await this.fromFile(kpi)) ?? measured.get(kpi) ?? null;
      const isKnown = own?.some(({ value }) => numberOf(value) !== null) === true;
      const tracked = isKnown || kpi.by !== null ? null : await this.fromRun(kpi);
      const hasTracked = tracked?.some(({ value }) => numberOf(value) !== null) === true;
      if (hasTracked) {
        this.fromRuns.add(kpi.name);
      }
      const shown = (hasTracked ? tracked : (own ?? tracked)) ?? [nothing("No source of it was found.")];
      found.push(...shown.map((figure) => this.judge(kpi, figure)));
    }
    return [...found, ...(await this.estimates(kpis, found))];
  }

  private judge(kpi: NamedKpi, { group, value, rows, source, window }: Found): MonitoringKpi {
    const { name, target, warn, by } = kpi;
    const written = this.context.config.monitoring?.window?.min_rows;
    const minRows = group === null ? (written ?? FEW_ROWS) : FEW_ROWS;
    const { status, sentence } = judgeKpi(value, { target, warn, minRows });
    const of = group === null ? "" : ` of ${by ?? ""} = ${oneLine(group, 60)}`;
    const when = window === null ? "" : ` (${sayWindow(window)})`;
    return {
      name,
      value: numberOf(value),
      target,
      warn,
      status,
      verdict: `${name}${of}${when}: ${sentence}`,
      by,
      group,
      rows,
      kind: "measured",
      source,
      window,
    };
  }

  /** Null where the KPI names no file of metrics. */
  private async fromFile(kpi: NamedKpi): Promise<readonly Found[] | null> {
    const { data, name } = kpi;
    const path = metricsFileOf(kpi, this.context.config, this.context.product.config);
    if (data === null || path === null) {
      return null;
    }
    const known = this.metricsFiles.get(path) ?? this.readMetrics(path);
    this.metricsFiles.set(path, known);
    const file = await known;
    if (file === null || typeof file === "string") {
      if (!/\.csv$/i.test(data)) {
        this.problems.push(`${name} is not in ${data}: ${file ?? "there is no such file."}`);
      }
      return null;
    }
    const points = metricOverTime(file, name);
    const now = this.ports.now();
    const last = points.filter(({ time }) => time === null || time <= now).at(-1);
    if (last === undefined) {
      if (!/\.csv$/i.test(data)) {
        this.problems.push(`${name} is not in ${data}.`);
      }
      return null;
    }
    const when = last.time === null ? "" : ` of ${sayTime(last.time)}`;
    return [{ group: null, value: last.value, rows: null, source: `${data}${when}`, window: null }];
  }

  private async readMetrics(path: string): Promise<MetricsFile | string | null> {
    try {
      const text = await this.ports.files.readText(path, this.signal);
      return text === null ? null : readMetricsFile(text);
    } catch (error) {
      this.signal.throwIfAborted();
      return toUserText(error);
    }
  }

  /** Those that live data can give, each in the window in which it is known. */
  private async measured(kpis: readonly NamedKpi[]): Promise<ReadonlyMap<NamedKpi, readonly Found[]>> {
    const { live } = this.context;
    const found = new Map<NamedKpi, readonly Found[]>();
    if (live === null) {
      return found;
    }
    const specs = kpis.flatMap((kpi) => {
      const spec = resolveKpi(kpi.name, live.survey.columns);
      return spec === null ? [] : [{ kpi, waits: spec.kind === "measure" && spec.needs.includes("label") }];
    });
    for (const waits of [true, false]) {
      const some = specs.filter((one) => one.waits === waits).map(({ kpi }) => kpi);
      const windows = waits ? this.labelledWindows() : [this.context.window];
      if (typeof windows === "string") {
        some.forEach((kpi) => found.set(kpi, [nothing(windows)]));
      } else if (some.length > 0) {
        (await this.measuredIn(live, some, windows)).forEach((figures, kpi) => found.set(kpi, figures));
      }
    }
    return found;
  }

  /** In the first of some windows that has any figure: outcomes may be later than anybody thought, which is told. */
  private async measuredIn(
    live: KpiSide,
    kpis: readonly NamedKpi[],
    windows: readonly (MonitoringWindow | null)[],
  ): Promise<ReadonlyMap<NamedKpi, readonly Found[]>> {
    let first: ReadonlyMap<NamedKpi, readonly Found[]> | null = null;
    for (const window of windows) {
      const figures = await this.figures(live, kpis, window);
      const other = sameWindow(window, this.context.window) ? null : window;
      const found = new Map(
        kpis.map((kpi) => {
          const own = typeof figures === "string" ? [] : figures.filter(({ name, by }) => name === kpi.name && by === kpi.by);
          const values = own.map(({ group, rows, value }): Found => ({ group, rows, value, source: live.text, window: other }));
          const none = nothing(typeof figures === "string" ? figures : "No row of the live data has it.");
          return [kpi, values.length > 0 ? values : [none]] as const;
        }),
      );
      if ([...found.values()].flat().some(({ value }) => numberOf(value) !== null)) {
        if (first !== null) {
          this.problems.push(`No outcomes of ${sayWindow(windows[0] ?? null)} have come, though they are due.`);
        }
        return found;
      }
      first ??= found;
    }
    return first ?? new Map<NamedKpi, readonly Found[]>();
  }

  private async figures(live: KpiSide, kpis: readonly NamedKpi[], window: MonitoringWindow | null): Promise<readonly Figure[] | string> {
    try {
      const source = windowed(live, window);
      return await this.ports.live.figures(
        { source, available: live.survey.columns, given: this.context.columns.given, kpis },
        this.signal,
      );
    } catch (error) {
      this.signal.throwIfAborted();
      return toUserText(error);
    }
  }

  /** Windows whose outcomes are known by now, the newest first. A sentence where there is none. */
  private labelledWindows(): readonly (MonitoringWindow | null)[] | string {
    const { config, window, live, isAsked } = this.context;
    const delay = labelDelay(config);
    const known = this.ports.now() - delay;
    if (window?.to == null || delay === 0) {
      return [window];
    }
    if (isAsked) {
      return window.to <= known ? [window] : `The outcomes of ${sayWindow(window)} are known from ${sayTime(window.to + delay)} on.`;
    }
    const end = Math.min(known, window.to);
    const due = (live?.survey.time?.windows ?? []).filter(({ to }) => to <= end).slice(-MOST_WINDOWS_BACK);
    return due.length === 0
      ? `No outcome is known yet: they come ${config.monitoring?.labels?.delay ?? ""} later.`
      : due.reverse().map(({ from, to }) => ({ ...window, from, to, complete: true }));
  }

  private async fromRun({ name }: NamedKpi): Promise<readonly Found[] | null> {
    this.run ??= this.newestRun();
    const run = await this.run;
    if (typeof run === "string") {
      return [nothing(run)];
    }
    const value = runKpi(run, name);
    const when = run.startTime === null ? "" : ` of ${sayTime(run.startTime)}`;
    return value === null
      ? [nothing(`Neither live data nor the run "${oneLine(run.name, 60)}" has it.`)]
      : [{ group: null, value, rows: null, source: `run ${oneLine(run.name, 60)}${when}`, window: null }];
  }

  private async newestRun(): Promise<TrackedRun | string> {
    const { config, product } = this.context;
    try {
      const [run] = await this.ports.tracker.runs(trackerWish(config, product.config), 1, this.signal);
      return run ?? "There is no finished run.";
    } catch (error) {
      this.signal.throwIfAborted();
      return toUserText(error);
    }
  }

  /** For those that nobody has measured in this window. */
  private async estimates(kpis: readonly NamedKpi[], found: readonly MonitoringKpi[]): Promise<readonly MonitoringKpi[]> {
    const { live, reference, columns, window } = this.context;
    // What a run says is of its training, and what an earlier window says is of then.
    const isMeasured = (name: string): boolean =>
      found.some((one) => one.name === name && one.value !== null && (one.window ?? null) === null && !this.fromRuns.has(name));
    const open = kpis.filter(({ name, by }) => by === null && !isMeasured(name) && estimableMetric(name) !== null);
    if (live === null || reference === null || open.length === 0) {
      return [];
    }
    try {
      const estimates = await this.ports.live.estimates(
        {
          reference: reference.source,
          referenceColumns: reference.survey.columns,
          live: windowed(live, window),
          liveColumns: live.survey.columns,
          given: columns.given,
          names: open.map(({ name }) => name),
        },
        this.signal,
      );
      return open.flatMap((kpi) => {
        const estimate = estimates.find(({ name }) => name === kpi.name);
        if (estimate === undefined) {
          return [];
        }
        const { value, rows, reason } = estimate;
        const judged = this.judge(kpi, {
          group: null,
          value: value ?? noKpi(reason ?? "There is no estimate."),
          rows,
          source: live.text,
          window: null,
        });
        return [{ ...judged, kind: "estimated" as const, verdict: judged.verdict.replace(": ", ", estimated without outcomes: ") }];
      });
    } catch (error) {
      this.signal.throwIfAborted();
      this.problems.push(`Nothing is estimated: ${toUserText(error)}`);
      return [];
    }
  }
}

function nothing(reason: string): Found {
  return { group: null, value: noKpi(reason), rows: null, source: "", window: null };
}

function numberOf(value: KpiValue | number | null): number | null {
  return typeof value === "number" ? value : (value?.value ?? null);
}

function sameWindow(a: MonitoringWindow | null, b: MonitoringWindow | null): boolean {
  return a?.from === b?.from && a?.to === b?.to;
}

/** The rows of a window; all rows where there is none. */
export function windowed(side: KpiSide, window: MonitoringWindow | null): TableSource {
  return window?.column == null || (window.from === null && window.to === null)
    ? side.source
    : { ...side.source, window: { column: window.column, from: window.from, to: window.to } };
}
