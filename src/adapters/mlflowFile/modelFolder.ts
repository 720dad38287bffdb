import { join } from "node:path";

import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import { listFolderNames, readTextOrNull, stampOf } from "./files";
import { KeyedFiles } from "./keyedFiles";
import { optionalField, textField, textMapField, timeField } from "./metaFields";
import { MetaFile } from "./metaFile";
import type { Meta } from "./metaYaml";
import { isTooFresh, type Pass } from "./pass";

type ModelInfo = Omit<RegisteredModel, "tags" | "versionCount">;
type VersionInfo = Omit<ModelVersion, "aliases" | "tags">;

/** The stage of a version that was deleted: MLflow keeps its folder. */
const DELETED_STAGE = "Deleted_Internal";

interface VersionFolder {
  readonly meta: MetaFile<VersionInfo>;
  readonly tags: KeyedFiles<string>;
}

/** One registered model's folder with its versions. */
export class ModelFolder {
  private readonly path: string;
  private readonly meta: MetaFile<ModelInfo>;
  private readonly tags: KeyedFiles<string>;
  private readonly aliasFiles: KeyedFiles<string>;
  private versions: ReadonlyMap<string, VersionFolder> = new Map();
  private versionsRevision = 0;
  private listed: { readonly mtime: number; readonly readAt: number } | undefined;
  private seen: Pass | undefined;

  constructor(modelsPath: string, folderName: string) {
    this.path = join(modelsPath, folderName);
    this.meta = new MetaFile(join(this.path, "meta.yaml"), (meta) => toModelInfo(meta, folderName));
    this.tags = keyedTexts(join(this.path, "tags"));
    this.aliasFiles = keyedTexts(join(this.path, "aliases"));
  }

  get problem(): string | undefined {
    return this.meta.isMissing ? undefined : this.meta.problem;
  }

  get metaPath(): string {
    return this.meta.path;
  }

  /** Grows with each change that was noticed in the model or in a version. */
  get revision(): number {
    let revision = this.meta.revision + this.tags.revision + this.aliasFiles.revision + this.versionsRevision;
    for (const version of this.versions.values()) {
      revision += version.meta.revision + version.tags.revision;
    }
    return revision;
  }

  name(pass: Pass): string | undefined {
    return this.meta.read(pass)?.name;
  }

  /** Undefined where the folder holds no readable model. */
  read(pass: Pass): RegisteredModel | undefined {
    const info = this.meta.read(pass);
    return info === undefined
      ? undefined
      : { ...info, aliases: this.aliases(info, pass), tags: this.tags.all(pass), versionCount: this.readVersions(pass).length };
  }

  /** Newest first, by number. Versions that were deleted or cannot be read are left out. */
  readVersions(pass: Pass): readonly ModelVersion[] {
    const info = this.meta.read(pass);
    if (info === undefined) {
      return [];
    }
    const aliases = this.aliases(info, pass);
    const versions: ModelVersion[] = [];
    for (const { meta, tags } of this.versionFolders(pass).values()) {
      const version = meta.read(pass);
      if (version !== undefined && version.stage !== DELETED_STAGE) {
        const own = [...aliases].filter(([, number]) => number === version.version).map(([alias]) => alias);
        versions.push({ ...version, modelName: info.name, aliases: own.sort(), tags: tags.all(pass) });
      }
    }
    return versions.sort((a, b) => Number(b.version) - Number(a.version));
  }

  /** The `meta.yaml` of versions that cannot be read, with the reason. */
  versionProblems(pass: Pass): readonly { readonly path: string; readonly problem: string }[] {
    const problems: { path: string; problem: string }[] = [];
    for (const { meta } of this.versionFolders(pass).values()) {
      meta.read(pass);
      if (meta.problem !== undefined && !meta.isMissing) {
        problems.push({ path: meta.path, problem: meta.problem });
      }
    }
    return problems;
  }

  look(pass: Pass): void {
    this.meta.read(pass);
    this.tags.look(pass);
    this.aliasFiles.look(pass);
    for (const version of this.versionFolders(pass).values()) {
      version.meta.read(pass);
      version.tags.look(pass);
    }
  }

  /** The alias files decide, as in MLflow; the map in `meta.yaml` repeats them and helps where the folder was not copied. */
  private aliases(info: ModelInfo, pass: Pass): ReadonlyMap<string, string> {
    const files = this.aliasFiles.all(pass);
    if (files.size === 0 && this.aliasFiles.isThere(pass)) {
      return files;
    }
    const aliases = files.size === 0 ? info.aliases : files;
    return new Map([...aliases].map(([alias, version]) => [alias, version.trim()]));
  }

  private versionFolders(pass: Pass): ReadonlyMap<string, VersionFolder> {
    if (this.seen === pass) {
      return this.versions;
    }
    this.seen = pass;
    const { mtime } = stampOf(this.path);
    if (this.listed?.mtime === mtime && !isTooFresh(mtime, this.listed.readAt)) {
      return this.versions;
    }
    const versions = new Map<string, VersionFolder>();
    for (const name of listFolderNames(this.path).filter((name) => /^version-\d+$/.test(name))) {
      const path = join(this.path, name);
      versions.set(
        name,
        this.versions.get(name) ?? {
          meta: new MetaFile(join(path, "meta.yaml"), (meta) => toVersionInfo(meta, name.slice("version-".length))),
          tags: keyedTexts(join(path, "tags")),
        },
      );
    }
    const isSame = versions.size === this.versions.size && [...versions.keys()].every((name) => this.versions.has(name));
    this.versionsRevision += this.listed === undefined || isSame ? 0 : 1;
    this.listed = { mtime, readAt: pass.startedAt };
    this.versions = versions;
    return versions;
  }
}

function keyedTexts(folder: string): KeyedFiles<string> {
  return new KeyedFiles(folder, (path) => readTextOrNull(path) ?? undefined, { filesChange: "often" });
}

function toModelInfo(meta: Meta, folderName: string): ModelInfo {
  return {
    name: textField(meta, "name") || folderName,
    description: textField(meta, "description"),
    creationTime: timeField(meta, "creation_timestamp"),
    lastUpdatedTime: timeField(meta, "last_updated_timestamp"),
    aliases: textMapField(meta, "aliases"),
  };
}

function toVersionInfo(meta: Meta, folderVersion: string): VersionInfo {
  const recorded = textField(meta, "version");
  return {
    modelName: textField(meta, "name"),
    version: /^\d+$/.test(recorded) ? recorded : folderVersion,
    stage: textField(meta, "current_stage") || "None",
    status: textField(meta, "status") || "READY",
    statusMessage: textField(meta, "status_message"),
    runId: optionalField(meta, "run_id"),
    source: textField(meta, "source"),
    storageLocation: optionalField(meta, "storage_location"),
    userId: textField(meta, "user_id"),
    description: textField(meta, "description"),
    creationTime: timeField(meta, "creation_timestamp"),
    lastUpdatedTime: timeField(meta, "last_updated_timestamp"),
  };
}
