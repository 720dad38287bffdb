import { createHash } from "node:crypto";
import { join } from "node:path";

import * as vscode from "vscode";

import { readCommitState } from "../adapters/git/readCommitState";
import { readRecordLog } from "../adapters/node/recordLogs";
import { openResultFiles } from "../adapters/node/resultFiles";
import type { RegulationCalendar } from "../core/config/regulationCalendar";
import type { DocumentationItems } from "../core/governance/annex/documentationItems";
import { openSignOffs } from "../core/governance/openSignOffs";
import { modelCommit } from "../core/lint/workspace/modelCommit";
import { gatherReport, type ReportPorts } from "../core/governance/report/gatherReport";
import { writeReport } from "../core/governance/report/writeReport";
import { WorkspaceLint } from "../core/lint/workspace/workspaceLint";
import { ResultStore } from "../core/monitoring/resultStore";
import type { ComplianceFolder } from "../editor/governance/complianceServices";
import type { FolderPorts } from "../editor/lint/folderLint";
import { withOpenTexts } from "../editor/lint/withOpenTexts";

/** What the law says, as this version ships it. */
export interface LawData {
  readonly calendar: RegulationCalendar;
  readonly items: DocumentationItems;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The compliance page's world of one folder: its files with the texts that people see, git where it is trusted, and the logs. */
export function openComplianceFolder(root: string, ports: FolderPorts, { calendar, items }: LawData, tool: string): ComplianceFolder {
  const openText = (path: string): string | undefined => {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(root), ...path.split("/")).toString();
    return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.getText();
  };
  const files = withOpenTexts(ports.files, openText);
  const { repositories, registry } = ports;
  const resultFiles = openResultFiles(root);
  const signOffs = openSignOffs({
    files,
    decisions: (folder, signal) => repositories.decisions(folder, signal),
    modelCommit: (config, product, signal) => modelCommit(registry, config, product, signal),
  });
  let lint: WorkspaceLint | undefined;
  const world = (): ReportPorts => ({
    ...{ files, repositories, registry, calendar, items, sha256, tool },
    lint: (lint ??= new WorkspaceLint({ files, repositories, registry }, calendar)),
    results: new ResultStore(resultFiles),
    names: (folder, signal) => resultFiles.names(folder, signal),
    signOffs: (config, today, signal) => signOffs.register(config, today, signal),
    chain: (path) => readRecordLog(join(root, path)),
    // Git reads the repository's configuration, which can name programs to run.
    commit: async (config, signal) => (vscode.workspace.isTrusted ? readCommitState(root, config, signal) : null),
  });
  return {
    ...{ root, files },
    gather: (wish, signal) => gatherReport(wish, world(), signal),
    write: (facts, format, audience) => writeReport(facts, { format, audience, itemsCheckedOn: items.checkedOn, sha256 }),
    forget: (path) => {
      ports.forget(path);
      lint = undefined;
    },
    forgetFacts: () => {
      ports.forgetFacts();
      lint = undefined;
    },
    dispose: () => ports.dispose(),
  };
}
