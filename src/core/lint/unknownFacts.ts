import type { LintFacts } from "./lintFacts";

/** Facts where nothing can be looked up, with the reason. */
export function unknownFacts(why: string): LintFacts {
  const fact = { known: false, why } as const;
  return {
    path: () => fact,
    columns: () => fact,
    dvcTracked: () => fact,
    lastCommitOf: () => fact,
    owners: fact,
    pipelineAuthors: fact,
    configAuthor: fact,
    lastTrainingChange: fact,
    pipelines: fact,
    automations: fact,
    lockFiles: fact,
    registryVersions: fact,
    evaluation: fact,
    signOffs: fact,
    approvedTargets: fact,
    manualRetrainings: fact,
    gpuUse: fact,
  };
}
