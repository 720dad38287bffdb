import { realpath } from "node:fs/promises";
import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { printable } from "../printable";
import { fixFiles, writeFixes } from "./fixFiles";
import { judgeByBaseline } from "./judgeByBaseline";
import { lintCalendar } from "./lintCalendar";
import { type LintRequest, readLintRequest } from "./lintOptions";
import { countFindings, type LintReport, plural } from "./lintReport";
import { type LintedScope, lintScope } from "./lintScope";
import { readScopes } from "./lintScopes";
import { openLintWorkspace } from "./openLintWorkspace";
import { showDiff } from "./showDiff";
import { writeReport } from "./writeReport";

const LOOKED_FOR = "mlops.yaml, *.mlops.yaml, .mlops/policy.yaml or a pipeline file of another tool such as dvc.yaml";

/** `mlops lint`, once it is asked for. */
export async function lintPaths(context: CommandContext): Promise<number> {
  const { options, host, stores } = context;
  const request = readLintRequest(options, host.now());
  const calendar = lintCalendar();
  const cwd = await realpath(host.cwd);
  const opened = (await readScopes(options.args, host.cwd)).map((scope) => ({
    scope,
    workspace: openLintWorkspace(scope.root, calendar, stores),
  }));
  try {
    const linted: LintedScope[] = [];
    for (const one of opened) {
      linted.push(await lintScope(one, cwd, request.lint, host.signal));
    }
    await tellWhatIsMissing(context, linted);
    return request.action === "diff"
      ? await showDiff(context, linted, request.lint)
      : await report(context, request, linted, cwd, calendar);
  } finally {
    opened.forEach(({ workspace }) => workspace.dispose());
  }
}

async function report(
  context: CommandContext,
  request: LintRequest,
  linted: readonly LintedScope[],
  cwd: string,
  calendar: RegulationCalendar,
): Promise<number> {
  const { scopes, refused } = request.action === "fix" ? await fix(context, linted, request, cwd) : { scopes: linted, refused: [] };
  const files = scopes.flatMap((scope) => scope.files).sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const unreadable = scopes.flatMap((scope) => scope.unreadable);
  const judged = request.baseline === null ? null : await judgeByBaseline(context, scopes, files, request.baseline, cwd);
  const shown: LintReport = { files: judged?.files ?? files, baseline: judged, unreadable, version: context.version, calendar };
  await writeReport(context, shown, request.format);
  // Told also with --quiet.
  for (const sentence of [...unreadable, ...refused]) {
    await context.host.stderr.write(`mlops: ${printable(sentence)}\n`);
  }
  return unreadable.length + refused.length > 0 ? EXIT.unusable : exitCode(shown, request);
}

/** Writes what the safe fixes change, and lints anew what may read differently now. */
async function fix(
  { host, output }: CommandContext,
  linted: readonly LintedScope[],
  request: LintRequest,
  cwd: string,
): Promise<{ readonly scopes: readonly LintedScope[]; readonly refused: readonly string[] }> {
  const scopes: LintedScope[] = [];
  const refused: string[] = [];
  let [fixes, files] = [0, 0];
  for (const scope of linted) {
    const { written, refused: failures } = await writeFixes(
      scope.scope.root,
      await fixFiles(scope, request.lint, host.signal),
      host.signal,
    );
    refused.push(...failures);
    files += written.length;
    fixes += written.reduce((sum, { applied }) => sum + applied, 0);
    // A policy or an included file may be among them, so that others have other findings now.
    scope.workspace.forget();
    scopes.push(written.length === 0 ? scope : await lintScope(scope, cwd, request.lint, host.signal));
  }
  if (files > 0) {
    await output.note(`Mended ${plural(fixes, "finding")} in ${plural(files, "file")}.`);
  }
  return { scopes, refused };
}

async function tellWhatIsMissing({ output }: CommandContext, scopes: readonly LintedScope[]): Promise<void> {
  for (const problem of scopes.flatMap(({ workspace }) => workspace.problems())) {
    await output.note(printable(problem));
  }
  if (scopes.every(({ files, unreadable }) => files.length + unreadable.length === 0)) {
    await output.note(`There is nothing to lint: no ${LOOKED_FOR} was found.`);
  }
}

/** Hints never stop anything. */
function exitCode({ files }: LintReport, { maxWarnings }: LintRequest): number {
  const { error, warning } = countFindings(files);
  return error > 0 || warning > maxWarnings ? EXIT.findings : EXIT.fine;
}
