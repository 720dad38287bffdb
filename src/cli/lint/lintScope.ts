import { relative, resolve, sep } from "node:path";
import type { CancelSignal } from "../../core/base/cancel";
import { AppError, isAppError, toUserText } from "../../core/base/appError";
import type { FileLint, LintOptions } from "../../core/lint/workspace/fileLint";
import { printable } from "../printable";
import type { LintedFile } from "./lintReport";
import type { LintScope } from "./lintScopes";
import type { LintWorkspace } from "./openLintWorkspace";

/** While one file waits for the disk or for git, others are judged. */
const AT_ONCE = 16;

export interface OpenedScope {
  readonly scope: LintScope;
  readonly workspace: LintWorkspace;
}

export interface LintedScope extends OpenedScope {
  readonly files: readonly LintedFile[];
  /** Sentences about files that could not be judged. */
  readonly unreadable: readonly string[];
}

/**
 * Lints what was asked for of one workspace.
 * @param cwd real path of the folder from which the report names files.
 * @throws AppError `usage` for a file that was named and is none that lint judges.
 */
export async function lintScope(
  { scope, workspace }: OpenedScope,
  cwd: string,
  options: LintOptions,
  signal: CancelSignal,
): Promise<LintedScope> {
  const { root, folders, files } = scope;
  const { lint } = workspace;
  const paths = new Set(files);
  if (folders.length > 0) {
    for (const { path } of await lint.targets(signal)) {
      if (folders.some((folder) => folder === "" || path.startsWith(`${folder}/`))) {
        paths.add(path);
      }
    }
  }
  const linted: LintedFile[] = [];
  const unreadable: string[] = [];
  const waiting = paths.values();
  const work = async (): Promise<void> => {
    for (const path of waiting) {
      signal.throwIfAborted();
      const absolute = resolve(root, path);
      const file = displayPath(absolute, cwd);
      try {
        const result = await lint.lint(path, options, signal);
        if (result !== null) {
          linted.push(toLinted(result, file, absolute));
        } else if (files.includes(path)) {
          throw notOurs(file);
        }
      } catch (error) {
        if (!isAppError(error) || error.code === "usage") {
          throw error;
        }
        unreadable.push(toUserText(error));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { scope, workspace, files: linted, unreadable: unreadable.sort() };
}

/** How people write a path: from the current folder, with forward slashes; absolute only where another drive leaves no choice. */
function displayPath(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join("/");
}

function toLinted({ text, findings, suppressed }: FileLint, file: string, path: string): LintedFile {
  return { file, path, text, findings, suppressed };
}

function notOurs(file: string): AppError {
  return new AppError("usage", `"${printable(file)}" is no file that mlops lint judges.`, {
    remedy: "It judges mlops.yaml, *.mlops.yaml, .mlops/policy.yaml and pipeline files such as dvc.yaml.",
  });
}
