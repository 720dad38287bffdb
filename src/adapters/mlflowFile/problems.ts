import { oneLine } from "../../core/base/oneLine";
import type { ModelIndex } from "./modelIndex";
import type { Pacer } from "./pacer";
import type { Pass } from "./pass";
import type { StoreIndex } from "./storeIndex";

/** How many things are named in one sentence. */
const NAMED = 3;

/** Reads every `meta.yaml` and tells, in sentences, what could not be read. Each of them costs only itself. */
export async function describeProblems(index: StoreIndex, models: ModelIndex, pass: Pass, pacer: Pacer): Promise<readonly string[]> {
  const name = (path: string, problem: string): string =>
    oneLine(`${path.slice(index.root.length + 1).replaceAll("\\", "/")}: ${problem}`, 300);
  const experiments: string[] = [];
  const runs: string[] = [];
  const registered: string[] = [];
  let badLines = 0;

  for (const experiment of index.experimentFolders(pass).values()) {
    if (!experiment.isReadable(pass)) {
      experiments.push(...(experiment.problem === undefined ? [] : [name(experiment.metaPath, experiment.problem)]));
      continue;
    }
    for (const run of experiment.runFolders(pass).values()) {
      run.info(pass);
      badLines += run.badMetricLines();
      runs.push(...(run.problem === undefined ? [] : [name(run.metaPath, run.problem)]));
      if (pacer.isDue) {
        await pacer.rest();
      }
    }
  }
  for (const model of models.modelFolders(pass).values()) {
    const problems = model.name(pass) === undefined ? [] : model.versionProblems(pass);
    registered.push(...(model.problem === undefined ? [] : [name(model.metaPath, model.problem)]));
    registered.push(...problems.map(({ path, problem }) => name(path, problem)));
    if (pacer.isDue) {
      await pacer.rest();
    }
  }

  return [
    ...toSentence(experiments, "experiment", "experiments"),
    ...toSentence(runs, "run", "runs"),
    ...toSentence(registered, "registered model or version", "registered models or versions"),
    ...(badLines === 0 ? [] : [`${badLines} ${badLines === 1 ? "line" : "lines"} of metrics could not be read and were left out.`]),
  ];
}

function toSentence(problems: readonly string[], one: string, many: string): readonly string[] {
  if (problems.length === 0) {
    return [];
  }
  const more = problems.length > NAMED ? `; and ${problems.length - NAMED} more` : "";
  return [`${problems.length} ${problems.length === 1 ? one : many} could not be read: ${problems.slice(0, NAMED).join("; ")}${more}.`];
}
