import type { Severity } from "../../../core/lint/ruleMeta";
import type { LintReport } from "../lintReport";
import { rangesIn } from "../textRanges";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/**
 * Workflow commands of GitHub Actions, which shows them at their lines in a pull request.
 * @param nameOf a file, as the workflow's runner finds it.
 */
export function* githubFormat({ files }: LintReport, nameOf: (path: string, file: string) => string): Generator<string> {
  for (const { path, file, text, findings } of files) {
    const at = rangesIn(text);
    for (const { rule, code, severity, message, range } of findings) {
      const { start, end } = at(range);
      const properties = {
        file: nameOf(path, file),
        line: start.line + 1,
        endLine: end.line + 1,
        // GitHub refuses columns for a mark of more than one line.
        ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
        title: `${rule} (${code})`,
      };
      const words = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
      yield `::${COMMANDS[severity]} ${words.join(",")}::${escapeData(message)}\n`;
    }
  }
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
