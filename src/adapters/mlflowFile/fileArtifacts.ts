import { dirname, join } from "node:path";

import { AppError, isAppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { ArtifactOwner } from "../../core/tracking/artifact";
import type { ModelVersion } from "../../core/tracking/registeredModel";
import { resolveLocalArtifact } from "../node/localArtifacts";
import { rebaseArtifactUri } from "../node/rebaseArtifactUri";
import { listFolder } from "./files";
import { textField } from "./metaFields";
import { MetaFile } from "./metaFile";
import type { ModelIndex } from "./modelIndex";
import { newPass, type Pass } from "./pass";
import type { StoreIndex } from "./storeIndex";

/** A version may name a version it was copied from, and that another one; a circle of them must end. */
const MAX_COPIES = 8;

/** Finds the folders of artifacts, wherever the store lies now. */
export class FileArtifacts {
  /** What may be read: the store, deleted experiments under their old paths, and what lies beside the store. */
  private readonly roots: readonly string[];

  constructor(
    private readonly index: StoreIndex,
    private readonly models: ModelIndex,
  ) {
    this.roots = [index.root, join(index.root, ".trash"), dirname(index.root)];
  }

  async folderOf(owner: ArtifactOwner): Promise<string> {
    const pass = newPass();
    switch (owner.kind) {
      case "run":
        return this.ofRun(owner.runId, pass);
      case "loggedModel":
        return this.ofLoggedModel(owner.modelId, pass);
      case "modelVersion":
        return this.ofVersion(owner.modelName, (version) => version.version === owner.version, owner.version, pass, 0);
    }
  }

  private async ofRun(runId: string, pass: Pass): Promise<string> {
    const run = this.index.findRun(runId, pass);
    const info = run?.info(pass);
    if (run === undefined || info === undefined) {
      throw new AppError("run/not-found", `There is no run "${oneLine(runId)}" in this folder.`, { remedy: "Refresh the list of runs." });
    }
    return this.ownOrRecorded(join(run.path, "artifacts"), info.artifactUri);
  }

  private async ofLoggedModel(modelId: string, pass: Pass): Promise<string> {
    const folder = this.index.findLoggedModel(modelId, pass);
    if (folder === undefined) {
      throw new AppError("model/not-found", `There is no logged model "${oneLine(modelId)}" in this folder.`);
    }
    const meta = new MetaFile(join(folder, "meta.yaml"), (values) => textField(values, "artifact_location"));
    return this.ownOrRecorded(join(folder, "artifacts"), meta.read(pass) ?? "");
  }

  /** MLflow makes the own folder even where the files go elsewhere, so that only one with files in it is taken for true. */
  private async ownOrRecorded(own: string, recorded: string): Promise<string> {
    return rebaseArtifactUri(recorded === "" || listFolder(own).length > 0 ? own : recorded, this.roots);
  }

  private async ofVersion(
    name: string,
    isMeant: (version: ModelVersion) => boolean,
    wanted: string,
    pass: Pass,
    copies: number,
  ): Promise<string> {
    const version = this.models.find(name, pass)?.readVersions(pass).find(isMeant);
    if (version === undefined || copies > MAX_COPIES) {
      throw new AppError("model/not-found", `There is no version "${oneLine(wanted)}" of the model "${oneLine(name)}" in this folder.`);
    }
    try {
      return await this.ofLocation(version.storageLocation ?? version.source, pass, copies);
    } catch (error) {
      if (version.storageLocation !== null && version.source !== "" && isAppError(error, "artifact/outside-root")) {
        return this.ofLocation(version.source, pass, copies);
      }
      throw error;
    }
  }

  private async ofLocation(location: string, pass: Pass, copies: number): Promise<string> {
    const inRun = /^runs:\/+([^/]+)\/?(.*)$/s.exec(location);
    if (inRun?.[1] !== undefined) {
      return resolveLocalArtifact(await this.ofRun(inRun[1], pass), inRun[2] ?? "");
    }
    const ofModel = /^models:\/+([^/@]+)(?:\/([^/]+)|@(.+))?$/s.exec(location);
    if (ofModel?.[1] === undefined) {
      return rebaseArtifactUri(location, this.roots);
    }
    const [, name, version, alias] = ofModel;
    if (version === undefined && alias === undefined) {
      return this.ofLoggedModel(name, pass);
    }
    const isMeant = (candidate: ModelVersion): boolean =>
      alias === undefined ? candidate.version === version : candidate.aliases.includes(alias);
    return this.ofVersion(name, isMeant, version ?? alias ?? "", pass, copies + 1);
  }
}
