import { join } from "node:path";

import { registerByPython } from "../../adapters/mlflowPython/registerByPython";
import { registerVersion } from "../../adapters/mlflowRest/registerVersion";
import { planTracking } from "../../adapters/node/planTracking";
import { readDatedFile } from "../../adapters/node/readDatedFile";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { readProductAt } from "../../core/lint/workspace/readProduct";
import type { StoreOpener } from "../../core/tracking/store";
import { planPrice } from "../../core/training/outcome/planPrice";
import { registerWhen } from "../../core/training/outcome/registerWhen";
import { TrainingOutcomes } from "../../core/training/outcome/trainingOutcomes";
import type { CommandContext } from "../command";
import { toConnection } from "../openChosenStore";
import { readDotEnv } from "../storeChoice";

/** What came of trainings, for the command line. @param root absolute path of the workspace. */
export function openOutcomes(root: string, files: WorkspaceFiles, opener: StoreOpener, { host }: CommandContext): TrainingOutcomes {
  return new TrainingOutcomes({
    product: (config, signal) => readProductAt(config, files, signal),
    registerWhen,
    open: async (plan, signal) => {
      const { location, experiment } = planTracking(plan);
      return location === null ? null : { store: await opener.open(location, signal), location, experiment };
    },
    // Read anew: the files of the workspace are remembered from before the training.
    file: (path) => readDatedFile(join(root, path)),
    price: (plan, signal) => planPrice(plan, files, signal),
    registrar: {
      register: async (wish, signal) =>
        wish.location.kind === "rest"
          ? registerVersion(toConnection(wish.location.url, "", host.env, await readDotEnv(host.cwd)), wish, signal)
          : registerByPython(wish, host.env, signal),
    },
    now: host.now,
  });
}
