import * as vscode from "vscode";

import type { BrowseNode } from "../../core/browse/node";
import { isBrowseNode } from "../../core/browse/node";
import { PANEL_TYPES } from "../app";
import type { CommandHandlers } from "../commands";
import type { RunRef } from "../platform/runRef";
import type { RunsTablePanels } from "../runs/runsTablePanels";
import {
  addToComparison,
  compareRuns,
  compareWithChampion,
  compareWithParent,
  compareWithPrevious,
  runRefsOf,
  type CompareCommandParts,
} from "./compareCommands";

type CompareCommand =
  | "mlops.runs.compare"
  | "mlops.runs.addToComparison"
  | "mlops.runs.compareWithChampion"
  | "mlops.runs.compareWithParent"
  | "mlops.versions.compareWithPrevious";

export interface CompareHandlerParts extends CompareCommandParts {
  readonly runsTable: () => Promise<RunsTablePanels>;
  /** The nodes a command works on: what the tree passed, else the selection of the view that was used last. */
  readonly targets: (target?: BrowseNode, selection?: readonly BrowseNode[]) => readonly BrowseNode[];
}

export function createCompareHandlers(parts: CompareHandlerParts): Pick<CommandHandlers, CompareCommand> {
  /** A node or a reference given; else what is selected in the table in front; else what is selected in a tree. */
  const refsOf = async (target?: BrowseNode | RunRef, selection: readonly (BrowseNode | RunRef)[] = []): Promise<readonly RunRef[]> => {
    if (target !== undefined && !isBrowseNode(target)) {
      return runRefsOf(selection.length > 0 ? selection : [target]);
    }
    if (target === undefined && isInFront(PANEL_TYPES.runsTable)) {
      const selected = (await parts.runsTable()).selectedRuns();
      if (selected.length > 0) {
        return selected;
      }
    }
    return runRefsOf(parts.targets(target, selection.filter(isBrowseNode)));
  };
  return {
    "mlops.runs.compare": async (target, selection) => compareRuns(parts, await refsOf(target, selection)),
    // Without a target the page's button asks, which means none of what a tree happens to have selected.
    "mlops.runs.addToComparison": async (target, selection) =>
      addToComparison(parts, target === undefined && isInFront(PANEL_TYPES.compare) ? [] : await refsOf(target, selection)),
    "mlops.runs.compareWithChampion": (target) => compareWithChampion(parts, target ?? parts.targets()[0]),
    "mlops.runs.compareWithParent": (target) => compareWithParent(parts, target ?? parts.targets()[0]),
    "mlops.versions.compareWithPrevious": (target) => compareWithPrevious(parts, target ?? parts.targets()[0]),
  };
}

function isInFront(viewType: string): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType);
}
