import type { DriftStatus } from "../../../core/drift/driftReport";
import { alertLines } from "../../../core/monitoring/alerts";
import type { MonitoringResult } from "../../../core/monitoring/monitoringResult";
import { sayWindow } from "../../../core/monitoring/sayResult";
import { escapeXml, xmlAttributes } from "../../xmlText";
import { newestResults, type MonitorReport } from "../monitorReport";

interface Case {
  readonly name: string;
  readonly status: DriftStatus;
  readonly verdict: string;
  readonly isOptional: boolean;
}

/** JUnit XML: a suite for each product, a case for the data as a whole, for each column and for each KPI. What could not be judged is an error. */
export function monitorJunit({ results, failures }: MonitorReport): string {
  const newest = newestResults(results);
  const suites = newest.map((result) => ({ result, cases: casesOf(result) }));
  const all = suites.flatMap(({ cases }) => cases);
  const totals = { tests: all.length + failures.length, failures: count(all, "fail"), errors: errors(all) + failures.length };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: "mlops monitor", ...totals })}>`,
    ...suites.flatMap(({ result, cases }) => suite(result, cases)),
    ...(failures.length === 0
      ? []
      : [
          `  <testsuite${xmlAttributes({ name: "mlops monitor", tests: failures.length, failures: 0, errors: failures.length, skipped: 0 })}>`,
          ...failures.map((one) => testCase("not done", "mlops monitor", `<error${xmlAttributes({ message: one })}/>`)),
          "  </testsuite>",
        ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function casesOf(result: MonitoringResult): readonly Case[] {
  const { drift, kpis, status, verdict, window } = result;
  return [
    { name: `check of ${sayWindow(window)}`, status, verdict: [verdict, ...alertLines(result)].join("\n"), isOptional: false },
    ...(drift?.columns ?? []).map(({ name, status: of, verdict: says }) => ({
      name: `drift of ${name}`,
      status: of,
      verdict: says,
      isOptional: true,
    })),
    ...kpis.map(({ name, by, group, status: of, verdict: says, kind }) => ({
      name: `KPI ${name}${group === null ? "" : ` (${by ?? ""} = ${group})`}${kind === "estimated" ? ", estimated" : ""}`,
      status: of,
      verdict: says,
      isOptional: false,
    })),
  ];
}

function suite(result: MonitoringResult, cases: readonly Case[]): readonly string[] {
  const totals = {
    tests: cases.length,
    failures: count(cases, "fail"),
    errors: errors(cases),
    skipped: count(cases, "unjudged") - errors(cases),
  };
  const timestamp = new Date(result.checked_at).toISOString();
  return [
    `  <testsuite${xmlAttributes({ name: result.product, ...totals, timestamp })}>`,
    ...cases.map((one) => testCase(one.name, result.config, outcome(one))),
    "  </testsuite>",
  ];
}

function outcome({ status, verdict, isOptional }: Case): string {
  const [first = ""] = verdict.split("\n");
  switch (status) {
    case "fail":
      return `<failure${xmlAttributes({ type: "fail", message: first })}>${escapeXml(verdict)}</failure>`;
    case "unjudged":
      // A column that nobody can compare is told; only what the product asked for counts as an error.
      return isOptional
        ? `<skipped${xmlAttributes({ message: first })}/>`
        : `<error${xmlAttributes({ type: "unjudged", message: first })}>${escapeXml(verdict)}</error>`;
    case "warn":
      return `<system-out>${escapeXml(`warning: ${verdict}`)}</system-out>`;
    case "ok":
      return "";
  }
}

function testCase(name: string, file: string, content: string): string {
  const start = `    <testcase${xmlAttributes({ name, classname: file })}`;
  return content === "" ? `${start}/>` : `${start}>${content}</testcase>`;
}

function errors(cases: readonly Case[]): number {
  return count(
    cases.filter(({ isOptional }) => !isOptional),
    "unjudged",
  );
}

function count(cases: readonly Case[], status: DriftStatus): number {
  return cases.filter((one) => one.status === status).length;
}
