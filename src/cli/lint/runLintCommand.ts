import { readFile, realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { isInside } from "../../adapters/node/isInside";
import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { printable } from "../printable";
import { withBaseline } from "./baselineFile";
import { type FixedFile, fixFiles, writeFixes } from "./fixFiles";
import { githubFormat } from "./formats/githubFormat";
import { jsonFormat } from "./formats/jsonFormat";
import { junitFormat } from "./formats/junitFormat";
import { sarifFormat } from "./formats/sarifFormat";
import { stylishFormat } from "./formats/stylishFormat";
import { lintCalendar } from "./lintCalendar";
import { type LintRequest, readLintRequest } from "./lintOptions";
import { countFindings, type LintedFile, type LintReport, plural } from "./lintReport";
import { type LintScope, readScopes } from "./lintScopes";
import { lintScope } from "./lintWorkspace";
import { type LintWorkspace, openLintWorkspace } from "./openLintWorkspace";
import { unifiedDiff } from "./unifiedDiff";

/** Standard output gets the report in pieces of this many UTF-16 code units, because a thousand files may have megabytes. */
const PIECE = 256 * 1024;
/** More entries that are gone are told as a number. */
const MOST_GONE = 10;

const LOOKED_FOR = "mlops.yaml, *.mlops.yaml, .mlops/policy.yaml or a pipeline file of another tool such as dvc.yaml";

interface OpenedScope {
  readonly scope: LintScope;
  readonly workspace: LintWorkspace;
  readonly files: readonly LintedFile[];
  readonly unreadable: readonly string[];
}

/** `mlops lint`, once its words are known to be options and paths. */
export async function runLintCommand(context: CommandContext): Promise<number> {
  const request = readLintRequest(context.options, context.host.now());
  const calendar = lintCalendar();
  const cwd = await realpath(context.host.cwd);
  const scopes: OpenedScope[] = [];
  const opened: LintWorkspace[] = [];
  try {
    for (const scope of await readScopes(context.options.args, context.host.cwd)) {
      const workspace = openLintWorkspace(scope.root, calendar);
      opened.push(workspace);
      scopes.push({ scope, workspace, ...(await lintScope(workspace.lint, scope, cwd, request.lint, context.host.signal)) });
    }
    return await tell(context, request, scopes, calendar, cwd);
  } finally {
    opened.forEach((workspace) => workspace.dispose());
  }
}

async function tell(
  context: CommandContext,
  request: LintRequest,
  scopes: OpenedScope[],
  calendar: RegulationCalendar,
  cwd: string,
): Promise<number> {
  const { output } = context;
  for (const problem of scopes.flatMap(({ workspace }) => workspace.problems())) {
    await output.note(printable(problem));
  }
  if (scopes.every(({ files, unreadable }) => files.length + unreadable.length === 0)) {
    await output.note(`There is nothing to lint: no ${LOOKED_FOR} was found.`);
  }
  if (request.action === "diff") {
    return showDiff(context, scopes, request);
  }
  const refused = request.action === "fix" ? await fix(context, scopes, request, cwd) : [];
  const files = scopes.flatMap((scope) => scope.files).sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const unreadable = scopes.flatMap((scope) => scope.unreadable);
  const baseline = await applyBaseline(context, scopes, files, request);
  const report: LintReport = { files: baseline?.files ?? files, baseline, unreadable, version: context.version, calendar };
  await write(context, formatted(context, report, request));
  await tellFailures(context, [...unreadable, ...refused]);
  return unreadable.length + refused.length > 0 ? EXIT.unusable : exitCode(report, request);
}

/** Writes what the safe fixes change, and lints anew what may read differently now. @returns why files were left alone. */
async function fix({ host, output }: CommandContext, scopes: OpenedScope[], request: LintRequest, cwd: string): Promise<readonly string[]> {
  const refused: string[] = [];
  let fixes = 0;
  let files = 0;
  for (const [index, { scope, workspace, files: linted }] of scopes.entries()) {
    const fixed = await fixFiles(workspace, scope.root, linted, request.lint, host.signal);
    if (fixed.length === 0) {
      continue;
    }
    const failures = await writeFixes(scope.root, fixed, host.signal);
    refused.push(...failures);
    files += fixed.length - failures.length;
    fixes += fixed.reduce((sum, { applied }) => sum + applied, 0);
    // A policy or an included file may be among them, so that others have other findings now.
    workspace.forget();
    scopes[index] = { scope, workspace, ...(await lintScope(workspace.lint, scope, cwd, request.lint, host.signal)) };
  }
  if (files > 0) {
    await output.note(`Mended ${plural(fixes, "finding")} in ${plural(files, "file")}.`);
  }
  return refused;
}

async function showDiff(context: CommandContext, scopes: readonly OpenedScope[], request: LintRequest): Promise<number> {
  const { host, output } = context;
  const fixed: FixedFile[] = [];
  for (const { scope, workspace, files } of scopes) {
    fixed.push(...(await fixFiles(workspace, scope.root, files, request.lint, host.signal)));
  }
  fixed.sort((a, b) => (a.file.file < b.file.file ? -1 : 1));
  for (const { file, after } of fixed) {
    const mark = await byteOrderMark(file.path);
    await host.stdout.write(unifiedDiff(file.file, mark + file.text, mark + after));
  }
  await output.note(fixed.length === 0 ? "Nothing would change." : `${plural(fixed.length, "file")} would change.`);
  const unreadable = scopes.flatMap((scope) => scope.unreadable);
  await tellFailures(context, unreadable);
  return unreadable.length > 0 ? EXIT.unusable : fixed.length > 0 ? EXIT.findings : EXIT.fine;
}

/** The mark is no part of the text that was judged, but a patch must name it. */
async function byteOrderMark(path: string): Promise<string> {
  const bytes = await readFile(path);
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "\ufeff" : "";
}

async function applyBaseline(
  { host, output }: CommandContext,
  scopes: readonly OpenedScope[],
  files: readonly LintedFile[],
  { baseline }: LintRequest,
): Promise<(LintReport["baseline"] & { readonly files: readonly LintedFile[] }) | null> {
  if (baseline === null) {
    return null;
  }
  const scope = scopes.flatMap(({ scope: { root, folders, files: named } }) => [...folders, ...named].map((path) => resolve(root, path)));
  const result = await withBaseline(files, { ...baseline, cwd: await realpath(host.cwd), scope });
  await output.note(`${plural(result.known, "finding")} in the baseline ${result.known === 1 ? "does" : "do"} not count.`);
  const kept = result.files.reduce((sum, { findings }) => sum + findings.filter(({ severity }) => severity !== "info").length, 0);
  if (baseline.isUpdated && kept > 0) {
    await output.note(`${plural(kept, "finding")} cannot be put into a baseline and must be mended.`);
  }
  if (result.gone.length > 0) {
    const names = result.gone.slice(0, MOST_GONE).map(({ file, rule }) => `\n  ${printable(file)}  ${printable(rule)}`);
    const more = result.gone.length > MOST_GONE ? `\n  and ${result.gone.length - MOST_GONE} more` : "";
    await output.note(
      `${plural(result.gone.length, "entry").replace("entrys", "entries")} of the baseline no longer ${result.gone.length === 1 ? "occurs" : "occur"}; --update-baseline takes ${result.gone.length === 1 ? "it" : "them"} out:${names.join("")}${more}`,
    );
  }
  return result;
}

function formatted({ host, output }: CommandContext, report: LintReport, { format }: LintRequest): Iterable<string> {
  switch (format) {
    case "json":
      return jsonFormat(report);
    case "sarif":
      return sarifFormat(report);
    case "junit":
      return junitFormat(report);
    case "github":
      return githubFormat(report, runnerPath(host.env["GITHUB_WORKSPACE"]));
    case "stylish":
      return stylishFormat(report, { color: output.isColored, columns: host.stdout.columns });
  }
}

/** A step may run in a folder of the repository, and GitHub counts paths from the repository. */
function runnerPath(workspace: string | undefined): (path: string, file: string) => string {
  return (path, file) =>
    workspace !== undefined && isAbsolute(workspace) && isInside(workspace, path) ? relative(workspace, path).split(sep).join("/") : file;
}

async function write({ host }: CommandContext, pieces: Iterable<string>): Promise<void> {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length > PIECE) {
      host.signal.throwIfAborted();
      await host.stdout.write(text);
      text = "";
    }
  }
  await host.stdout.write(text);
}

/** Failures are told also with --quiet. */
async function tellFailures({ host }: CommandContext, sentences: readonly string[]): Promise<void> {
  for (const sentence of sentences) {
    await host.stderr.write(`mlops: ${printable(sentence)}\n`);
  }
}

/** Hints never stop anything. */
function exitCode({ files }: LintReport, { maxWarnings }: LintRequest): number {
  const { error, warning } = countFindings(files);
  return error > 0 || warning > maxWarnings ? EXIT.findings : EXIT.fine;
}
