import { styleText } from "node:util";
import type { Finding } from "../../../core/lint/finding";
import type { Severity } from "../../../core/lint/ruleMeta";
import { printable } from "../../printable";
import { wrapText } from "../../wrapText";
import { countFindings, type FindingCounts, type LintedFile, type LintReport, plural } from "../lintReport";
import { rangesIn } from "../textRanges";

const WORDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "hint" };
const COLORS = { error: "red", warning: "yellow", info: "cyan" } as const;
/** Narrower, and wrapped messages are harder to read than long lines. */
const NARROWEST = 30;
const COULD_NOT_CHECK = "LINT01";

export interface StylishOptions {
  readonly color: boolean;
  /** Of the terminal; undefined where lines may be of any length. */
  readonly columns: number | undefined;
}

type Style = Parameters<typeof styleText>[0];

/** For people: a paragraph for each file with findings, what could not be checked once for all files, and a sentence at the end. */
export function* stylishFormat(report: LintReport, { color, columns }: StylishOptions): Generator<string> {
  const paint = (style: Style, text: string): string => (color ? styleText(style, text, { validateStream: false }) : text);
  const unchecked = new Map<string, number>();
  for (const file of report.files) {
    for (const { message } of file.findings.filter(({ code }) => code === COULD_NOT_CHECK)) {
      unchecked.set(message, (unchecked.get(message) ?? 0) + 1);
    }
    yield paragraph(withoutUnchecked(file), paint, columns);
  }
  for (const [message, count] of unchecked) {
    const where = report.files.length === 1 || count === 1 ? "" : ` (${count} files)`;
    yield `${paint("gray", `${printable(message)}${where}`)}\n`;
  }
  if (report.files.length > 0) {
    yield `${unchecked.size === 0 ? "" : "\n"}${summary(report.files.map(withoutUnchecked), paint)}\n`;
  }
}

function paragraph(
  { file, text, findings }: LintedFile,
  paint: (style: Style, text: string) => string,
  columns: number | undefined,
): string {
  if (findings.length === 0) {
    return "";
  }
  const at = rangesIn(text);
  const rows = findings.map((finding) => {
    const { start } = at(finding.range);
    return { finding, place: `${start.line + 1}:${start.character + 1}`, rule: ruleText(finding) };
  });
  const placeWidth = Math.max(...rows.map(({ place }) => place.length));
  const ruleWidth = Math.max(...rows.map(({ rule }) => rule.length));
  const lines = rows.map(({ finding: { severity, message }, place, rule }) => {
    const words = WORDS[severity];
    const head = `  ${paint("gray", place.padStart(placeWidth))}  ${paint(COLORS[severity], words.padEnd(7))}  ${paint("gray", rule.padEnd(ruleWidth))}  `;
    const indent = placeWidth + ruleWidth + 15;
    const width = columns === undefined ? null : columns - indent;
    const wrapped = width === null || width < NARROWEST ? [printable(message)] : wrapText(printable(message), width);
    return `${head}${wrapped.join(`\n${" ".repeat(indent)}`)}\n`;
  });
  return `${paint("underline", printable(file))}\n${lines.join("")}\n`;
}

function withoutUnchecked(file: LintedFile): LintedFile {
  return { ...file, findings: file.findings.filter(({ code }) => code !== COULD_NOT_CHECK) };
}

function ruleText({ rule, code }: Finding): string {
  return `${rule} (${code})`;
}

function summary(files: readonly LintedFile[], paint: (style: Style, text: string) => string): string {
  const counts = countFindings(files);
  const withFindings = files.filter(({ findings }) => findings.length > 0).length;
  const suppressed = files.reduce((sum, file) => sum + file.suppressed.length, 0);
  const left =
    suppressed === 0
      ? ""
      : ` ${plural(suppressed, "finding")} ${suppressed === 1 ? "is" : "are"} left as ${suppressed === 1 ? "it is" : "they are"}.`;
  if (counts.error + counts.warning + counts.info === 0) {
    return `${paint("green", `No findings in ${plural(files.length, "file")}.`)}${left}`;
  }
  const mendable = counts.fixable === 0 ? "" : ` ${counts.fixable} can be mended with --fix.`;
  const where = files.length === 1 ? "" : ` in ${withFindings === files.length ? "" : `${withFindings} of `}${files.length} files`;
  return `${countSentence(counts, paint)}${where}.${mendable}${left}`;
}

function countSentence({ error, warning, info }: FindingCounts, paint: (style: Style, text: string) => string): string {
  const parts = [[error, "error"] as const, [warning, "warning"] as const, [info, "info"] as const].flatMap(([count, severity]) =>
    count === 0 ? [] : [paint(COLORS[severity], plural(count, WORDS[severity]))],
  );
  return parts.join(", ");
}
