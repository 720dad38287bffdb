import { AppError, isAppError } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";

/** What stands in the way of reading, for people. */
const REASONS: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ENOENT: ["there is no such file", "Check the path."],
  ENOTDIR: ["a file stands where a folder is needed", "Check the path."],
  EISDIR: ["it is a folder", "Name a file, or all files of the folder with a pattern such as *.csv."],
  EACCES: ["you have no permission to read it", "Ask its owner for the right to read it."],
  EPERM: ["you have no permission to read it", "Ask its owner for the right to read it."],
  EMFILE: ["too many files are open", "Close other programs and try again."],
  EIO: ["the disk does not answer", "Check the disk or the network, and try again."],
};

/** What kept a file from being read, as a sentence; an abort and an AppError stay what they are. */
export function fileProblem(path: string, error: unknown): unknown {
  if (isAppError(error) || isCancelled(error)) {
    return error;
  }
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  const [reason, remedy] = REASONS[code] ?? [error instanceof Error ? error.message : String(error), ""];
  return fileError(path, reason, remedy, error);
}

/** @param reason begins with a small letter and has no full stop. */
export function fileError(path: string, reason: string, remedy = "", cause?: unknown): AppError {
  const full = reason.endsWith(".") ? reason : `${reason}.`;
  return new AppError("file/unreadable", `${path} cannot be read: ${full}`, { ...(remedy === "" ? {} : { remedy }), cause });
}
