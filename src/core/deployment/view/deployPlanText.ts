import type { DeployCheckView, DeployDifference, DeployPlanView, DeployStepView } from "../../../protocol/deploy";
import { sectionsAsMarkdown, sectionsAsText, type TextSection } from "../../base/plainLine";
import type { DeployPlan } from "../deployPlan";
import { timeWords } from "./deployWords";
import { toDeployPlanView } from "./toDeployPlanView";

const RESULTS: Readonly<Record<DeployCheckView["result"], string>> = {
  block: "Blocked",
  could_not_judge: "Could not judge",
  warn: "Warning",
  pass: "Fine",
};
const ORDER = ["block", "could_not_judge", "warn", "pass"] as const;

/** A plan as plain text, all on one page: what would be released where, what speaks against it, what is done, and how it goes back. */
export function deployPlanText(plan: DeployPlan): string {
  return sectionsAsText(sectionsOf(plan));
}

/** The same as Markdown, for a comment or a page. */
export function deployPlanMarkdown(plan: DeployPlan): string {
  return sectionsAsMarkdown(titleOf(plan), sectionsOf(plan));
}

function titleOf({ intent, spec, version }: DeployPlan): string {
  return `Plan to ${intent === "rollback" ? "go back to" : "release"} version ${version} of ${spec.model} at ${spec.name}`;
}

function sectionsOf(plan: DeployPlan): readonly TextSection[] {
  const view = toDeployPlanView(plan);
  const { gate } = view;
  return [
    {
      title: "Plan",
      lines: [
        `${titleOf(plan)} (${plan.config}), as ${plan.deploymentId}.`,
        ...view.facts.map(({ label, value }) => `${label}: ${value}`),
        view.blocked.length === 0
          ? `It can be carried out until ${timeWords(plan.expiresAt)}.`
          : "It cannot be carried out; see what blocks it.",
      ],
    },
    {
      title: "Gate",
      lines: [
        gate.verdict,
        ...(gate.exception === null ? [] : [gate.exception]),
        ...(gate.onlyWarns ? ["deploy.gate is warn, so that it is let through all the same."] : []),
        ...checkLines(gate.checks),
      ],
    },
    { title: "Checks", lines: checkLines(view.checks) },
    { title: "What is another than now", lines: view.differences.map(differenceLine) },
    { title: "Steps", lines: stepLines(view.steps) },
    { title: "If it fails", lines: view.wayBack.length === 0 ? ["There is nothing to go back to."] : stepLines(view.wayBack) },
    { title: "Scoring request", lines: scoringLines(view) },
  ];
}

function checkLines(checks: readonly DeployCheckView[]): readonly string[] {
  return ORDER.flatMap((wanted) =>
    checks
      .filter(({ result }) => result === wanted)
      .map(({ message, remedy, evidence }) => {
        const rests = evidence.length === 0 ? "" : ` [${evidence.map(({ text }) => text).join("; ")}]`;
        return `${RESULTS[wanted]}: ${message}${remedy === null ? "" : ` ${remedy}`}${rests}`;
      }),
  );
}

function differenceLine({ group, name, before, after, verdict }: DeployDifference): string {
  return `${group} ${name}: ${before === "" ? "none" : before} → ${after === "" ? "none" : after}${verdict === "" ? "" : `, ${verdict}`}`;
}

function stepLines(steps: readonly DeployStepView[]): readonly string[] {
  return steps.flatMap(({ text, risk, action }, index) => [
    `${index + 1}. ${text}${risk === null ? "" : ` Risk: ${risk}`}`,
    ...(action === "" ? [] : [`   ${action}`]),
  ]);
}

function scoringLines({ scoring }: DeployPlanView): readonly string[] {
  return scoring === null ? [] : [scoring];
}
