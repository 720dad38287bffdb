import type { DataFinding } from "../../../core/dataCheck/dataCheckReport";
import { dataCheckVerdict, dataTitle, RESULT_WORDS, sortedFindings } from "../../../core/dataCheck/dataCheckText";
import { printable } from "../../printable";
import type { DataCheckOutput } from "../dataCheckOutput";

const COLORS: Readonly<Record<DataFinding["result"], number>> = { pass: 32, fail: 31, unknown: 35 };

/** For a terminal: a line for each product, and below it each expectation that does not hold. */
export function dataCheckTerminal(outputs: readonly DataCheckOutput[], color: boolean): string {
  const paint = (result: DataFinding["result"]): string =>
    color ? `\u001b[${COLORS[result]}m${RESULT_WORDS[result]}\u001b[0m` : RESULT_WORDS[result];
  const lines = outputs.flatMap(({ report, written }) => [
    `${printable(report.product)}  ${dataCheckVerdict(report)}`,
    ...sortedFindings(report.findings)
      .filter(({ result }) => result !== "pass")
      .map((one) => {
        const from = one.from === report.config ? "" : `  (${printable(one.from)})`;
        return `  ${paint(one.result)}  ${printable(dataTitle(one))}  ${printable(one.message)}${from}`;
      }),
    ...(report.notes ?? []).map((note) => `  - ${printable(note)}`),
    ...(written === null ? [] : [`  Kept as ${printable(written.path)}, SHA-256 ${written.sha256}`]),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}
