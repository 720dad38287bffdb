import { formatDuration } from "../browse/formatValues";
import { folderOf, inFolder } from "../lint/workspace/workspacePath";
import type { RetrainPlan } from "./retrainPlan";
import { ENGINE_LABELS } from "./view/trainingWords";

type Step = RetrainPlan["steps"][number];

/**
 * What happens after a yes, one after the other.
 * @param register `train.register`.
 * @param model name of the registered model; null where the file names none.
 */
export function planSteps(
  plan: Pick<RetrainPlan, "engine" | "jobId" | "config" | "spec" | "facts" | "action">,
  register: "never" | "finished" | "targets_met",
  model: string | null,
): readonly Step[] {
  const { engine, jobId, config, spec, facts, action } = plan;
  const { timeoutMs } = spec.resources;
  const isHere = engine === "local" || engine === "dvc";
  const limit = timeoutMs === null ? "" : ` It is ended after ${formatDuration(timeoutMs)}.`;
  return [
    { text: "Look whether all that this plan says still holds.", risk: null },
    { text: `Write the job to ${inFolder(folderOf(config), `.mlops/jobs/${jobId}`)}, which git ignores.`, risk: null },
    ...facts.consents.map(({ question }) => ({
      text: `Do what was agreed to: ${question}`,
      risk: "This changes something on the engine.",
    })),
    action.kind === "command"
      ? { text: `Run the command on this machine.${limit}`, risk: "It is the product's own code and may change files." }
      : {
          text: `Ask ${ENGINE_LABELS[engine]} to train.${limit}`,
          risk: isHere ? null : "It uses machines elsewhere, which may cost money.",
        },
    { text: "Follow it to its end, find its runs, and judge the KPIs beside the model at work.", risk: null },
    ...(register === "never" || model === null
      ? []
      : [
          {
            text: `Register the model as a new version of ${model}${register === "targets_met" ? ", if every target is met" : ""}.`,
            risk: "This adds to the registry; nothing is deployed.",
          },
        ]),
  ];
}
