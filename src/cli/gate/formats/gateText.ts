import type { GateDecision, GateResult } from "../../../core/deployment/gate/gate";
import { printable } from "../../printable";
import { CHECK_WORDS, DECISION_WORDS, evidenceText, whatIsJudged } from "./gateWords";

const COLORS: Readonly<Record<GateDecision, number>> = { pass: 32, warn: 33, block: 31, could_not_judge: 35 };

/** For a terminal: the decision, then each check with what it rests on and what to do. */
export function gateText(result: GateResult, color: boolean): string {
  const paint = (of: GateDecision, words: string): string => (color ? `\u001b[${COLORS[of]}m${words}\u001b[0m` : words);
  const { decision, checks, mode, exception, commit, digest } = result;
  const passed = checks.filter((check) => check.result === "pass");
  const told = checks.filter((check) => check.result !== "pass");
  const lines = [
    `${printable(whatIsJudged(result))}: ${paint(decision, DECISION_WORDS[decision])}`,
    ...(exception === null
      ? []
      : [paint("block", `  EMERGENCY: let through until ${exception.until} by ${printable(exception.by.join(" and "))}`)]),
    ...(mode === "warn" && decision !== "pass" && decision !== "warn"
      ? ["  deploy.gate is warn: this is shown, and the release goes on."]
      : []),
    ...[commit === null ? "" : `commit ${commit.slice(0, 12)}`, digest ?? ""].filter((part) => part !== "").map((part) => `  ${part}`),
    ...told.flatMap((check) => [
      `  ${paint(check.result, CHECK_WORDS[check.result])}  ${printable(check.id)}: ${printable(check.message)}`,
      ...check.evidence.map((one) => `      ${printable(evidenceText(one))}`),
      ...(check.remedy === null ? [] : [`      → ${printable(check.remedy)}`]),
    ]),
    ...(passed.length === 0 ? [] : [`  ${paint("pass", CHECK_WORDS.pass)}  ${passed.map(({ id }) => printable(id)).join(", ")}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
