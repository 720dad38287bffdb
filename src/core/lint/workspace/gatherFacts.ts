import type { CancelSignal } from "../../base/cancel";
import type { Policy } from "../../config/policy";
import type { Product } from "../../config/product";
import { gatherSignOffs } from "../../governance/gatherSignOffs";
import type { LintFacts } from "../lintFacts";
import { toRepositoryFacts, unknownRepositoryFacts, type RepositoryFacts } from "../repositoryFacts";
import { gatherApprovedTargets } from "./approvedTargets";
import { gatherDvc } from "./dvcFacts";
import { gatherEvaluation } from "./evaluationFact";
import { fileIndexOf } from "./fileIndex";
import type { LintPorts } from "./lintPorts";
import { gatherLockFiles } from "./lockFiles";
import { gatherPaths } from "./pathFacts";
import { modelCommit } from "./modelCommit";
import { nearPipelines } from "./pipelineFiles";
import { gatherAutomations, toDetected } from "./automations";
import { gatherTracking } from "./trackerFacts";
import { trainingFiles } from "./trainingFiles";
import { folderOf } from "./workspacePath";

export interface GatherInput {
  readonly product: Product;
  /** The product's file, in the workspace. */
  readonly path: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly policy: Policy;
}

/**
 * Looks up all that rules may ask about a product, and no more.
 * @throws only when cancelled, or when the workspace's own folder cannot be listed: anything else that fails is unknown, with the reason.
 */
export async function gatherFacts(input: GatherInput, ports: LintPorts, signal: CancelSignal): Promise<LintFacts> {
  const { product, path, today, policy } = input;
  const { files, repositories, registry } = ports;
  const folder = folderOf(path);
  const [paths, repository] = await Promise.all([files.list(signal), repositories.find(folder, signal)]);
  const index = fileIndexOf(paths);
  const sources = { files, decisions: (place: string, cancel: CancelSignal) => repositories.decisions(place, cancel) };
  const signOffs = gatherSignOffs(
    {
      ...{ product, policy, config: path, today },
      modelCommit: (cancel, version = product.model?.version) =>
        modelCommit(registry, path, { ...product, model: { ...product.model, version } }, cancel),
    },
    sources,
    signal,
  );
  const repositoryFacts = async (): Promise<RepositoryFacts> => {
    if (!repository.known) {
      return unknownRepositoryFacts(repository.why);
    }
    const { activity, codeowners, toRepository } = repository.value;
    const training = (await trainingFiles(product, folder, files, index, signal))
      .map(toRepository)
      // A product in a submodule may name files around it, which belong to another repository.
      .filter((place) => !place.startsWith("../"));
    return toRepositoryFacts({ activity, codeowners, config: toRepository(path), training, today });
  };
  const [places, dvc, tracking, inRepository, lockFiles, evaluation, signed, approvedTargets, near] = await Promise.all([
    gatherPaths(product, folder, files, index, signal),
    gatherDvc(product, folder, files, index, signal),
    gatherTracking(product, folder, today, registry, policy.idle.gpuBelow, signal),
    repositoryFacts(),
    gatherLockFiles(folder, files, index, signal),
    gatherEvaluation(product.evaluation?.report, folder, files, signal),
    signOffs,
    signOffs.then((found) => gatherApprovedTargets(path, found, repositories, signal)),
    nearPipelines(folder, product.pipeline, index, files, signal).then(async (near) => ({
      pipelines: toDetected(folder, near),
      automations: await gatherAutomations(path, near, index, files, signal),
    })),
  ]);
  return {
    ...places,
    ...dvc,
    ...tracking,
    ...inRepository,
    lockFiles,
    evaluation,
    signOffs: { known: true, value: signed },
    approvedTargets,
    pipelines: { known: true, value: near.pipelines },
    automations: { known: true, value: near.automations },
  };
}
