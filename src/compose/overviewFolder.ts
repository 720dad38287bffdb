import * as vscode from "vscode";

import { openOverviewSources } from "../adapters/node/overviewSources";
import { localDay } from "../cli/localDay";
import type { CancelSignal } from "../core/base/cancel";
import type { RegulationCalendar } from "../core/config/regulationCalendar";
import { openOverview } from "../core/health/openOverview";
import type { OverviewFolder } from "../core/health/overview";
import type { StoreOpener } from "../core/tracking/store";
import type { StoreLocation } from "../core/tracking/storeLocation";
import { createPacer } from "../editor/compare/createPacer";
import type { FolderPorts } from "../editor/lint/folderLint";
import { withOpenTexts } from "../editor/lint/withOpenTexts";

/** What an overview of a folder needs of the editor. */
export interface EditorOverviewWorld {
  readonly calendar: RegulationCalendar;
  readonly stores: StoreOpener;
  /** All stores of the window; models that no file owns are looked for in them. */
  readonly knownStores: (signal: CancelSignal) => Promise<readonly StoreLocation[]>;
  /** Under which git would write a commit; null where there is none, or no trust. */
  readonly userEmail: (root: string, signal: CancelSignal) => Promise<string | null>;
  readonly now: () => number;
}

/** The overview of one folder of the workspace, with the texts that people see; `cli/status/openCliOverview` is its twin. */
export function openOverviewFolder(root: string, ports: FolderPorts, world: EditorOverviewWorld): OverviewFolder {
  const openText = (path: string): string | undefined => {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(root), ...path.split("/")).toString();
    return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.getText();
  };
  const { repositories, registry } = ports;
  const overview = openOverview(
    openOverviewSources(root, {
      ...{ repositories, registry, files: withOpenTexts(ports.files, openText) },
      ...{ calendar: world.calendar, stores: world.stores, knownStores: world.knownStores, now: world.now },
      userEmail: (signal) => world.userEmail(root, signal),
      today: () => localDay(world.now()),
      pacer: createPacer(),
      forget: (path) => ports.forget(path),
      forgetFacts: () => ports.forgetFacts(),
      dispose: () => ports.dispose(),
    }),
  );
  return {
    root,
    portfolio: (signal, onProgress) => overview.portfolio(signal, onProgress),
    myAddresses: (portfolio, signal) => overview.myAddresses(portfolio, signal),
    forget: (path) => overview.forget(path),
    forgetFacts: () => overview.forgetFacts(),
    dispose: () => overview.dispose(),
  };
}
