import * as vscode from "vscode";

import { DisposableStore } from "../../core/base/disposable";
import type { Compute, Shell, TreeSource } from "../app";
import { logError } from "../platform/logger";
import { runCommand } from "../platform/runCommand";
import { ComputeBoard } from "./computeBoard";
import type { ComputeCommandId } from "./computeCommands";
import { toComputeItem } from "./computeItem";
import type { ComputeNode } from "./computeNode";
import { ComputeReminders } from "./computeReminders";
import type { ComputeServices } from "./computeServices";
import { readComputeReminders, readComputeSources } from "../platform/settings";

/** Processors as VS Code shows them: the view "Compute", and reminders of what is idle. Nothing is read before somebody has looked. */
export class ComputeWorkbench implements Compute {
  readonly processors: TreeSource<ComputeNode>;
  private readonly disposables = new DisposableStore();
  private readonly board: ComputeBoard;

  constructor(
    private readonly shell: Shell,
    services: ComputeServices,
  ) {
    const report = (error: unknown): void => logError(shell.log, error);
    const changed = this.disposables.add(new vscode.EventEmitter<ComputeNode | undefined>());
    this.board = this.disposables.add(new ComputeBoard(services, readComputeSources, () => shell.compute.visible, report));
    this.disposables.add(
      this.board.onDidChange(() => {
        void vscode.commands.executeCommand("setContext", "mlops.hasCompute", rootNodes(this.board).length > 0);
        changed.fire(undefined);
      }),
    );
    this.disposables.add(new ComputeReminders(this.board, readComputeReminders, () => services.now()));
    this.disposables.add(services);
    this.disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("mlops.compute.sources")) {
          void this.board.refresh();
        }
      }),
    );
    this.disposables.add(
      shell.compute.onDidChangeVisibility(({ visible }) => {
        if (visible) {
          void this.board.refresh();
        }
      }),
    );
    this.processors = {
      onDidChange: changed.event,
      getChildren: async (node) => {
        await this.board.ready();
        return node === undefined ? rootNodes(this.board) : childrenOf(node);
      },
      getTreeItem: (node) => toComputeItem(node, this.board.policy, services.now()),
      getParent: () => undefined,
      resolve: (item) => item,
    };
  }

  async run(command: ComputeCommandId): Promise<void> {
    await runCommand(this.shell.log, async () => {
      if (command === "mlops.compute.refresh") {
        await this.board.refresh();
      } else {
        await vscode.commands.executeCommand("workbench.action.openSettings", "mlops.compute");
      }
    });
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** A source that could not be read is a line with the reason. Where this machine is the only one and has no program to ask, the view itself says so. */
function rootNodes(board: ComputeBoard): ComputeNode[] {
  return board.all.flatMap((state): ComputeNode[] =>
    state.problem !== null || (state.isAbsent && board.all.length > 1)
      ? [{ kind: "problem", state }]
      : state.nodes.map((node) => ({ kind: "machine", state, node })),
  );
}

function childrenOf(node: ComputeNode): ComputeNode[] {
  return node.kind === "machine" ? node.node.processors.map((processor) => ({ kind: "processor", state: node.state, processor })) : [];
}
