import type { GateDecision, GateResult } from "../../../core/deployment/gate/gate";
import { markdownCode as code, markdownRow as row, markdownText as escaped } from "../../markdownText";
import { DECISION_WORDS, evidenceText, whatIsJudged } from "./gateWords";

const SIGNS: Readonly<Record<GateDecision, string>> = { pass: "✅", warn: "⚠️", block: "❌", could_not_judge: "❔" };

/** A summary for people, fit for `$GITHUB_STEP_SUMMARY` and for a pull request. */
export function gateMarkdown(result: GateResult): string {
  const { decision, checks, exception, mode, commit, digest, config, today, hash } = result;
  const passed = checks.filter((check) => check.result === "pass");
  const told = checks.filter((check) => check.result !== "pass");
  return [
    `## ${SIGNS[decision]} ${escaped(whatIsJudged(result))}: ${DECISION_WORDS[decision]}`,
    "",
    ...(exception === null
      ? []
      : [
          `> 🟥 **Emergency:** let through until ${exception.until} by ${escaped(exception.by.join(" and "))} (${code(exception.file)}).`,
          "",
        ]),
    ...(mode === "warn" && decision !== "pass" && decision !== "warn"
      ? ["`deploy.gate` is `warn`: this is shown, and the release goes on.", ""]
      : []),
    ...(told.length === 0
      ? []
      : [
          row(["", "check", "what was found", "what to do", "evidence"]),
          row(["---", "---", "---", "---", "---"]),
          ...told.map(({ id, result: of, message, remedy, evidence }) =>
            row([
              SIGNS[of],
              code(id),
              escaped(message),
              remedy === null ? "" : escaped(remedy),
              evidence.map((one) => escaped(evidenceText(one))).join("<br>"),
            ]),
          ),
          "",
        ]),
    ...(passed.length === 0 ? [] : [`${SIGNS.pass} ${passed.map(({ id }) => code(id)).join(", ")}`, ""]),
    `<sub>${[code(config), ...(commit === null ? [] : [`commit ${commit.slice(0, 12)}`]), ...(digest === null ? [] : [digest]), `judged as of ${today}`, `answer ${hash.slice(0, 12)}`].join(" · ")}</sub>`,
    "",
  ].join("\n");
}
