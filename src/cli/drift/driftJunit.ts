import type { ColumnDrift, DriftReport } from "../../core/drift/driftReport";
import { escapeXml, xmlAttributes } from "../xmlText";

/** JUnit XML: a case for the data as a whole and one for each column. What failed its limit is a failure, what is not judged is skipped. */
export function driftJunit({ columns, dataset, elapsedMs }: DriftReport): string {
  const whole =
    dataset.drifted === null
      ? `<skipped${xmlAttributes({ message: dataset.verdict })}/>`
      : dataset.drifted
        ? failure(dataset.verdict)
        : `<system-out>${escapeXml(dataset.verdict)}</system-out>`;
  const cases = [testCase("the data as a whole", whole), ...columns.map((column) => testCase(column.name, outcome(column)))];
  const counts = {
    tests: cases.length,
    failures: columns.filter(({ status }) => status === "fail").length + (dataset.drifted === true ? 1 : 0),
    errors: 0,
    skipped: columns.filter(({ status }) => status === "unjudged").length + (dataset.drifted === null ? 1 : 0),
  };
  const suite = { name: "mlops drift", ...counts, time: (elapsedMs / 1000).toFixed(3) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${xmlAttributes({ name: "mlops drift", tests: counts.tests, failures: counts.failures, errors: 0 })}>\n  <testsuite${xmlAttributes(suite)}>\n${cases.join("")}  </testsuite>\n</testsuites>\n`;
}

function outcome({ status, verdict, reason, notes }: ColumnDrift): string {
  const text = [verdict, ...notes].join("\n");
  switch (status) {
    case "fail":
      return failure(text);
    case "unjudged":
      return `<skipped${xmlAttributes({ message: reason ?? verdict })}/>`;
    default:
      return `<system-out>${escapeXml(text)}</system-out>`;
  }
}

function failure(text: string): string {
  return `<failure${xmlAttributes({ type: "drift", message: text.split("\n", 1).join("") })}>${escapeXml(text)}</failure>`;
}

function testCase(name: string, content: string): string {
  return `    <testcase${xmlAttributes({ name, classname: "mlops drift" })}>${content}</testcase>\n`;
}
