import { markdownCode, markdownRow, markdownText } from "../markdownText";
import { monthRows, ROW_TITLES, sayCannotTell, sayDeleted, sayGroup, sayIdle, sayWaste, type ShownCost } from "./costWords";

const MOST_ROWS = 200;
const MOST_RUNS = 5;

/** A page for people, fit for a chat, a mail or `$GITHUB_STEP_SUMMARY`. */
export function costMarkdown(shown: ShownCost): string {
  const { report, by, month } = shown;
  const rows = monthRows(shown);
  const titles = [by, ...Object.values(ROW_TITLES)];
  const idle = sayIdle(report.idle);
  const deleted = sayDeleted(shown);
  return [
    `## Cost of runs in ${month}`,
    "",
    `Months as in ${markdownText(report.timeZone)}.`,
    "",
    ...(rows.length === 0
      ? ["No run worked in this month."]
      : [
          markdownRow(titles),
          markdownRow(titles.map((_, index) => (index === 0 ? "---" : "--:"))),
          ...rows
            .slice(0, MOST_ROWS)
            .map(({ label, cost, hours, runs, budget, forecast }) =>
              markdownRow([label, cost, hours, runs, budget, forecast].map(markdownText)),
            ),
        ]),
    "",
    ...(deleted === null ? [] : [markdownText(deleted), ""]),
    "### Waste",
    "",
    markdownText(sayWaste(shown)),
    "",
    ...report.waste.groups.slice(0, MOST_ROWS).map((group) => {
      const more = group.moreRuns + Math.max(0, group.runs.length - MOST_RUNS);
      const runs = group.runs.slice(0, MOST_RUNS).map(({ runId }) => markdownCode(runId));
      return `- ${markdownText(sayGroup(group))} ${runs.join(" ")}${more > 0 ? ` and ${more} more` : ""}`;
    }),
    ...sayCannotTell(report).map((sentence) => `- ${markdownText(sentence)}`),
    "",
    ...(idle === null ? [] : ["### Idle graphics processors", "", markdownText(idle), ""]),
    ...(report.problems.length === 0 ? [] : ["### Not known", "", ...report.problems.map((problem) => `- ${markdownText(problem)}`), ""]),
  ].join("\n");
}
