import { createHash, randomBytes } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";

import { readCommitState } from "../../adapters/git/readCommitState";
import { openContentHashes } from "../../adapters/node/contentHashes";
import { openJobFolders } from "../../adapters/node/jobFolders";
import { storeOf } from "../../adapters/node/planTracking";
import { openResultFiles } from "../../adapters/node/resultFiles";
import { openWorkspaceFiles } from "../../adapters/node/workspaceFiles";
import { readColumnNames } from "../../adapters/tabular/readColumnNames";
import { ResultStore } from "../../core/monitoring/resultStore";
import { storeIdOf } from "../../core/tracking/storeLocation";
import type { Store } from "../../core/tracking/store";
import { openPlanner } from "../../core/training/openPlanner";
import { planText } from "../../core/training/planText";
import type { CliHost } from "../cliHost";
import { openDataCheck } from "../dataCheck/openDataCheck";
import { openChosenStore } from "../openChosenStore";
import { readDotEnv } from "../storeChoice";
import { openEngines } from "./openEngines";
import type { OpenTraining } from "./openedTraining";
import { openTraining } from "./openTraining";

/** Journal, engines and planner of one workspace, for this process. */
export const openWorkspaceTraining: OpenTraining = (root, files, context) => {
  const { host, version } = context;
  const fresh = openWorkspaceFiles(root, readColumnNames);
  const journal = openJobFolders(root);
  const engines = openEngines(host);
  const stores: Store[] = [];
  const { planning, hashOf } = openPlanner({
    files: fresh,
    engines: new Map(engines.map((engine) => [engine.id, engine])),
    journal,
    hashes: openContentHashes(cacheFolder(host), host.now),
    results: new ResultStore(openResultFiles(root)),
    dataCheck: openDataCheck(root, fresh, host.now(), version),
    store: async (spec, signal) => {
      const location = storeOf(spec);
      if (location === null) {
        return null;
      }
      const store = await openChosenStore({ location, uri: "" }, host.env, await readDotEnv(host.cwd), signal);
      stores.push(store);
      return { store, storeId: storeIdOf(location) };
    },
    toAbsolute: (path) => join(root, path),
    commit: (config, signal) => readCommitState(root, config, signal),
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    randomId: () => randomBytes(3).toString("hex"),
    now: host.now,
    isTrusted: () => true,
  });
  const opened = openTraining(root, files, context, { journal, engines, planning, hashOf, planText });
  return {
    ...opened,
    dispose: () => {
      stores.forEach((store) => store.dispose());
      opened.dispose();
    },
  };
};

/** Where hashes of files are remembered, as each system has it. */
function cacheFolder({ env }: CliHost): string {
  const base = env["XDG_CACHE_HOME"] ?? env["LOCALAPPDATA"] ?? join(homedir(), ".cache");
  return join(base, "mlops-workbench");
}
