import { createHash } from "node:crypto";
import { join } from "node:path";

import itemsJson from "../../../schemas/documentation-items.json";
import { readCommitState } from "../../adapters/git/readCommitState";
import { openRepositories } from "../../adapters/git/repositories";
import { readRecordLog } from "../../adapters/node/recordLogs";
import { openLintRegistry } from "../../adapters/node/lintRegistry";
import { openResultFiles } from "../../adapters/node/resultFiles";
import type { Disposable } from "../../core/base/disposable";
import { readDocumentationItems } from "../../core/governance/annex/documentationItems";
import { openSignOffs } from "../../core/governance/openSignOffs";
import { modelCommit } from "../../core/lint/workspace/modelCommit";
import type { ReportPorts } from "../../core/governance/report/gatherReport";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { WorkspaceLint } from "../../core/lint/workspace/workspaceLint";
import { ResultStore } from "../../core/monitoring/resultStore";
import type { CommandContext } from "../command";
import { lintCalendar } from "../lint/lintCalendar";

/** What a report of one workspace needs. */
export interface OpenedReport extends Disposable {
  readonly ports: ReportPorts;
  /** @returns false where the name is taken by another text. */
  readonly keep: (path: string, text: string) => Promise<boolean>;
}

/** Opens a folder for reports; nothing is read before it is asked for. */
export function openReport(
  root: string,
  files: WorkspaceFiles,
  { host, stores, version }: Pick<CommandContext, "host" | "stores" | "version">,
): OpenedReport {
  const registry = openLintRegistry(root, stores);
  const repositories = openRepositories(root);
  const resultFiles = openResultFiles(root);
  const calendar = lintCalendar();
  const signOffs = openSignOffs({
    files,
    decisions: (folder, signal) => repositories.decisions(folder, signal),
    modelCommit: (config, product, signal) => modelCommit(registry, config, product, signal),
  });
  return {
    ports: {
      ...{ files, repositories, registry, calendar },
      items: readDocumentationItems(itemsJson),
      lint: new WorkspaceLint({ files, repositories, registry }, calendar),
      results: new ResultStore(resultFiles),
      names: (folder, signal) => resultFiles.names(folder, signal),
      signOffs: (config, today, signal) => signOffs.register(config, today, signal),
      chain: (path) => readRecordLog(join(root, path)),
      commit: (config, signal) => readCommitState(root, config, signal),
      sha256: sha256Of,
      tool: `mlops ${version}`,
    },
    keep: async (path, text) =>
      (await resultFiles.create(path, text, host.signal)) || (await resultFiles.readText(path, host.signal)) === text,
    dispose: () => registry.dispose(),
  };
}

/** Of a text, hex. */
export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
