import { relative, sep } from "node:path";
import type { CancelSignal } from "../../core/base/cancel";
import { isAppError, toUserText } from "../../core/base/appError";
import { fixText } from "../../core/lint/fixText";
import type { LintOptions } from "../../core/lint/workspace/fileLint";
import { isFixable, type LintedFile } from "./lintReport";
import type { LintWorkspace } from "./openLintWorkspace";
import { writeFileSafely } from "./writeFileSafely";

/** A file whose safe fixes change it. */
export interface FixedFile {
  readonly file: LintedFile;
  readonly after: string;
  /** How many fixes were applied. */
  readonly applied: number;
}

/** Works out what the safe fixes make of the files; writes nothing. */
export async function fixFiles(
  workspace: LintWorkspace,
  root: string,
  files: readonly LintedFile[],
  options: LintOptions,
  signal: CancelSignal,
): Promise<readonly FixedFile[]> {
  const fixed: FixedFile[] = [];
  for (const file of files.filter(({ findings }) => findings.some(isFixable))) {
    signal.throwIfAborted();
    const path = relative(root, file.path).split(sep).join("/");
    const { text, applied } = await fixText(
      file.text,
      async (changed) =>
        changed === file.text ? file.findings : ((await workspace.withText(path, changed).lint(path, options, signal))?.findings ?? []),
      signal,
    );
    if (text !== file.text) {
      fixed.push({ file, after: text, applied: applied.length });
    }
  }
  return fixed;
}

/** @returns sentences about files that could not be written; the others are. */
export async function writeFixes(root: string, fixes: readonly FixedFile[], signal: CancelSignal): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const { file, after } of fixes) {
    signal.throwIfAborted();
    try {
      await writeFileSafely({ root, path: file.path, file: file.file, before: file.text, after });
    } catch (error) {
      if (!isAppError(error)) {
        throw error;
      }
      refused.push(toUserText(error));
    }
  }
  return refused;
}
