import { join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { GateLogs } from "../../core/deployment/gate/gateWorld";
import type { DeploymentEntry } from "../../core/deployment/deployment";
import { folderOf, inFolder } from "../../core/lint/workspace/workspacePath";
import { appendChainedLine } from "./chainedLog";
import { readRecordLog } from "./recordLogs";

const GATE_LOG = ".mlops/gate-log.jsonl";
const DEPLOYMENT_LOG = ".mlops/deployments.jsonl";

/** The logs beside a product's file. @param root absolute path of the workspace. */
export function openGateLogs(root: string): GateLogs {
  return {
    deployments: async (config, signal) => {
      signal.throwIfAborted();
      const shown = inFolder(folderOf(config), DEPLOYMENT_LOG);
      const { lines, fault } = await readRecordLog<DeploymentEntry>(join(root, shown));
      if (fault !== null) {
        throw new AppError("file/unreadable", `Line ${fault.line} of ${shown} does not verify: ${fault.why}.`);
      }
      return lines.map(({ entry }) => entry);
    },
    append: async (config, entry, signal) => {
      const shown = inFolder(folderOf(config), GATE_LOG);
      await appendChainedLine(join(root, shown), entry, shown, signal);
    },
  };
}
