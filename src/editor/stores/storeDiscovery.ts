import * as vscode from "vscode";

import { toUserText } from "../../core/base/appError";
import { parseStoreUri, storeIdOf } from "../../core/tracking/storeLocation";
import type { FoundStore, StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreSetting } from "../platform/settings";

/** What discovery needs of the outside world. */
export interface DiscoveryPorts {
  /** Stores of a folder and its sub-folders, and sentences about what could not be looked at. */
  findStores(
    folder: string,
    allowServers: boolean,
    signal: AbortSignal,
  ): Promise<{ stores: readonly FoundStore[]; problems: readonly string[] }>;
  /** The tracking URI of the environment of a folder (process, or its `.env`), or undefined. */
  environmentUri(folder: string | undefined): Promise<string | undefined>;
  toAbsolute(folder: string | undefined, path: string): string;
  settings(): readonly StoreSetting[];
  warn(message: string): void;
}

/** Finds all stores of the window: in every workspace folder, in the environment and in the settings. */
export class StoreDiscovery {
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly catalog: StoreCatalog,
    private readonly ports: DiscoveryPorts,
  ) {}

  /** Searches again; a request during a search makes it run once more afterwards. */
  run(signal: AbortSignal): Promise<void> {
    if (this.running !== undefined) {
      this.again = true;
      return this.running;
    }
    this.running = this.search(signal).finally(() => {
      this.running = undefined;
      if (this.again && !signal.aborted) {
        this.again = false;
        this.run(signal).catch((error: unknown) => this.ports.warn(toUserText(error)));
      }
    });
    return this.running;
  }

  private async search(signal: AbortSignal): Promise<void> {
    const trusted = vscode.workspace.isTrusted;
    const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
    const found: FoundStore[] = [];
    for (const folder of folders) {
      const { stores, problems } = await this.ports.findStores(folder.uri.fsPath, trusted, signal);
      found.push(...stores);
      problems.forEach((problem) => this.ports.warn(problem));
    }
    for (const folder of folders.length === 0 ? [undefined] : folders.map((f) => f.uri.fsPath)) {
      const uri = trusted ? await this.ports.environmentUri(folder) : undefined;
      if (uri !== undefined) {
        this.add(found, { uri }, folder, "MLFLOW_TRACKING_URI");
      }
    }
    for (const setting of this.ports.settings()) {
      this.add(found, setting, folders[0]?.uri.fsPath, "mlops.stores");
    }
    this.catalog.setFound(withUniqueLabels(found));
  }

  private add(found: FoundStore[], setting: StoreSetting, folder: string | undefined, origin: string): void {
    try {
      const location = parseStoreUri(setting.uri, (path) => this.ports.toAbsolute(folder, path));
      const label = setting.name ?? (location.kind === "rest" ? location.url.replace(/^https?:\/\//, "") : setting.uri);
      const known = found.findIndex((store) => storeIdOf(store.location) === storeIdOf(location));
      if (known === -1) {
        found.push({ location, label, origin });
      } else if (setting.name !== undefined && found[known] !== undefined) {
        found[known] = { ...found[known], label };
      }
    } catch (error) {
      this.ports.warn(`${origin}: ${toUserText(error)}`);
    }
  }
}

/** Two folders may hold stores of the same name; the place then tells them apart. */
function withUniqueLabels(stores: readonly FoundStore[]): readonly FoundStore[] {
  const count = new Map<string, number>();
  for (const { label } of stores) {
    count.set(label, (count.get(label) ?? 0) + 1);
  }
  return stores.map((store) =>
    (count.get(store.label) ?? 0) > 1
      ? { ...store, label: store.location.kind === "rest" ? store.location.url : store.location.path }
      : store,
  );
}
