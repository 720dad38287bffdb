import type { PlanCheck, RetrainPlan } from "../../core/training/retrainPlan";
import { printable } from "../printable";

/** How a terminal does what a remedy asks for. */
const OPTIONS: Readonly<Partial<Record<PlanCheck["id"], string>>> = {
  redundancy: 'On the command line: --again-because "REASON".',
};

/** Why a plan is not carried out and what to do, a line for each reason: the plan itself may fill more than a screen. */
export function blockedText({ checks, facts, consents }: RetrainPlan): string {
  const blocking = checks.filter(({ result }) => result === "block");
  const open = facts.consents.filter(({ id }) => !consents.includes(id));
  const lines = blocking.map(({ id, message, remedy }) => {
    const asked = id === "engine" ? open.find(({ question }) => message.includes(question)) : undefined;
    const option = asked === undefined ? OPTIONS[id] : `On the command line: --consent ${asked.id}.`;
    return `- ${[message, remedy, option]
      .filter((part) => part != null)
      .map(printable)
      .join(" ")}`;
  });
  return ["Nothing was started: the plan is blocked.", ...lines].join("\n");
}
