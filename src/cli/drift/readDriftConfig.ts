import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "../../core/base/appError";
import { readConfig } from "../../core/config/readConfig";
import type { DriftMode, DriftSettings } from "../../core/drift/driftReport";
import { driftModeOf, driftSettingsOf } from "../../core/drift/driftSettings";
import { readingOf } from "../../core/monitoring/readingOf";
import type { TableReading } from "../../core/tabular/tableReading";

/** How each side is read. */
export interface DriftReading {
  readonly reference?: TableReading;
  readonly current?: TableReading;
}

/**
 * Limits as `monitoring` of an mlops.yaml has them, and how it says that tables are read.
 * @param mode in place of the file's.
 * @throws AppError where the file cannot be read or has no such block.
 */
export async function readDriftConfig(
  path: string,
  cwd: string,
  mode: DriftMode | null,
): Promise<{ readonly settings: DriftSettings; readonly reading: DriftReading }> {
  const text = await readFile(resolve(cwd, path), "utf8").catch((error: unknown) => {
    const why = error instanceof Error ? `: ${error.message}` : "";
    throw new AppError("file/unreadable", `The file ${path} cannot be read${why}.`, { remedy: "Name an mlops.yaml.", cause: error });
  });
  const { value } = readConfig(text, () => ({ error: "mlops drift reads no other files" }));
  if (value.monitoring === undefined) {
    throw new AppError("usage", `${path} has no monitoring block that can be read.`, {
      remedy: "Run mlops lint to see what is wrong with it.",
    });
  }
  return {
    settings: driftSettingsOf(value.monitoring, mode ?? driftModeOf(value.monitoring)),
    reading: { reference: readingOf(value, "reference"), current: readingOf(value, "live") },
  };
}
