import { join } from "node:path";

import { MLFLOW_TAG, type DatasetInput } from "../../core/tracking/run";
import { optionalField, textField } from "./metaFields";
import { MetaFile } from "./metaFile";
import type { Meta } from "./metaYaml";
import type { Pass } from "./pass";
import type { DatasetLink } from "./runLinks";

type Dataset = Omit<DatasetInput, "context">;

/** The datasets of an experiment, each kept once in `datasets/<id>` and linked by the runs that read it. */
export class DatasetFolders {
  private readonly datasets = new Map<string, MetaFile<Dataset>>();

  constructor(private readonly experimentPath: string) {}

  /** A link to a dataset that is gone is left out, as in MLflow. */
  toInputs(links: readonly DatasetLink[], pass: Pass): readonly DatasetInput[] {
    const inputs: DatasetInput[] = [];
    for (const { datasetId, tags } of links) {
      const dataset = this.dataset(datasetId, pass);
      if (dataset !== undefined) {
        inputs.push({ ...dataset, context: tags.get(MLFLOW_TAG.dataContext) ?? null });
      }
    }
    return inputs.sort((a, b) => compare(a.name, b.name) || compare(a.digest, b.digest) || compare(a.context ?? "", b.context ?? ""));
  }

  private dataset(id: string, pass: Pass): Dataset | undefined {
    // The id comes from a file and becomes a path: only a plain name is followed.
    if (!/^[\w-]{1,255}$/.test(id)) {
      return undefined;
    }
    let file = this.datasets.get(id);
    if (file === undefined) {
      file = new MetaFile(join(this.experimentPath, "datasets", id, "meta.yaml"), toDataset);
      this.datasets.set(id, file);
    }
    return file.read(pass);
  }
}

function toDataset(meta: Meta): Dataset {
  return {
    name: textField(meta, "name"),
    digest: textField(meta, "digest"),
    sourceType: textField(meta, "source_type"),
    source: textField(meta, "source"),
    schema: optionalField(meta, "schema"),
    profile: optionalField(meta, "profile"),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
