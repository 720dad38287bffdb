import type { DataFinding } from "../../../core/dataCheck/dataCheckReport";
import { escapeXml, xmlAttributes } from "../../xmlText";
import type { DataCheckOutput } from "../dataCheckOutput";

/** JUnit XML: a suite for each product, a case for each expectation. What could not be judged is an error. */
export function dataCheckJunit(outputs: readonly DataCheckOutput[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: "mlops check-data", ...totals(outputs.flatMap(({ report }) => report.findings)) })}>`,
    ...outputs.flatMap(({ report: { product, findings, checkedAt } }) => [
      `  <testsuite${xmlAttributes({ name: product, ...totals(findings), skipped: 0, timestamp: new Date(checkedAt).toISOString() })}>`,
      ...findings.map(testCase),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function totals(findings: readonly DataFinding[]): Readonly<Record<string, number>> {
  const count = (of: DataFinding["result"]): number => findings.filter(({ result }) => result === of).length;
  return { tests: findings.length, failures: count("fail"), errors: count("unknown") };
}

function testCase({ path, column, rule, result, message, from }: DataFinding): string {
  const start = `    <testcase${xmlAttributes({ name: column === null ? rule : `${rule} of ${column}`, classname: path })}`;
  if (result === "pass") {
    return `${start}/>`;
  }
  const element = result === "fail" ? "failure" : "error";
  const text = `${message}\nAsked by ${from}.`;
  return `${start}><${element}${xmlAttributes({ type: rule, message })}>${escapeXml(text)}</${element}></testcase>`;
}
