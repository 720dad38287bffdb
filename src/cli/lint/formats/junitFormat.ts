import type { Finding } from "../../../core/lint/finding";
import { escapeXml, xmlAttributes } from "../../xmlText";
import { type LintedFile, type LintReport } from "../lintReport";
import { type PositionRange, rangesIn } from "../textRanges";

/** JUnit XML as CI servers read it: a suite for each file, a failure for each error. Warnings and hints pass with their sentence as output. */
export function* junitFormat({ files, unreadable }: LintReport): Generator<string> {
  const suites = files.map(toSuite);
  const failures = suites.reduce((sum, suite) => sum + suite.failures, 0);
  const tests = suites.reduce((sum, { cases }) => sum + cases.length, unreadable.length);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${xmlAttributes({ name: "mlops lint", tests, failures, errors: unreadable.length })}>\n`;
  for (const { name, cases, failures: failed, skipped } of suites) {
    yield `  <testsuite${xmlAttributes({ name, tests: cases.length, failures: failed, errors: 0, skipped })}>\n${cases.join("")}  </testsuite>\n`;
  }
  if (unreadable.length > 0) {
    const count = unreadable.length;
    yield `  <testsuite${xmlAttributes({ name: "mlops lint", tests: count, failures: 0, errors: count, skipped: 0 })}>\n`;
    for (const sentence of unreadable) {
      yield testCase("could not be judged", "mlops lint", `<error${xmlAttributes({ message: sentence })}/>`);
    }
    yield `  </testsuite>\n`;
  }
  yield "</testsuites>\n";
}

interface Suite {
  readonly name: string;
  readonly cases: readonly string[];
  readonly failures: number;
  readonly skipped: number;
}

function toSuite({ file, text, findings, suppressed }: LintedFile): Suite {
  const at = rangesIn(text);
  const found = findings.map((finding) => testCase(nameOf(finding, at(finding.range)), file, outcome(finding)));
  const skipped = suppressed.map(({ finding, suppression: { why, until, by } }) =>
    testCase(nameOf(finding, at(finding.range)), file, `<skipped${xmlAttributes({ message: `${why} (until ${until}, ${by})` })}/>`),
  );
  const cases = [...found, ...skipped];
  return {
    name: file,
    // A suite without a case looks to some servers as if it had never run.
    cases: cases.length === 0 ? [testCase("no findings", file, "")] : cases,
    failures: findings.filter(({ severity }) => severity === "error").length,
    skipped: skipped.length,
  };
}

/** The place is part of the name, because a rule may find something twice and servers tell cases by their names. */
function nameOf({ rule, code }: Finding, { start }: PositionRange): string {
  return `${rule} (${code}) at ${start.line + 1}:${start.character + 1}`;
}

function outcome({ severity, message, rule }: Finding): string {
  return severity === "error"
    ? `<failure${xmlAttributes({ type: rule, message })}>${escapeXml(message)}</failure>`
    : `<system-out>${escapeXml(`${severity}: ${message}`)}</system-out>`;
}

function testCase(name: string, file: string, content: string): string {
  const start = `    <testcase${xmlAttributes({ name, classname: file })}`;
  return content === "" ? `${start}/>\n` : `${start}>${content}</testcase>\n`;
}
