import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { DriftSettings } from "../../core/drift/driftReport";
import { driftSettingsOf } from "../../core/drift/driftSettings";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { labelDelay } from "../../core/monitoring/labelDelay";
import { columnRoles, ignoredColumns, liveColumns } from "../../core/monitoring/liveColumns";
import { locateData, type DataPorts } from "../../core/monitoring/locateData";
import { trackerWish, type TrackedData } from "../../core/monitoring/monitoringTracker";
import { readingOf } from "../../core/monitoring/readingOf";
import type { TableReading } from "../../core/tabular/tableReading";
import type { DriftOptions } from "../../protocol/drift";
import type { WatchedProduct } from "../monitoring/watchedProduct";
import { sourceReading } from "./driftChoices";
import type { DriftSubject } from "./driftSubject";

/** What a product's file says about its data. */
export type ProductData = Pick<
  DriftSubject,
  "reference" | "current" | "labels" | "settingsOf" | "mode" | "types" | "ignore" | "detectors" | "window" | "timeColumn" | "windowMinRows"
>;

export interface ProductDataPorts extends DataPorts {
  readonly files: Pick<WorkspaceFiles, "list" | "look" | "columnNames">;
  readonly now: () => number;
}

/** What a product's file says about its data, as a check takes it, so that page and check say the same. @throws AppError where data are not there. */
export async function productData(
  { product, config }: WatchedProduct,
  ports: ProductDataPorts,
  reading: DriftOptions["reading"] | null,
  signal: CancelSignal,
): Promise<ProductData> {
  const { monitoring } = product;
  const { now } = ports;
  const find = (what: "reference" | "live", text: string | undefined): Promise<TrackedData> => {
    if (text === undefined || text.trim() === "") {
      throw new AppError("usage", `The mlops.yaml does not say where the ${what} data lie.`, {
        remedy: `Name them in monitoring.${what}, and save the file.`,
      });
    }
    return locateData(what, text, trackerWish(product, config), ports, signal);
  };
  const sources = {
    reference: reading === null ? readingOf(product, "reference") : sourceReading(reading.reference),
    current: reading === null ? readingOf(product, "live") : sourceReading(reading.current),
  };
  const [reference, live] = [await find("reference", monitoring?.reference), await find("live", monitoring?.live)];
  const names = await Promise.all([
    namesIn(reference, sources.reference, ports.files, signal),
    namesIn(live, sources.current, ports.files, signal),
  ]);
  const columns = liveColumns(product, names[1]);
  const own = driftSettingsOf(monitoring);
  const settingsOf: ProductData["settingsOf"] = (mode, time, until): DriftSettings => {
    const settings = driftSettingsOf(monitoring, mode);
    const labelsAreDue = (until ?? -Infinity) + labelDelay(product) <= now();
    return {
      ...settings,
      roles: { ...settings.roles, ...columnRoles(columns) },
      ignore: [...settings.ignore, ...ignoredColumns(columns, time, ...names, labelsAreDue)],
    };
  };
  return {
    reference: { paths: reference.paths, ...sources.reference },
    current: { paths: live.paths, ...sources.current },
    labels: { reference: monitoring?.reference ?? "", current: monitoring?.live ?? "" },
    settingsOf,
    mode: own.mode,
    types: Object.entries(own.types),
    ignore: own.ignore,
    detectors: (monitoring?.detectors ?? ["adwin"]).filter((id) => id !== undefined),
    window: monitoring?.window?.rows ?? monitoring?.window?.by ?? null,
    timeColumn: monitoring?.columns?.time ?? null,
    windowMinRows: driftSettingsOf(monitoring, "own").minRows,
  };
}

/** Columns of the first file, from its head alone; none where its kind has none, or where it lies outside of the workspace. */
async function namesIn(
  { names }: TrackedData,
  reading: TableReading,
  files: ProductDataPorts["files"],
  signal: CancelSignal,
): Promise<readonly string[]> {
  const [first] = Object.values(names);
  return first === undefined ? [] : ((await files.columnNames(first, signal, reading)) ?? []);
}
