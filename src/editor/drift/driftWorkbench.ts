import * as vscode from "vscode";

import { toUserText } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { DisposableStore } from "../../core/base/disposable";
import { resultHandOver } from "../../core/drift/view/toHandOver";
import { DRIFT_METHODS } from "../../core/drift/methods";
import type { Drift, Shell, TreeSource } from "../app";
import { AlertNotices } from "../monitoring/alertNotices";
import { CheckRunner } from "../monitoring/checkRunner";
import { CheckTimer } from "../monitoring/checkTimer";
import { followMonitoring } from "../monitoring/followMonitoring";
import { MonitoringBoard, type MonitoredFolder } from "../monitoring/monitoringBoard";
import { monitoringLenses } from "../monitoring/monitoringLens";
import type { MonitoringNode } from "../monitoring/monitoringNode";
import { monitoringStatus } from "../monitoring/monitoringStatus";
import { MonitoringTree } from "../monitoring/monitoringTree";
import { modelStates } from "../monitoring/modelStates";
import { logError } from "../platform/logger";
import { runCommand } from "../platform/runCommand";
import { readCheckWhileOpen } from "../platform/settings";
import type { DriftCommandHandlers, DriftCommandId } from "./driftCommands";
import { createDriftHandlers, safeArguments } from "./driftHandlers";
import { DriftPanels } from "./driftPanels";
import type { DriftServices } from "./driftServices";
import { handOver } from "./handOver";
import { resolveSubject } from "./productSubject";
import { watchPaths } from "./watchPaths";
import { writeReviewNote } from "./writeReviewNote";

/** Drift and monitoring as VS Code uses them: panels, the overview, checks that are due, and what people are told. */
export class DriftWorkbench implements Drift {
  readonly monitoring: TreeSource<MonitoringNode>;
  readonly onDidChangeLenses: vscode.Event<void>;
  private readonly disposables = new DisposableStore();
  private readonly handlers: DriftCommandHandlers;
  private readonly board: MonitoringBoard;
  private readonly panels: DriftPanels;

  constructor(
    private readonly shell: Shell,
    private readonly services: DriftServices,
  ) {
    const report = (error: unknown): void => logError(shell.log, error);
    const now = (): number => services.now().getTime();
    this.disposables.add(services);
    this.board = this.disposables.add(new MonitoringBoard(() => openFolders(services), report));
    const tree = this.disposables.add(new MonitoringTree(shell.monitoring, this.board, now));
    const states = modelStates(() => this.board.all);
    const runner = new CheckRunner({
      board: this.board,
      check: services.check,
      notKept: () => (vscode.workspace.isTrusted ? null : vscode.l10n.t("The result was not kept, because this folder is not trusted.")),
      alone: services.alone,
    });
    const lenses = this.disposables.add(new vscode.EventEmitter<void>());
    const history = this.disposables.add(new vscode.EventEmitter<void>());
    this.onDidChangeLenses = lenses.event;
    this.panels = this.disposables.add(
      new DriftPanels({
        service: services.drift,
        methods: new Map(DRIFT_METHODS.map((method) => [method.id, method])),
        resolve: (id, reading, signal) => resolveSubject(id, reading, { services, board: this.board, toPath }, signal),
        toPath,
        watch: watchPaths,
        logError: report,
        extensionUri: services.extensionUri,
        writeNote: (shown) => writeReviewNote(shown, { toPath, now: services.now }),
        onDidChangeHistory: history.event,
      }),
    );
    const notices = this.disposables.add(
      new AlertNotices(this.board, {
        show: (config) => this.panels.open({ kind: "product", config }),
        retrain: async ({ result }, config) => {
          const facts = resultHandOver(result);
          await (facts === null ? this.run("mlops.drift.show", [config]) : handOver(facts));
        },
        logError: report,
      }),
    );
    this.handlers = createDriftHandlers({
      ...{ services, board: this.board, runner, notices, panels: this.panels, tree, states, logError: report },
      context: shell.context,
    });
    this.disposables.add(
      this.board.onDidChange(() => {
        shell.monitored.update(states);
        shell.status.showMonitoring(monitoringStatus(this.board.all));
        lenses.fire();
        history.fire();
      }),
    );
    this.disposables.add(followMonitoring({ board: this.board, historyChanged: () => history.fire(), logError: report }));
    this.monitoring = {
      onDidChange: tree.onDidChange,
      getChildren: (node) => tree.getChildren(node),
      getTreeItem: (node) => tree.getTreeItem(node),
      getParent: (node) => tree.getParent(node),
      resolve: (item, node) => tree.resolve(item, node),
    };
    const timer = this.disposables.add(
      new CheckTimer({
        ...{ board: this.board, runner, now },
        isAllowed: () => vscode.workspace.isTrusted && readCheckWhileOpen(),
        onFailure: (name, error) => shell.log.warn(`A check of ${name} that was due failed: ${toUserText(error)}`),
      }),
    );
    this.board.refresh().then(() => timer.start(), report);
  }

  async run(command: DriftCommandId, args: readonly unknown[]): Promise<void> {
    const handler = this.handlers[command] as (...values: readonly unknown[]) => Promise<void> | void;
    await runCommand(this.shell.log, () => handler(...safeArguments(args)));
  }

  async lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    try {
      return await monitoringLenses(document, this.board, () => this.services.now().getTime());
    } catch (error) {
      if (!isCancelled(error)) {
        logError(this.shell.log, error);
      }
      return [];
    }
  }

  restore(_viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.panels.restore(panel, state);
    return Promise.resolve();
  }

  dispose(): void {
    this.shell.status.showMonitoring(null);
    this.disposables.dispose();
  }
}

/** Folders of the workspace that are on disk. */
function openFolders(services: DriftServices): readonly MonitoredFolder[] {
  const open = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  return open.map(({ uri }) => services.folderOf(uri.fsPath));
}

/** From the root of the workspace's folder, with the folder's name where several are open; absolute elsewhere. */
function toPath(path: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.file(path));
}
