import type { Experiment } from "../../core/tracking/experiment";
import { type Command, COMMON_OPTIONS, STORE_OPTION } from "../command";
import { EXIT } from "../exitCode";
import { jsonObject } from "../jsonNumber";
import { pagesOf } from "../pages";
import { timeText } from "../timeText";

/** `mlops experiments`: all experiments of a store. */
export const experimentsCommand: Command = {
  name: "experiments",
  summary: "List experiments.",
  description: "Lists active experiments, newest first.",
  options: [STORE_OPTION, { name: "deleted", help: "Also deleted experiments." }, ...COMMON_OPTIONS],
  examples: ["mlops experiments --store mlruns --deleted --json"],
  async run({ options, host, output, openStore }) {
    const store = await openStore();
    const lifecycle = options.has("deleted") ? "all" : "active";
    const pages = pagesOf((request) => store.searchExperiments({ ...request, lifecycle }, host.signal), host.signal);
    if (output.isJson) {
      await output.jsonList("experiments", pages, toExperimentJson);
      return EXIT.fine;
    }
    const count = await output.table(pages, () => [
      { title: "ID", align: "right", cell: ({ experimentId }) => experimentId },
      { title: "NAME", shrinkTo: 12, cell: ({ name }) => name },
      { title: "STAGE", cell: ({ lifecycleStage }) => lifecycleStage, color: (text) => (text === "deleted" ? "gray" : undefined) },
      { title: "CREATED (UTC)", cell: ({ creationTime }) => timeText(creationTime) },
      { title: "ARTIFACTS", shrinkTo: 12, cell: ({ artifactLocation }) => artifactLocation },
    ]);
    await output.note(count === 0 ? "No experiments." : `${count} experiment${count === 1 ? "" : "s"}.`);
    return EXIT.fine;
  },
};

/** A promise to people's scripts: fields may be added, never changed. */
function toExperimentJson(experiment: Experiment): object {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    lifecycle_stage: experiment.lifecycleStage,
    artifact_location: experiment.artifactLocation,
    tags: jsonObject(experiment.tags, (value) => value),
  };
}
