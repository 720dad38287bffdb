import type { DriftStatus } from "../../../core/drift/driftReport";
import type { MonitoringResult } from "../../../core/monitoring/monitoringResult";
import { sayTime, sayWindow } from "../../../core/monitoring/sayResult";
import { markdownCode as code, markdownRow as row, markdownText as escaped } from "../../markdownText";
import { type MonitorReport, sayNumber } from "../monitorReport";

const SIGNS: Readonly<Record<DriftStatus, string>> = { ok: "✅ ok", warn: "⚠️ look", fail: "❌ fails", unjudged: "❔ not judged" };
/** GitHub takes a summary of a megabyte; nobody reads as much. */
const MOST_COLUMNS = 15;
const MOST_PRODUCTS = 100;

/** A summary for people, fit for `$GITHUB_STEP_SUMMARY`: a table of all products, and what is behind each that is not well. */
export function monitorMarkdown({ results, failures }: MonitorReport): string {
  const rows = results
    .slice(0, 500)
    .map((result) => row([escaped(result.product), SIGNS[result.status], sayWindow(result.window), escaped(result.verdict)]));
  const more = results.length - rows.length;
  const details = results.filter(({ status }) => status !== "ok");
  return [
    "## Monitoring",
    "",
    ...(results.length === 0
      ? ["No product was checked."]
      : [row(["product", "status", "window", "verdict"]), row(["---", "---", "---", "---"]), ...rows]),
    ...(more > 0 ? ["", `… and ${more} more.`] : []),
    "",
    ...details.slice(0, MOST_PRODUCTS).flatMap(section),
    ...(failures.length > 0 ? ["### Not done", "", ...failures.map((one) => `- ${escaped(one)}`), ""] : []),
  ].join("\n");
}

function section(result: MonitoringResult): readonly string[] {
  const { drift, kpis, problems, live, reference, commit } = result;
  const columns = [...(drift?.columns ?? [])].filter(({ status }) => status === "fail" || status === "warn");
  const order: readonly DriftStatus[] = ["fail", "warn", "unjudged", "ok"];
  columns.sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || (b.score ?? 0) - (a.score ?? 0));
  const shown = columns.slice(0, MOST_COLUMNS);
  const data = [
    ...(live === null ? [] : [`live ${code(live.path)}, ${live.rows.toLocaleString("en-US")} rows`]),
    ...(reference === null ? [] : [`reference ${code(reference.path)}, ${reference.rows.toLocaleString("en-US")} rows`]),
    ...(commit === null ? [] : [`commit ${commit.slice(0, 12)}${result.dirty === true ? " with changes" : ""}`]),
    `checked ${sayTime(result.checked_at)} UTC`,
  ];
  return [
    `### ${escaped(result.product)}: ${escaped(result.verdict)}`,
    "",
    ...(shown.length === 0
      ? []
      : [
          row(["column", "status", "method", "score", "limit", "what happened"]),
          row(["---", "---", "---", "--:", "--:", "---"]),
          ...shown.map(({ name, status, method, score, threshold, fail_threshold: fail, verdict }) =>
            row([code(name), SIGNS[status], method ?? "–", sayNumber(score), limits(threshold, fail), escaped(verdict)]),
          ),
          ...(columns.length > shown.length ? [row([`${columns.length - shown.length} more`, "", "", "", "", ""])] : []),
          "",
        ]),
    ...(kpis.length === 0
      ? []
      : [
          row(["KPI", "status", "value", "target", "rows", "source"]),
          row(["---", "---", "--:", "---", "--:", "---"]),
          ...kpis.map(({ name, group, by, status, value, target, rows, kind, source }) =>
            row([
              escaped(group === null ? name : `${name} (${by ?? ""} = ${group})`),
              SIGNS[status],
              `${sayNumber(value)}${kind === "estimated" && value !== null ? " (estimated)" : ""}`,
              escaped(target ?? "–"),
              rows === null ? "–" : rows.toLocaleString("en-US"),
              escaped(source),
            ]),
          ),
          "",
        ]),
    ...problems.map((problem) => `- ${escaped(problem)}`),
    ...(problems.length > 0 ? [""] : []),
    `<sub>${data.join(" · ")}</sub>`,
    "",
  ];
}

function limits(warn: number | null, fail: number | null): string {
  return fail === null ? sayNumber(warn) : `${sayNumber(warn)} / ${sayNumber(fail)}`;
}
