import type { ColumnDrift, DriftReport } from "../../core/drift/driftReport";
import { driftMethod } from "../../core/drift/methods";
import { numberText } from "../../core/drift/numberText";
import { chanceText, scoreCells, worstFirst } from "../../core/drift/report/scoreCells";
import { sideNotes, sideText } from "../../core/drift/report/sideText";
import type { CommandContext } from "../command";
import { onePage } from "../pages";
import { printable } from "../printable";
import type { Column, TextColor } from "../textTable";

type Cells = ReturnType<typeof scoreCells>;

const COLORS: Readonly<Record<string, TextColor>> = { drift: "red", warn: "yellow", ok: "green", "not judged": "gray" };

const COLUMNS: readonly (Column & { readonly cell: (cells: Cells) => string })[] = [
  { title: "COLUMN", shrinkTo: 12, cell: ({ name }) => name },
  { title: "TYPE", isOptional: true, cell: ({ type }) => type },
  { title: "VERDICT", color: (text) => COLORS[text.trim()], cell: ({ status }) => status },
  { title: "METHOD", shrinkTo: 10, isOptional: true, cell: ({ method }) => method },
  { title: "SCORE", align: "right", cell: ({ score }) => score },
  { title: "LIMIT", align: "right", cell: ({ limit }) => limit },
  { title: "MISSING", align: "right", isOptional: true, cell: ({ missing }) => missing },
];

/** Sentences below the table: a wide table has thousands of columns. */
const MOST_SENTENCES = 40;

/**
 * A table with a verdict for each column, what happened to those that need a look, and the verdict on the whole.
 * @param overTime Sentences on parts of the rows, which stand before the verdict.
 */
export async function writeDriftText(
  { host, output }: Pick<CommandContext, "host" | "output">,
  report: DriftReport,
  overTime: readonly string[],
): Promise<void> {
  await output.table(onePage(worstFirst(report.columns).map(scoreCells)), () => COLUMNS);
  const sentences = worstFirst(report.columns).flatMap((column) => sentencesOf(column, report));
  const shown = sentences.slice(0, MOST_SENTENCES);
  const left = sentences.length - shown.length;
  const chance = chanceText(report);
  const lines = [
    ...shown,
    ...(left > 0 ? [`… and ${left.toLocaleString("en-US")} more sentences; --json has all of them.`] : []),
    ...(shown.length > 0 ? [""] : []),
    ...(overTime.length === 0 ? [] : [...overTime, ""]),
    ...(chance === null ? [] : [chance]),
    report.dataset.verdict,
  ];
  await host.stdout.write(`\n${lines.map((line) => `${printable(line)}\n`).join("")}`);
  for (const note of [
    sideText(report.reference),
    sideText(report.current),
    ...new Set([...sideNotes(report.reference), ...sideNotes(report.current)]),
  ]) {
    await output.note(printable(note));
  }
}

function sentencesOf({ status, verdict, notes, methods }: ColumnDrift, { settings }: DriftReport): readonly string[] {
  const scores = settings.allMethods ? [`  ${methods.map(methodText).join(", ")}`] : [];
  return status === "ok" && notes.length === 0 && !settings.allMethods ? [] : [verdict, ...notes.map((note) => `  ${note}`), ...scores];
}

function methodText({ method, score, drifted }: ColumnDrift["methods"][number]): string {
  return `${method} ${score === null ? "–" : numberText(score)}${driftMethod(method).result === "p-value" ? " (p)" : ""}${drifted === true ? " drift" : ""}`;
}
