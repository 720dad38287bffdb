import { layOutTable } from "../textTable";
import { monthRows, ROW_TITLES, sayCannotTell, sayDeleted, sayGroup, sayIdle, sayWaste, type ShownCost } from "./costWords";

export interface CostTextOptions {
  /** Of the terminal; undefined where lines may be of any length. */
  readonly columns: number | undefined;
  readonly color: boolean;
  /** Name the groups of waste as well. */
  readonly waste: boolean;
}

const MOST_GROUPS = 50;

/** For people at a terminal. */
export function costText(shown: ShownCost, { columns, color, waste }: CostTextOptions): string {
  const { report, by, month } = shown;
  const rows = monthRows(shown);
  const cells = rows.map(({ label, cost, hours, runs, budget, forecast }) => [label, cost, hours, runs, budget, forecast]);
  const spec = [
    { title: by.toUpperCase(), shrinkTo: 12 },
    ...Object.values(ROW_TITLES).map((title) => ({ title: title.toUpperCase(), align: "right" as const })),
  ];
  const { header, line } = layOutTable(spec, cells, { columns, color });
  const groups = waste ? report.waste.groups.slice(0, MOST_GROUPS) : [];
  const idle = sayIdle(report.idle);
  const deleted = sayDeleted(shown);
  return [
    `Cost of runs in ${month}, months as in ${report.timeZone}`,
    ...(rows.length === 0 ? ["No run worked in this month."] : [header, ...cells.map(line)]),
    ...(deleted === null ? [] : [deleted]),
    "",
    sayWaste(shown),
    ...groups.flatMap((group) => [
      `- ${sayGroup(group)}`,
      `  ${group.runs.map(({ runId }) => runId).join(" ")}${group.moreRuns > 0 ? ` and ${group.moreRuns} more` : ""}`,
    ]),
    ...(waste ? sayCannotTell(report) : []),
    ...(idle === null ? [] : [idle]),
    "",
  ].join("\n");
}
