import type { DataCheckReport, DataFinding } from "../../../core/dataCheck/dataCheckReport";
import { dataCheckVerdict, sortedFindings } from "../../../core/dataCheck/dataCheckText";
import { sayTime } from "../../../core/monitoring/sayResult";
import { markdownCode, markdownRow, markdownText } from "../../markdownText";
import type { DataCheckOutput } from "../dataCheckOutput";

const SIGNS: Readonly<Record<DataFinding["result"], string>> = { pass: "✅ holds", fail: "❌ fails", unknown: "❔ not judged" };
/** A summary may have a megabyte; nobody reads as much. */
const MOST_FINDINGS = 200;

/** A summary for people, fit for `$GITHUB_STEP_SUMMARY`. */
export function dataCheckMarkdown(outputs: readonly DataCheckOutput[]): string {
  return ["## Data", "", ...outputs.slice(0, 100).flatMap(section)].join("\n");
}

function section({ report, written }: DataCheckOutput): readonly string[] {
  const findings = sortedFindings(report.findings);
  const shown = findings.slice(0, MOST_FINDINGS);
  return [
    `### ${markdownText(report.product)}: ${dataCheckVerdict(report)}`,
    "",
    ...(shown.length === 0
      ? []
      : [
          markdownRow(["data", "column", "rule", "result", "what was found"]),
          markdownRow(["---", "---", "---", "---", "---"]),
          ...shown.map(({ path, column, rule, result, message }) =>
            markdownRow([
              markdownCode(path),
              column === null ? "–" : markdownCode(column),
              markdownCode(rule),
              SIGNS[result],
              markdownText(message),
            ]),
          ),
          ...(findings.length > shown.length ? [markdownRow([`${findings.length - shown.length} more`, "", "", "", ""])] : []),
          "",
        ]),
    ...(report.notes ?? []).map((note) => `- ${markdownText(note)}`),
    ...((report.notes ?? []).length > 0 ? [""] : []),
    `<sub>${facts(report).join(" · ")}${written === null ? "" : ` · kept as ${markdownCode(written.path)}, SHA-256 ${markdownCode(written.sha256)}`}</sub>`,
    "",
  ];
}

function facts({ files, commit, checkedAt }: DataCheckReport): readonly string[] {
  return [
    ...files.slice(0, 20).map(({ path, rows, sha256 }) => {
      const of = rows === null ? "" : `, ${rows.toLocaleString("en-US")} rows`;
      return `${markdownCode(path)}${of}${sha256 === null ? "" : `, SHA-256 ${markdownCode(sha256.slice(0, 12))}`}`;
    }),
    ...(commit === null ? [] : [`commit ${commit.slice(0, 12)}`]),
    `checked ${sayTime(checkedAt)} UTC`,
  ];
}
