import { relative, sep } from "node:path";
import type { CancelSignal } from "../../core/base/cancel";
import { isAppError, toUserText } from "../../core/base/appError";
import { fixText } from "../../core/lint/fixText";
import type { LintOptions } from "../../core/lint/workspace/fileLint";
import { isFixable, type LintedFile } from "./lintReport";
import type { LintedScope } from "./lintScope";
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
  { workspace, scope, files }: LintedScope,
  options: LintOptions,
  signal: CancelSignal,
): Promise<readonly FixedFile[]> {
  const fixed: FixedFile[] = [];
  for (const file of files.filter(({ findings }) => findings.some(isFixable))) {
    signal.throwIfAborted();
    const path = relative(scope.root, file.path).split(sep).join("/");
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

/** Writes each file that it can, and says why it left the others. */
export async function writeFixes(
  root: string,
  fixes: readonly FixedFile[],
  signal: CancelSignal,
): Promise<{ readonly written: readonly FixedFile[]; readonly refused: readonly string[] }> {
  const written: FixedFile[] = [];
  const refused: string[] = [];
  for (const fix of fixes) {
    const { file, after } = fix;
    signal.throwIfAborted();
    try {
      await writeFileSafely({ root, path: file.path, file: file.file, before: file.text, after });
      written.push(fix);
    } catch (error) {
      if (!isAppError(error)) {
        throw error;
      }
      refused.push(toUserText(error));
    }
  }
  return { written, refused };
}
