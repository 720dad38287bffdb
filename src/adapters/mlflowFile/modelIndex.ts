import { join } from "node:path";

import { compareText } from "../../core/tracking/filter/compareText";
import { listFolderNames, stampOf } from "./files";
import { ModelFolder } from "./modelFolder";
import { isTooFresh, type Pass } from "./pass";

/** The registered models of a store: the folders in `mlruns/models`. */
export class ModelIndex {
  private folders: ReadonlyMap<string, ModelFolder> = new Map();
  private listed: { readonly mtime: number; readonly readAt: number } | undefined;
  private seen: Pass | undefined;
  private readonly path: string;

  constructor(root: string) {
    this.path = join(root, "models");
  }

  /** Every folder that may hold a model, by folder name. */
  modelFolders(pass: Pass): ReadonlyMap<string, ModelFolder> {
    if (this.seen === pass) {
      return this.folders;
    }
    this.seen = pass;
    const { mtime } = stampOf(this.path);
    if (this.listed?.mtime === mtime && !isTooFresh(mtime, this.listed.readAt)) {
      return this.folders;
    }
    this.folders = new Map(listFolderNames(this.path).map((name) => [name, this.folders.get(name) ?? new ModelFolder(this.path, name)]));
    this.listed = { mtime, readAt: pass.startedAt };
    return this.folders;
  }

  /** The readable models by name, ascending by code point as SQLite sorts. */
  readable(pass: Pass): readonly { readonly name: string; readonly folder: ModelFolder }[] {
    const models: { name: string; folder: ModelFolder }[] = [];
    for (const folder of this.modelFolders(pass).values()) {
      const name = folder.name(pass);
      if (name !== undefined) {
        models.push({ name, folder });
      }
    }
    return models.sort((a, b) => compareText(a.name, b.name));
  }

  find(name: string, pass: Pass): ModelFolder | undefined {
    // MLflow names the folder like the model, so that the others need not be looked at.
    const folder = this.modelFolders(pass).get(name);
    if (folder?.name(pass) === name) {
      return folder;
    }
    return this.readable(pass).find((model) => model.name === name)?.folder;
  }
}
