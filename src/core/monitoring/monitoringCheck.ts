import { isAppError, toUserText } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { Product } from "../config/product";
import type { WindowLength } from "../drift/chunks/windowLength";
import { driftModeOf, driftSettingsOf } from "../drift/driftSettings";
import type { DriftMode, DriftReport, DriftSettings } from "../drift/driftReport";
import type { DriftEvents, DriftService } from "../drift/driftService";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { readProduct } from "../lint/workspace/readProduct";
import { chooseWindows, type WindowChoice } from "./chooseWindows";
import { collectKpis, type KpiContext, type KpiSide, windowed } from "./collectKpis";
import { labelDelay } from "./labelDelay";
import { columnRoles, ignoredColumns, type LiveColumns, liveColumns } from "./liveColumns";
import type { LiveTables } from "./liveTables";
import { locateData } from "./locateData";
import type { MonitoredProduct } from "./monitoredProduct";
import type { MonitoringDrift, MonitoringKpi, MonitoringResult, MonitoringSide, MonitoringWindow } from "./monitoringResult";
import { type MonitoringTracker, trackerWish } from "./monitoringTracker";
import { sayWindow } from "./sayResult";
import { type ReadingWish, readingOf, withWishes } from "./readingOf";
import { toMonitoringDrift, toMonitoringSide } from "./toMonitoringDrift";
import { checkStatus, checkVerdict } from "./checkVerdict";

/** The commit that the workspace stands at. */
export interface CommitState {
  readonly commit: string;
  /** Files of the folder that git knows were changed since. */
  readonly dirty: boolean;
}

/** The world as a check sees it. */
export interface MonitoringPorts {
  readonly files: WorkspaceFiles;
  readonly tracker: MonitoringTracker;
  readonly drift: DriftService;
  readonly live: LiveTables;
  /** Null where there is no repository, or git cannot be asked. */
  readonly commit: (folder: string, signal: CancelSignal) => Promise<CommitState | null>;
  /** Of a path of the workspace. */
  readonly toAbsolute: (path: string) => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Name and version of this program. */
  readonly tool: string;
}

export interface CheckWish {
  readonly window: WindowChoice;
  /** In place of `monitoring.window`. */
  readonly by: WindowLength | null;
  /** In place of `monitoring.drift.mode`. */
  readonly mode: DriftMode | null;
  /** In place of `monitoring.read`, and on top of it. */
  readonly read: ReadingWish;
}

export const NEWEST_WINDOW: CheckWish = { window: { kind: "newest" }, by: null, mode: null, read: {} };

/** What a check of a product also hands over: the product, for alerts and for what comes next. */
export interface ProductCheck {
  readonly product: MonitoredProduct;
  /** Null where its file cannot be read. */
  readonly config: Product | null;
  /** Oldest window first; at least one. */
  readonly results: readonly MonitoringResult[];
}

/** Enough for the tables that people look at; more are sampled, and the result says so. */
const READ = { maxRows: 5_000_000, sampleRows: 1_000_000, seed: 7 } as const;

/**
 * Checks products. What cannot be judged is a result as well, with a sentence that says why; only cancelling is an error.
 */
export class MonitoringCheck {
  constructor(private readonly ports: MonitoringPorts) {}

  /** @param path of the product's file, in the workspace. */
  async check(path: string, wish: CheckWish, events: DriftEvents, signal: CancelSignal): Promise<ProductCheck> {
    const { files } = this.ports;
    let config: Product | null = null;
    let hash = "";
    const problems: string[] = [];
    try {
      const text = await files.readText(path, signal);
      hash = (await files.sha256(path, signal)) ?? "";
      if (text === null) {
        problems.push(`The file ${path} is not there.`);
      } else {
        const read = await readProduct(path, text, files, signal);
        config = read.value;
        const wrong = read.problems.length;
        if (wrong > 0) {
          problems.push(
            `${path} has ${wrong === 1 ? "a mistake" : `${wrong} mistakes`}; mlops lint tells more. First: ${read.problems[0]?.message ?? ""}`,
          );
        }
      }
    } catch (error) {
      problems.push(this.sentence(error, signal));
    }
    const product = { name: config?.name ?? path, config: path };
    const work = new ProductWork(this.ports, product, hash, wish, events, signal);
    const results = config === null ? [await work.unjudged(problems)] : await work.run(config, problems);
    return { product, config, results };
  }

  private sentence(error: unknown, signal: CancelSignal): string {
    return sentenceOf(error, signal);
  }
}

function sentenceOf(error: unknown, signal: CancelSignal): string {
  signal.throwIfAborted();
  return isAppError(error) ? toUserText(error) : `It failed: ${toUserText(error)}`;
}

interface DriftPart {
  readonly drift: MonitoringDrift | null;
  readonly reference: MonitoringSide | null;
  readonly live: MonitoringSide | null;
  readonly problems: readonly string[];
}

/** One check of one product, from its file to its results. */
class ProductWork {
  private commitState: Promise<CommitState | null> | undefined;

  constructor(
    private readonly ports: MonitoringPorts,
    private readonly product: MonitoredProduct,
    private readonly hash: string,
    private readonly wish: CheckWish,
    private readonly events: DriftEvents,
    private readonly signal: CancelSignal,
  ) {}

  async run(config: Product, found: readonly string[]): Promise<readonly MonitoringResult[]> {
    const { monitoring } = config;
    const problems = [...found];
    const written = this.wish.by ?? monitoring?.window?.rows ?? monitoring?.window?.by;
    const isWritten = written !== undefined || monitoring?.columns?.time !== undefined;
    const by = written ?? (this.wish.window.kind === "all" ? null : "week");
    const live = await this.side("live", monitoring?.live, config, monitoring?.columns?.time ?? null, by, problems);
    const reference = await this.side("reference", monitoring?.reference, config, null, null, problems);
    const columns = liveColumns(config, live?.survey.columns ?? []);
    const windows = live === null ? [null] : this.windowsOf(live, by, isWritten, problems);
    const results: MonitoringResult[] = [];
    for (const [index, window] of windows.entries()) {
      this.signal.throwIfAborted();
      const part = live === null || reference === null ? NO_DRIFT : await this.judge(config, { live, reference, columns }, window);
      // Figures of now belong to the newest window; those of older ones would be measured anew with what is known today.
      const isNewest = index === windows.length - 1;
      const context: KpiContext = { config, product: this.product, live, columns, window, reference, isAsked: this.isAsked() };
      const kpis = isNewest ? await this.kpis(context, problems) : [];
      results.push(await this.result(window, part, kpis, isNewest ? problems : []));
    }
    return results.length === 0 ? [await this.unjudged(problems)] : results;
  }

  /** A result that says why there is none. */
  async unjudged(problems: readonly string[]): Promise<MonitoringResult> {
    return this.result(null, NO_DRIFT, [], problems);
  }

  private async side(
    what: "reference" | "live",
    text: string | undefined,
    config: Product,
    time: string | null,
    by: CheckWish["by"],
    problems: string[],
  ): Promise<KpiSide | null> {
    const { files, tracker, toAbsolute, live } = this.ports;
    if (text === undefined || text.trim() === "") {
      problems.push(
        what === "live"
          ? "Drift is not judged: monitoring.live does not say where live data is."
          : "Drift is not judged: monitoring.reference does not say what live data is compared with.",
      );
      return null;
    }
    try {
      this.events.onProgress?.({ text: `Looking for the ${what} data`, done: 0, total: 1 });
      const wish = trackerWish(config, this.product.config);
      const data = await locateData(what, text, wish, { files, tracker, toAbsolute }, this.signal);
      const source = { paths: data.paths, ...readingOf(config, what, this.wish.read) };
      const survey = await live.survey(source, { time, by }, this.signal);
      return { text, data, source, survey };
    } catch (error) {
      problems.push(sentenceOf(error, this.signal));
      return null;
    }
  }

  /** @param isWritten somebody asked for windows; where nobody did, a table without times is one piece. */
  private windowsOf(
    { survey }: KpiSide,
    by: CheckWish["by"],
    isWritten: boolean,
    problems: string[],
  ): readonly (MonitoringWindow | null)[] {
    const { time } = survey;
    if (time === null || by === null) {
      if (isWritten && this.wish.window.kind !== "all") {
        problems.push("All rows are one window: no column of the live data holds times. Name one in monitoring.columns.time.");
      }
      return [{ from: null, to: null, column: null, by: null, complete: true }];
    }
    if (time.rowsWithout > 0) {
      const count = time.rowsWithout;
      problems.push(
        `${count} row${count === 1 ? " has" : "s have"} no time in "${time.column}" and belong${count === 1 ? "s" : ""} to no window.`,
      );
    }
    const chosen = chooseWindows(this.wish.window, { column: time.column, by, rows: time.windows }, this.ports.now());
    problems.push(...chosen.problems);
    return chosen.windows;
  }

  private isAsked(): boolean {
    const { kind } = this.wish.window;
    return kind === "at" || kind === "span";
  }

  private settings(config: Product, sides: Sides, window: MonitoringWindow | null): DriftSettings {
    const { mode, read } = this.wish;
    const settings = withWishes(driftSettingsOf(config.monitoring, mode ?? driftModeOf(config.monitoring)), read);
    const names = (side: KpiSide): readonly string[] => side.survey.columns.map(({ name }) => name);
    const time = sides.live.survey.time?.column ?? null;
    const labelsAreDue = (window?.to ?? -Infinity) + labelDelay(config) <= this.ports.now();
    return {
      ...settings,
      roles: { ...settings.roles, ...columnRoles(sides.columns) },
      ignore: [...settings.ignore, ...ignoredColumns(sides.columns, time, names(sides.reference), names(sides.live), labelsAreDue)],
    };
  }

  private async judge(config: Product, sides: Sides, window: MonitoringWindow | null): Promise<DriftPart> {
    const { live, reference } = sides;
    const settings = this.settings(config, sides, window);
    try {
      const session = await this.ports.drift.open(
        {
          reference: reference.source,
          current: windowed(live, window),
          labels: { reference: reference.text, current: live.text },
          read: READ,
          hash: true,
        },
        this.events,
        this.signal,
      );
      try {
        const report = await session.report(settings, this.events, this.signal);
        return {
          drift: toMonitoringDrift(report),
          reference: toMonitoringSide(reference.text, report.reference, reference.data.names),
          live: toMonitoringSide(live.text, report.current, live.data.names),
          problems: driftProblems(report, settings, window),
        };
      } finally {
        session.dispose();
      }
    } catch (error) {
      return { ...NO_DRIFT, problems: [sentenceOf(error, this.signal)] };
    }
  }

  private async kpis(context: KpiContext, problems: string[]): Promise<readonly MonitoringKpi[]> {
    try {
      const { kpis, problems: more } = await collectKpis(context, this.ports, this.signal);
      problems.push(...more);
      return kpis;
    } catch (error) {
      problems.push(sentenceOf(error, this.signal));
      return [];
    }
  }

  private async result(
    window: MonitoringWindow | null,
    part: DriftPart,
    kpis: readonly MonitoringKpi[],
    found: readonly string[],
  ): Promise<MonitoringResult> {
    this.commitState ??= this.ports.commit(this.product.config, this.signal);
    const state = await this.commitState;
    const problems = [...new Set([...found, ...part.problems])];
    const facts = { drift: part.drift, kpis, problems };
    return {
      version: 1,
      product: this.product.name,
      config: this.product.config,
      config_sha256: this.hash,
      checked_at: this.ports.now(),
      tool: this.ports.tool,
      commit: state?.commit ?? null,
      dirty: state?.dirty ?? null,
      status: checkStatus(facts),
      verdict: checkVerdict(facts),
      window,
      reference: part.reference,
      live: part.live,
      ...facts,
    };
  }
}

interface Sides {
  readonly live: KpiSide;
  readonly reference: KpiSide;
  readonly columns: LiveColumns;
}

const NO_DRIFT: DriftPart = { drift: null, reference: null, live: null, problems: [] };

/** What of a report keeps it from being the whole truth. */
function driftProblems(
  { current, reference, columns }: DriftReport,
  { minRows }: DriftSettings,
  window: MonitoringWindow | null,
): readonly string[] {
  const problems: string[] = [];
  for (const [what, { matchingRows: rows }] of [
    ["live", current],
    ["reference", reference],
  ] as const) {
    if (rows < minRows) {
      const where = what === "live" ? ` (${sayWindow(window)})` : "";
      problems.push(`The ${what} data${where} has ${rows} row${rows === 1 ? "" : "s"}, and ${minRows} are needed to judge.`);
    }
  }
  const gone = columns.filter(
    ({ role, current: side, reference: other }) => role === "feature" && side.rows === 0 && other.rows > 0 && current.rows > 0,
  );
  if (gone.length > 0) {
    const names = gone.slice(0, 5).map(({ name }) => name);
    problems.push(`The live data lacks ${names.join(", ")}${gone.length > names.length ? ` and ${gone.length - names.length} more` : ""}.`);
  }
  return problems;
}
