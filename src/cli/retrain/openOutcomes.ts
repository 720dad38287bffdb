import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { registerByPython } from "../../adapters/mlflowPython/registerByPython";
import { registerVersion } from "../../adapters/mlflowRest/registerVersion";
import { planTracking } from "../../adapters/node/planTracking";
import { instancePrice } from "../../core/cost/price";
import { findPolicy } from "../../core/lint/workspace/findPolicy";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { readProductAt } from "../../core/lint/workspace/readProduct";
import { folderOf } from "../../core/lint/workspace/workspacePath";
import type { StoreOpener } from "../../core/tracking/store";
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
    file: async (path) => {
      const place = join(root, path);
      const about = await stat(place).catch(() => null);
      return about?.isFile() === true ? { text: await readFile(place, "utf8"), modifiedAt: about.mtimeMs } : null;
    },
    price: async ({ spec, estimate, config }, signal) => {
      if (estimate.cost !== null) {
        return { perHour: estimate.cost.perHour, currency: estimate.cost.currency };
      }
      return instancePrice(await findPolicy(folderOf(config), files, signal), spec.resources.instance);
    },
    registrar: {
      register: async (wish, signal) =>
        wish.location.kind === "rest"
          ? registerVersion(toConnection(wish.location.url, "", host.env, await readDotEnv(host.cwd)), wish, signal)
          : registerByPython(wish, host.env, signal),
    },
    now: host.now,
  });
}
