import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { folderOf, inFolder } from "../lint/workspace/workspacePath";
import { LAST_TIME, resultName } from "../monitoring/resultName";
import type { ResultFiles } from "../monitoring/resultStore";
import type { DataCheckReport } from "./dataCheckReport";

/** So many checks cannot end in the same millisecond by chance. */
const MOST_TRIES = 1000;

export interface KeptEvidence {
  /** Relative to the workspace. */
  readonly path: string;
  /** The whole file, of which a sign-off names the SHA-256 (of its UTF-8 bytes). */
  readonly text: string;
}

/** The same bytes for the same report: keys in the order of their letters, no blanks, a line end. */
export function dataCheckJson(report: DataCheckReport): string {
  return `${JSON.stringify(sorted(report))}\n`;
}

/**
 * Keeps a report as `.mlops/data-checks/<time>.json` beside the product's file, as what a sign-off of data points to. Files are added and never changed.
 * @throws AppError `file/unwritable`.
 */
export async function keepDataCheck(files: ResultFiles, report: DataCheckReport, signal: CancelSignal): Promise<KeptEvidence> {
  const folder = inFolder(folderOf(report.config), ".mlops/data-checks");
  const text = dataCheckJson(report);
  const start = Math.min(LAST_TIME, Math.max(0, Math.round(report.checkedAt)));
  for (let time = start; time < start + MOST_TRIES && time <= LAST_TIME; time++) {
    const path = `${folder}/${resultName(time)}`;
    if (await files.create(path, text, signal)) {
      return { path, text };
    }
  }
  throw new AppError("file/unwritable", `The check of the data of ${report.product} was not kept: no name is free in ${folder}.`, {
    remedy: "Look for files there with this time, and try again.",
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([key, item]) => [key, sorted(item)]),
      )
    : value;
}
