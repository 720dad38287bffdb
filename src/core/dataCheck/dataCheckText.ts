import type { DataCheckReport, DataFinding } from "./dataCheckReport";

export const RESULT_WORDS: Readonly<Record<DataFinding["result"], string>> = { pass: "holds", fail: "fails", unknown: "not judged" };

/** One sentence about all of it. */
export function dataCheckVerdict({ result, findings }: DataCheckReport): string {
  const count = (of: DataFinding["result"]): number => findings.filter((one) => one.result === of).length;
  const all = findings.length;
  const expectations = all === 1 ? "1 expectation" : `${all.toLocaleString("en-US")} expectations`;
  const unknown = count("unknown");
  const unjudged = unknown === 0 ? "" : ` ${unknown.toLocaleString("en-US")} could not be judged.`;
  switch (result) {
    case "nothing_expected":
      return "Nothing is expected of the data, so nothing was checked.";
    case "pass":
      return all === 1 ? "The only expectation of the data holds." : `All ${expectations} of the data hold.`;
    case "fail":
      return `${count("fail").toLocaleString("en-US")} of ${expectations} of the data ${count("fail") === 1 ? "fails" : "fail"}.${unjudged}`;
    case "unknown":
      return `${unknown.toLocaleString("en-US")} of ${expectations} of the data could not be judged.`;
  }
}

/** What does not hold first, failures before what could not be judged; each in the order of the report. */
export function sortedFindings(findings: readonly DataFinding[]): readonly DataFinding[] {
  return (["fail", "unknown", "pass"] as const).flatMap((result) => findings.filter((one) => one.result === result));
}

/** "data/train.csv (train)". */
export function dataTitle({ path, use }: Pick<DataFinding, "path" | "use">): string {
  return use === null ? path : `${path} (${use})`;
}

/**
 * A report as lines of plain text: the verdict, what does not hold, and notes.
 * @param all whether what holds is told as well.
 */
export function dataCheckLines(report: DataCheckReport, all = false): readonly string[] {
  const shown = sortedFindings(report.findings).filter(({ result }) => all || result !== "pass");
  return [
    dataCheckVerdict(report),
    ...shown.map((one) => `${RESULT_WORDS[one.result]}: ${dataTitle(one)}: ${one.message}${source(one, report)}`),
    ...(report.notes ?? []),
  ];
}

/** Where an expectation comes from, unless it is the product's file. */
function source({ from }: DataFinding, { config }: DataCheckReport): string {
  return from === config ? "" : ` Asked by ${from}.`;
}
