import { resolve } from "node:path";
import type { CommandContext } from "../command";
import { printable } from "../printable";
import type { BaselineEntry } from "./baseline";
import { type Baselined, withBaseline } from "./baselineFile";
import type { LintRequest } from "./lintOptions";
import { type LintedFile, plural } from "./lintReport";
import type { LintedScope } from "./lintScope";

/** More entries that are gone are told as a number. */
const MOST_GONE = 10;

/** Takes out what the baseline knows, and tells how much that is and what of it is gone. */
export async function judgeByBaseline(
  { output }: CommandContext,
  scopes: readonly LintedScope[],
  files: readonly LintedFile[],
  baseline: NonNullable<LintRequest["baseline"]>,
  cwd: string,
): Promise<Baselined> {
  const scope = scopes.flatMap(({ scope: { root, folders, files: named } }) => [...folders, ...named].map((path) => resolve(root, path)));
  const judged = await withBaseline(files, { ...baseline, cwd, scope });
  const { known, gone } = judged;
  await output.note(`${plural(known, "finding")} in the baseline ${known === 1 ? "does" : "do"} not count.`);
  const kept = judged.files.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== "info").length;
  if (baseline.isUpdated && kept > 0) {
    await output.note(`${plural(kept, "finding")} cannot be put into a baseline and must be mended.`);
  }
  if (gone.length > 0) {
    await output.note(goneSentence(gone));
  }
  return judged;
}

function goneSentence(gone: readonly BaselineEntry[]): string {
  const names = gone.slice(0, MOST_GONE).map(({ file, rule }) => `\n  ${printable(file)}  ${printable(rule)}`);
  const more = gone.length > MOST_GONE ? `\n  and ${gone.length - MOST_GONE} more` : "";
  const what = gone.length === 1 ? "1 entry of the baseline no longer occurs" : `${gone.length} entries of the baseline no longer occur`;
  return `${what}; --update-baseline takes ${gone.length === 1 ? "it" : "them"} out:${names.join("")}${more}`;
}
