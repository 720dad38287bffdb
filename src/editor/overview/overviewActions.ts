import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { NextAction } from "../../core/health/productHealth";
import { POLICY_PATH } from "../../core/lint/workspace/lintTarget";
import type { OverviewPlace } from "../../protocol/overview";
import { configPath } from "../monitoring/watchedProduct";
import { openConfigAt } from "../drift/openConfigAt";
import type { RunRef } from "../platform/runRef";
import { openFinding } from "./openFinding";
import type { KnownProduct, OverviewBoard } from "./overviewBoard";
import type { CostedFolder } from "./overviewServices";

/** Commands that ask or show before anything happens, and take a product's file. */
const COMMANDS: Readonly<Partial<Record<NextAction["kind"], string>>> = {
  check_now: "mlops.monitoring.check",
  show_drift: "mlops.drift.show",
  retrain: "mlops.retrain",
  automate: "mlops.training.addAutomation",
  request_sign_off: "mlops.signOff.request",
  sign: "mlops.signOff.sign",
  deploy: "mlops.deploy",
  roll_back: "mlops.rollBack",
};

/** What a click on the overview does. Nothing happens here: each action leads to the command or the line that it is about. */
export class OverviewActions {
  constructor(
    private readonly board: OverviewBoard,
    private readonly folders: () => readonly CostedFolder[],
  ) {}

  async refresh(): Promise<void> {
    this.folders().forEach((folder) => folder.forgetFacts());
    await this.board.load();
  }

  async act(id: string, place: OverviewPlace): Promise<void> {
    const known = this.board.find(id);
    const action = this.board.actionAt(id, place);
    if (known === undefined || action === null) {
      throw new AppError("usage", vscode.l10n.t("This is no longer to be done, as things are now."), {
        remedy: vscode.l10n.t("Look again."),
      });
    }
    await this.follow(known, action);
  }

  async openFile(id: string): Promise<void> {
    const known = this.board.find(id);
    if (known !== undefined && known.product.config !== null) {
      await openAt(uriIn(known.root, known.product.config), null);
    }
  }

  /** Only a run that the page shows has an id that a store knows; another is told as not found. */
  async openRun(run: RunRef): Promise<void> {
    await vscode.commands.executeCommand("mlops.run.open", run);
  }

  async newModel(): Promise<void> {
    await vscode.commands.executeCommand("mlops.model.new");
  }

  /** The policy of the first folder, where prices stand; a draft of one where there is none. */
  async openPolicy(root = this.folders()[0]?.root): Promise<void> {
    if (root === undefined) {
      throw new AppError("usage", vscode.l10n.t("No folder is open."), { remedy: vscode.l10n.t("Open a folder first.") });
    }
    const uri = uriIn(root, POLICY_PATH);
    const isThere = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (isThere) {
      await openConfigAt(uri, "prices");
      return;
    }
    const draft = await vscode.workspace.openTextDocument(uri.with({ scheme: "untitled" }));
    const editor = await vscode.window.showTextDocument(draft, { preview: false });
    if (draft.getText() === "") {
      await editor.insertSnippet(new vscode.SnippetString(PRICES));
    }
  }

  private async follow({ root, product }: KnownProduct, action: NextAction): Promise<void> {
    const config = action.config ?? product.config;
    const command = COMMANDS[action.kind];
    if (action.kind === "set_prices") {
      await this.openPolicy(root);
    } else if (action.kind === "review") {
      // There the gate's evidence stands beside it.
      await vscode.commands.executeCommand("mlops.deployments.focus");
    } else if (action.kind === "open_runs") {
      await openRuns(action);
    } else if (config === null) {
      await (action.kind === "describe_model" || action.kind === "assign_owner" ? this.newModel() : noFile(product.name));
    } else if (command !== undefined) {
      await vscode.commands.executeCommand(command, configPath({ root, config }));
    } else if (action.kind === "assign_owner" && action.line === null) {
      await openConfigAt(uriIn(root, config), "owners?");
    } else if (action.detail !== null && /\.ya?ml$/.test(action.detail)) {
      await openAt(uriIn(root, action.detail), action.line);
    } else {
      await openFinding(uriIn(root, config), action.line, action.detail);
    }
  }
}

/** `$1` is where the person goes on. */
const PRICES = `version: 1
prices:
  currency: \${1:EUR}
  instances: # Price an hour, by kind of machine.
    \${2:gpu-a10}: \${3:1.30}
`;

/** @param action its detail is a run as "store/id" where it is about one. */
async function openRuns({ detail }: NextAction): Promise<void> {
  const at = detail?.lastIndexOf("/") ?? -1;
  if (detail === null || at <= 0) {
    await vscode.commands.executeCommand("mlops.runs.openTable");
  } else {
    await vscode.commands.executeCommand("mlops.run.open", { storeId: detail.slice(0, at), runId: detail.slice(at + 1) });
  }
}

function noFile(product: string): never {
  throw new AppError("usage", vscode.l10n.t("No file of this workspace describes {0}.", product), {
    remedy: vscode.l10n.t("Run MLOps: New Model to make one."),
  });
}

function uriIn(root: string, path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(root), ...path.split("/"));
}

/** @param line from 1; null for where the file was left. */
async function openAt(uri: vscode.Uri, line: number | null): Promise<void> {
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  const selection = line === null ? {} : { selection: new vscode.Range(at, at) };
  await vscode.window.showTextDocument(uri, { ...selection, preview: false });
}
