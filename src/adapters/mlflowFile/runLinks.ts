import { join } from "node:path";

import type { ModelOutput } from "../../core/tracking/run";
import { listFolderNames, stampOf } from "./files";
import { textField, textMapField } from "./metaFields";
import { MetaFile } from "./metaFile";
import { isTooFresh, type Pass } from "./pass";

/** A run's use of a dataset: the dataset itself is kept once for the experiment. */
export interface DatasetLink {
  readonly datasetId: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** What a run read and wrote: its folders `inputs` and `outputs`, of which most runs have none. */
export class RunLinks {
  revision = 0;
  private stamps: { readonly inputs: number; readonly outputs: number; readonly readAt: number } | undefined;
  private inputLinks: readonly DatasetLink[] | undefined;
  private outputLinks: readonly ModelOutput[] | undefined;
  private seen: Pass | undefined;

  constructor(private readonly runPath: string) {}

  /** Unless nobody has read the links yet: then nobody shows what may have changed. */
  lookIfRead(pass: Pass): void {
    if (this.stamps !== undefined) {
      this.look(pass);
    }
  }

  private look(pass: Pass): void {
    if (this.seen === pass) {
      return;
    }
    this.seen = pass;
    const inputs = stampOf(join(this.runPath, "inputs")).mtime;
    const outputs = stampOf(join(this.runPath, "outputs")).mtime;
    const before = this.stamps;
    const isSame = before?.inputs === inputs && before.outputs === outputs;
    if (isSame && !isTooFresh(Math.max(inputs, outputs), before.readAt)) {
      return;
    }
    this.revision += isSame || before === undefined ? 0 : 1;
    this.stamps = { inputs, outputs, readAt: pass.startedAt };
    this.inputLinks = inputs === 0 ? [] : undefined;
    this.outputLinks = outputs === 0 ? [] : undefined;
  }

  inputs(pass: Pass): readonly DatasetLink[] {
    this.look(pass);
    this.inputLinks ??= this.read("inputs", pass, (meta) => {
      // The link of a model that a run used has the same form; it is no dataset.
      const isDataset = textField(meta, "source_type") !== "MODEL";
      return isDataset ? { datasetId: textField(meta, "source_id"), tags: textMapField(meta, "tags") } : null;
    });
    return this.inputLinks;
  }

  outputs(pass: Pass): readonly ModelOutput[] {
    this.look(pass);
    this.outputLinks ??= this.read("outputs", pass, (meta) => {
      // Both ids name the model: MLflow repeats it where the run's id should be.
      const modelId = textField(meta, "destination_id") || textField(meta, "source_id");
      return { modelId, step: Number(textField(meta, "step")) || 0 };
    }).toSorted((a, b) => a.step - b.step || (a.modelId < b.modelId ? -1 : 1));
    return this.outputLinks;
  }

  /** A link that cannot be read is left out: it must not lose the run. */
  private read<T>(folder: string, pass: Pass, convert: ConstructorParameters<typeof MetaFile<T | null>>[1]): readonly T[] {
    const path = join(this.runPath, folder);
    return listFolderNames(path)
      .map((name) => new MetaFile(join(path, name, "meta.yaml"), convert).read(pass))
      .filter((link): link is NonNullable<typeof link> => link !== undefined && link !== null);
  }
}
