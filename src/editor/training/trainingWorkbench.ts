import * as vscode from "vscode";

import { DisposableStore } from "../../core/base/disposable";
import type { Shell, Training, TreeSource } from "../app";
import { inBackground } from "../platform/inBackground";
import { logError } from "../platform/logger";
import { runCommand } from "../platform/runCommand";
import { compareJob } from "./compareJob";
import { followJobFolders } from "./followJobFolders";
import { JobBoard, type BoardJob } from "./jobBoard";
import { JobLogDocuments } from "./jobLogDocuments";
import { JobNotices } from "./jobNotices";
import { isJobNode, type JobNode } from "./jobNode";
import { JobsTree } from "./jobsTree";
import { safeRetrainArgument } from "./products";
import { RetrainPanels } from "./retrainPanels";
import type { RetrainSession } from "./retrainSession";
import type { TrainingCommandHandlers, TrainingCommandId } from "./trainingCommands";
import { createTrainingHandlers, showPlan } from "./trainingHandlers";
import { trainingLenses } from "./trainingLens";
import { setEngineLogin } from "./trainingLogins";
import type { TrainingFolder, TrainingServices } from "./trainingServices";

/** Trainings as VS Code uses them: pages, the view of jobs, logs, and what people are told at the end. */
export class TrainingWorkbench implements Training {
  readonly jobs: TreeSource<JobNode>;
  readonly logs: vscode.TextDocumentContentProvider;
  readonly onDidChangeLenses: vscode.Event<void>;
  private readonly disposables = new DisposableStore();
  private readonly handlers: TrainingCommandHandlers;
  private readonly board: JobBoard;
  private readonly panels: RetrainPanels;

  constructor(
    private readonly shell: Shell,
    services: TrainingServices,
  ) {
    const report = (error: unknown): void => logError(shell.log, error);
    const folders = (): readonly TrainingFolder[] => openFolders(services);
    this.board = this.disposables.add(new JobBoard(folders, report));
    const { board } = this;
    const logs = this.disposables.add(new JobLogDocuments(board, services));
    const entryOf = (session: RetrainSession): BoardJob | undefined =>
      session.shownJob === null ? undefined : board.find(session.place.root, session.shownJob.id);
    const notices = this.disposables.add(
      new JobNotices(board, {
        isFirst: ({ root, job }) => services.folderOf(root).isFirstToTell(job),
        isShown: (root, id) => this.panels.isShown(root, id),
        open: ({ root, job }) => this.panels.open({ kind: "job", root, config: job.config, id: job.id }),
        compare: (entry) => compareJob(entry, "previous", board),
        openLog: ({ root, job }) => logs.show(root, job),
        logError: report,
      }),
    );
    this.panels = this.disposables.add(
      new RetrainPanels({
        ...{ board, services, logError: report, extensionUri: services.extensionUri },
        isTrusted: () => vscode.workspace.isTrusted,
        started: (job) => notices.started(job),
        actions: {
          openLog: async (session) => {
            const entry = entryOf(session);
            await (entry === undefined ? undefined : logs.show(entry.root, entry.job));
          },
          openPlan: async (session) => {
            const entry = entryOf(session);
            await (entry === undefined ? undefined : showPlan(services.folderOf(entry.root), entry.job));
          },
          setLogin: (address) => setEngineLogin(address, services),
          compare: async (session, against) => {
            const entry = entryOf(session);
            await (entry === undefined ? undefined : compareJob(entry, against, board));
          },
        },
      }),
    );
    this.handlers = createTrainingHandlers({ context: shell.context, board, panels: this.panels, logs, folders, services });
    const tree = this.disposables.add(new JobsTree(shell.jobs, board, services.now));
    this.jobs = {
      onDidChange: tree.onDidChange,
      getChildren: (node) => tree.getChildren(node),
      getTreeItem: (node) => tree.getTreeItem(node),
      getParent: () => tree.getParent(),
      resolve: (item, node) => tree.resolve(item, node),
    };
    this.logs = { onDidChange: logs.onDidChange, provideTextDocumentContent: (uri) => logs.provideTextDocumentContent(uri) };
    const lenses = this.disposables.add(new vscode.EventEmitter<void>());
    this.onDidChangeLenses = lenses.event;
    this.disposables.add(board.onDidChange(() => lenses.fire()));
    this.disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(() => lenses.fire()));
    this.disposables.add(followJobFolders(board, report));
    this.disposables.add(services);
    inBackground(board.refresh(), report);
  }

  async run(command: TrainingCommandId, args: readonly unknown[]): Promise<void> {
    const [target] = args;
    const safe = command.startsWith("mlops.jobs.") ? (isJobNode(target) ? target : undefined) : safeRetrainArgument(target);
    const handler = this.handlers[command] as (value: unknown) => Promise<void> | void;
    await runCommand(this.shell.log, () => handler(safe));
  }

  lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return trainingLenses(document, this.board);
  }

  restore(_viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.panels.restore(panel, state);
    return Promise.resolve();
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** Folders of the workspace that are on disk. */
function openFolders(services: TrainingServices): readonly TrainingFolder[] {
  const open = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  return open.map(({ uri }) => services.folderOf(uri.fsPath));
}
