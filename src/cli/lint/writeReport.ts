import { isAbsolute, relative, sep } from "node:path";
import { isInside } from "../../adapters/node/isInside";
import type { CommandContext } from "../command";
import { githubFormat } from "./formats/githubFormat";
import { jsonFormat } from "./formats/jsonFormat";
import { junitFormat } from "./formats/junitFormat";
import { sarifFormat } from "./formats/sarifFormat";
import { stylishFormat } from "./formats/stylishFormat";
import type { LintFormat } from "./lintOptions";
import type { LintReport } from "./lintReport";

/** Standard output gets the report in pieces of so many UTF-16 code units, because that of a thousand files has megabytes. */
const PIECE = 256 * 1024;

/** Writes a report to standard output. */
export async function writeReport(context: CommandContext, report: LintReport, format: LintFormat): Promise<void> {
  const { stdout, signal } = context.host;
  let text = "";
  for (const piece of formatted(context, report, format)) {
    text += piece;
    if (text.length > PIECE) {
      signal.throwIfAborted();
      await stdout.write(text);
      text = "";
    }
  }
  await stdout.write(text);
}

function formatted({ host, output }: CommandContext, report: LintReport, format: LintFormat): Iterable<string> {
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
