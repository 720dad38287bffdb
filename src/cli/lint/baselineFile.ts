import { readFile, writeFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { AppError } from "../../core/base/appError";
import { printable } from "../printable";
import { applyBaseline, type BaselineEntry, baselineText, readBaseline, toBaseline } from "./baseline";
import type { LintedFile } from "./lintReport";

export interface BaselineRequest {
  /** As the user named it. */
  readonly file: string;
  readonly isUpdated: boolean;
  readonly cwd: string;
  /** Absolute: what was linted; entries for other files are left alone. */
  readonly scope: readonly string[];
}

export interface Baselined {
  readonly files: readonly LintedFile[];
  readonly known: number;
  /** Entries, of the files that were linted, for what is not found any more. */
  readonly gone: readonly BaselineEntry[];
}

/**
 * Takes out the findings that the baseline knows; with `isUpdated`, writes it anew first.
 * @throws AppError `usage` for a file that cannot be read or written, or is no baseline.
 */
export async function withBaseline(files: readonly LintedFile[], request: BaselineRequest): Promise<Baselined> {
  const path = resolve(request.cwd, request.file);
  const folder = dirname(path);
  // Both as the baseline names them.
  const named = files.map((file) => ({ ...file, file: nameFrom(folder, file.path), shown: file.file }));
  const isLinted = ({ file }: BaselineEntry): boolean => {
    const place = resolve(folder, file);
    return request.scope.some((one) => place === one || place.startsWith(one.endsWith(sep) ? one : one + sep));
  };
  const before = await read(path, request);
  const entries = request.isUpdated ? [...before.filter((entry) => !isLinted(entry)), ...toBaseline(named)] : before;
  if (request.isUpdated) {
    await write(path, request.file, baselineText(entries));
  }
  const { files: fresh, known, gone } = applyBaseline(named, entries);
  return { files: fresh.map(({ shown, ...file }) => ({ ...file, file: shown })), known, gone: gone.filter(isLinted) };
}

function nameFrom(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

async function read(path: string, { file, isUpdated }: BaselineRequest): Promise<readonly BaselineEntry[]> {
  const shown = `"${printable(file)}"`;
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === "ENOENT" && isUpdated) {
      return [];
    }
    throw new AppError(
      "usage",
      code === "ENOENT" ? `There is no baseline ${shown}.` : `The baseline ${shown} cannot be read: the system answers ${code}.`,
      {
        remedy: "Add --update-baseline to write it.",
        cause: error,
      },
    );
  }
  try {
    return readBaseline(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError("usage", `${shown} is no baseline of mlops lint: ${printable(why.slice(0, 200))}.`, {
      remedy: "Delete it and run again with --update-baseline.",
      cause: error,
    });
  }
}

async function write(path: string, file: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new AppError("usage", `The baseline "${printable(file)}" cannot be written: the system answers ${code}.`, {
      remedy: "Name a file in a folder that you can write to.",
      cause: error,
    });
  }
}
