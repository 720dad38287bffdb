import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { chooseWindows } from "../../core/monitoring/chooseWindows";
import { reviewFolder, readNotes } from "../../core/monitoring/reviewNote";
import type { DeploymentEntry } from "../../core/deployment/deployment";
import { releaseMarks } from "../../core/deployment/view/releaseMarks";
import { kpiHistory } from "../../core/drift/view/kpiHistory";
import { type MetricsFile, readMetricsFile } from "../../core/kpi/metricsFile";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import type { MonitoringResult } from "../../core/monitoring/monitoringResult";
import { productData, type ProductData } from "./productData";
import { fromFiles, fromRows, fromRuns, kpiWish, withComputed } from "./productKpis";
import { type MonitoringTracker, type TrackedRun, trackerWish } from "../../core/monitoring/monitoringTracker";
import type { DriftOptions } from "../../protocol/drift";
import { sourceReading } from "./driftChoices";
import type { MonitoringBoard, Watched } from "../monitoring/monitoringBoard";
import { configPath, type WatchedProduct } from "../monitoring/watchedProduct";
import type { TableSource } from "../../core/tabular/tableReader";
import { alertMarks, noteMarks, retrainingMarks, toDriftNotes } from "./driftHistory";
import type { DriftServices } from "./driftServices";
import { filesTitle, type DriftHistory, type DriftSubject } from "./driftSubject";
import type { DriftSubjectId } from "./driftTarget";
import { defaultDriftSettings } from "../../core/drift/driftSettings";

export interface SubjectParts {
  readonly services: Pick<DriftServices, "portsOf" | "modelVersions" | "releases" | "git" | "folderOf" | "dateColumns" | "kpisOverTime">;
  readonly board: MonitoringBoard;
  readonly toPath: (path: string) => string;
}

/** More points than that nobody tells apart. */
const MOST_RUNS = 200;
/** So many checks tell when it was that a model failed. */
const MOST_RESULTS = 200;

/** Looks up what a panel compares. @param reading in place of how the product's file says that it is read. @throws AppError when the product is gone or its data are not named. */
export async function resolveSubject(
  id: DriftSubjectId,
  reading: DriftOptions["reading"] | null,
  parts: SubjectParts,
  signal: CancelSignal,
): Promise<DriftSubject> {
  const subject = await subjectOf(id, reading, parts, signal);
  const { timeColumn } = subject;
  const [reference, current] = await Promise.all([
    withDates(subject.reference, [], parts, signal),
    withDates(subject.current, timeColumn === null ? [] : [timeColumn], parts, signal),
  ]);
  return { ...subject, reference, current };
}

/** Text files do not say which of their columns hold times. @param known columns of which somebody says so. */
async function withDates(
  source: TableSource,
  known: readonly string[],
  { services }: SubjectParts,
  signal: CancelSignal,
): Promise<TableSource> {
  const [first] = source.paths;
  const dates = first === undefined ? [] : await services.dateColumns(first, signal, source);
  return { ...source, kinds: { ...Object.fromEntries([...dates, ...known].map((name) => [name, "time" as const])), ...source.kinds } };
}

async function subjectOf(
  id: DriftSubjectId,
  reading: DriftOptions["reading"] | null,
  parts: SubjectParts,
  signal: CancelSignal,
): Promise<DriftSubject> {
  if (id.kind === "files") {
    return fileSubject(id, reading, parts, signal);
  }
  await parts.board.refresh();
  const found = parts.board.find(id.config);
  if (found === undefined) {
    throw new AppError("usage", vscode.l10n.t("{0} describes no model that is monitored.", parts.toPath(id.config)), {
      remedy: vscode.l10n.t("Name its reference and live data under monitoring, and save the file."),
    });
  }
  return productSubject(found, reading, parts, signal);
}

async function fileSubject(
  id: Extract<DriftSubjectId, { kind: "files" }>,
  reading: DriftOptions["reading"] | null,
  { services, toPath }: SubjectParts,
  signal: CancelSignal,
): Promise<DriftSubject> {
  return {
    title: filesTitle(id.reference, id.current, toPath),
    product: null,
    config: null,
    commit: await headOf(id.current, services, signal),
    reference: { paths: [id.reference], ...(reading === null ? {} : sourceReading(reading.reference)) },
    current: { paths: [id.current], ...(reading === null ? {} : sourceReading(reading.current)) },
    labels: { reference: toPath(id.reference), current: toPath(id.current) },
    settingsOf: (mode, time) => ({ ...defaultDriftSettings(mode), ignore: time === null ? [] : [time] }),
    mode: "own",
    types: [],
    ignore: [],
    detectors: ["adwin"],
    window: null,
    timeColumn: null,
    shown: null,
    windowMinRows: defaultDriftSettings("own").minRows,
    history: null,
  };
}

async function productSubject(
  { watched, latest }: Watched,
  reading: DriftOptions["reading"] | null,
  parts: SubjectParts,
  signal: CancelSignal,
): Promise<DriftSubject> {
  const config = configPath(watched);
  const [data, commit] = await Promise.all([
    productData(watched, parts.services.portsOf(watched.root), reading, signal),
    headOf(config, parts.services, signal),
  ]);
  const { from = null, to = null } = latest?.window ?? {};
  const shown = from === null || to === null ? (latest == null ? await newestWindow(watched, data, parts, signal) : null) : { from, to };
  return {
    title: parts.toPath(config),
    product: watched.name,
    config,
    commit,
    ...data,
    shown,
    history: historyOf(watched, data, commit, parts),
  };
}

/** Before the first check: the window that it will judge, so that page and check say the same. Null where there are no windows. */
async function newestWindow(
  watched: WatchedProduct,
  data: ProductData,
  { services }: SubjectParts,
  signal: CancelSignal,
): Promise<DriftSubject["shown"]> {
  if (data.window === null) {
    return null;
  }
  try {
    const { live, now } = services.portsOf(watched.root);
    const { time } = await live.survey(data.current, { time: data.timeColumn, by: data.window }, signal);
    const rows = time?.windows ?? [];
    const newest =
      time === null ? null : chooseWindows({ kind: "newest" }, { column: time.column, by: data.window, rows }, now()).windows[0];
    return newest?.from == null || newest.to === null ? null : { from: newest.from, to: newest.to };
  } catch {
    signal.throwIfAborted();
    return null; // Reading the whole says better what is wrong with the file.
  }
}

function historyOf(
  watched: WatchedProduct,
  data: ProductData,
  commit: string | null,
  { services, board, toPath }: SubjectParts,
): DriftHistory {
  const config = configPath(watched);
  const notes: DriftHistory["notes"] = async (report, signal) => {
    const read = await readNotes(reviewFolder(watched.config), services.folderOf(watched.root).results, signal);
    return toDriftNotes(
      read.notes.filter(({ product }) => product === watched.name),
      report,
      commit,
      toPath,
    );
  };
  const results = async (signal: CancelSignal): Promise<readonly MonitoringResult[]> => {
    const history = await board.storeOf(watched)?.history(watched, MOST_RESULTS, signal);
    return (history?.results ?? []).map(({ result }) => result);
  };
  return {
    kpis: async (cut, detectors, signal) => {
      const { files, tracker } = services.portsOf(watched.root);
      const [kept, filed, runs] = await Promise.all([
        results(signal),
        fromFiles(watched.product, watched.config, detectors, (path) => readMetrics(files, path, signal)),
        runsOf(tracker, watched, signal),
      ]);
      const wish = cut === null ? null : kpiWish(watched.product, data, cut, Date.now(), { filed: filed.names, detectors });
      const { kpis, calibration } = wish === null ? { kpis: [], calibration: null } : await services.kpisOverTime(wish, signal);
      const known = [...filed.found, ...fromRows(kpis, watched.product)];
      const found = [...known, ...fromRuns(watched.product, runs, detectors, new Set(known.map(({ name }) => name)))];
      return { series: withComputed(kpiHistory(kept), found, watched.product), calibration };
    },
    notes,
    marks: async (from, to, signal) => {
      const [versions, checks, written, releases, repository] = await Promise.all([
        services.modelVersions(watched.model, signal),
        results(signal),
        notes(null, signal),
        releasesOf(services, watched, signal),
        vscode.workspace.isTrusted ? services.git.marks(folderOf(config), from, to, signal) : [],
      ]);
      const all = [
        ...retrainingMarks(versions),
        ...alertMarks(checks),
        ...noteMarks(written),
        ...releaseMarks(releases, repository, watched),
      ];
      return all.filter(({ time }) => time >= from && time <= to);
    },
  };
}

/** None where no store can be asked: a check says what is wrong with it. */
async function runsOf(
  tracker: Pick<MonitoringTracker, "runs">,
  { product, config }: WatchedProduct,
  signal: CancelSignal,
): Promise<readonly TrackedRun[]> {
  if (product.kpis === undefined) {
    return [];
  }
  try {
    return await tracker.runs(trackerWish(product, config), MOST_RUNS, signal);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

/** None of a log that cannot be read: the page on deployments and lint say what is wrong with it. */
async function releasesOf(
  services: Pick<DriftServices, "releases">,
  { root, config }: WatchedProduct,
  signal: CancelSignal,
): Promise<readonly DeploymentEntry[]> {
  try {
    return await services.releases(root, config, signal);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

/** Null for a file that holds no metrics: a check says what is wrong with it. */
async function readMetrics(files: Pick<WorkspaceFiles, "readText">, path: string, signal: CancelSignal): Promise<MetricsFile | null> {
  try {
    const file = readMetricsFile((await files.readText(path, signal)) ?? "");
    return typeof file === "string" ? null : file;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/** The commit that is checked out where a file lies; null without trust, because git reads what the folder says. */
async function headOf(path: string, services: SubjectParts["services"], signal: CancelSignal): Promise<string | null> {
  return vscode.workspace.isTrusted ? services.git.head(folderOf(path), signal) : null;
}

function folderOf(path: string): string {
  return vscode.Uri.joinPath(vscode.Uri.file(path), "..").fsPath;
}
