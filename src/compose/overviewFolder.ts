import * as vscode from "vscode";

import { openOverviewSources } from "../adapters/node/overviewSources";
import { localDay } from "../cli/localDay";
import type { CancelSignal } from "../core/base/cancel";
import type { RegulationCalendar } from "../core/config/regulationCalendar";
import type { CostReader } from "../core/cost/costReader";
import { openOverview } from "../core/health/openOverview";
import { readCosts } from "../core/health/readCosts";
import type { StoreOpener } from "../core/tracking/store";
import type { StoreLocation } from "../core/tracking/storeLocation";
import { createPacer } from "../editor/compare/createPacer";
import type { FolderPorts } from "../editor/lint/folderLint";
import { withOpenTexts } from "../editor/lint/withOpenTexts";
import type { CostedFolder } from "../editor/overview/overviewServices";

/** What an overview of a folder needs of the editor. */
export interface EditorOverviewWorld {
  readonly calendar: RegulationCalendar;
  readonly stores: StoreOpener;
  /** Reads the runs of databases and folders for their money. */
  readonly costs: CostReader;
  /** Stores that lie in a folder, or that its environment names; models that no file owns are looked for in them. */
  readonly knownStores: (root: string, signal: CancelSignal) => Promise<readonly StoreLocation[]>;
  /** Under which git would write a commit; null where there is none, or no trust. */
  readonly userEmail: (root: string, signal: CancelSignal) => Promise<string | null>;
  readonly now: () => number;
}

/** The overview of one folder of the workspace, with the texts that people see; `cli/status/openCliOverview` is its twin. */
export function openOverviewFolder(root: string, ports: FolderPorts, world: EditorOverviewWorld): CostedFolder {
  const openText = (path: string): string | undefined => {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(root), ...path.split("/")).toString();
    return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.getText();
  };
  const { repositories, registry } = ports;
  const sources = openOverviewSources(root, {
    ...{ repositories, registry, files: withOpenTexts(ports.files, openText) },
    ...{ calendar: world.calendar, stores: world.stores, now: world.now },
    knownStores: (signal) => world.knownStores(root, signal),
    userEmail: (signal) => world.userEmail(root, signal),
    today: () => localDay(world.now()),
    pacer: createPacer(),
    forget: (path) => ports.forget(path),
    forgetFacts: () => ports.forgetFacts(),
    dispose: () => ports.dispose(),
  });
  const overview = openOverview(sources);
  return {
    root,
    portfolio: (signal, onProgress, onListed) => overview.portfolio(signal, onProgress, onListed),
    costs: (signal) => readCosts(sources, world.costs, signal),
    myAddresses: (portfolio, signal) => overview.myAddresses(portfolio, signal),
    forget: (path) => overview.forget(path),
    forgetFacts: () => overview.forgetFacts(),
    dispose: () => overview.dispose(),
  };
}
