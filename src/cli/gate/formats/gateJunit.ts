import type { GateCheck, GateResult } from "../../../core/deployment/gate/gate";
import { escapeXml, xmlAttributes } from "../../xmlText";
import { evidenceText, isStop, whatIsJudged } from "./gateWords";

/** JUnit XML: a case for each check. What blocks is a failure, what could not be judged an error, and what an emergency lets through is skipped with the reason. */
export function gateJunit(result: GateResult): string {
  const { checks, config, exception } = result;
  const isLetThrough = exception !== null;
  const count = (of: GateCheck["result"]): number => (isLetThrough ? 0 : checks.filter((check) => check.result === of).length);
  const totals = { tests: checks.length, failures: count("block"), errors: count("could_not_judge") };
  const skipped = isLetThrough ? checks.filter(isStop).length : 0;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: "mlops gate", ...totals })}>`,
    `  <testsuite${xmlAttributes({ name: whatIsJudged(result), ...totals, skipped })}>`,
    ...checks.map((check) => testCase(check, config, exception)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(check: GateCheck, config: string, exception: GateResult["exception"]): string {
  const content = outcome(check, exception);
  const start = `    <testcase${xmlAttributes({ name: check.id, classname: config })}`;
  return content === "" ? `${start}/>` : `${start}>${content}</testcase>`;
}

function outcome(check: GateCheck, exception: GateResult["exception"]): string {
  const { result, message, remedy, evidence } = check;
  const text = [message, ...(remedy === null ? [] : [remedy]), ...evidence.map(evidenceText)].join("\n");
  if (result === "pass") {
    return "";
  }
  if (result === "warn") {
    return `<system-out>${escapeXml(`warning: ${text}`)}</system-out>`;
  }
  if (exception !== null) {
    return `<skipped${xmlAttributes({ message: `Let through by an emergency exception until ${exception.until}: ${message}` })}/>`;
  }
  const element = result === "block" ? "failure" : "error";
  return `<${element}${xmlAttributes({ type: result, message })}>${escapeXml(text)}</${element}>`;
}
