import type { TextEdit, TextRange } from "../../base/textEdit";

/** A fact about a pipeline as its file has it, e.g. the owner. */
export interface PipelineField {
  readonly text: string;
  /** The value, without its key. */
  readonly range: TextRange;
  /** A template or an expression: what it says is known when the tool runs, so nobody may call it missing. */
  readonly isComputed: boolean;
}

/** By name as a policy has it: "owner", "purpose", "personal_data", "cost_center". */
export type PipelineFields = ReadonlyMap<string, PipelineField>;

/** A part that may have an owner of its own: a stage of DVC, a DAG of Airflow, a job of Databricks. */
export interface PipelinePart {
  /** In the tool's words, e.g. "stage". */
  readonly what: string;
  readonly name: string;
  /** What stands for it: its key or name. */
  readonly range: TextRange;
  readonly fields: PipelineFields;
  /** Why the field may be there although it is not found, e.g. in a block that comes from a variable; null where it is surely not there. */
  unknown(field: string): string | null;
  /** Edits that write the field where the tool accepts it; null where there is no such place, or a person has to make the change. */
  write(field: string, value: string): readonly TextEdit[] | null;
}

/** What other rules want to know of a pipeline; null where the file does not say. */
export interface PipelineRunFacts {
  /** Cron or words. */
  readonly schedule: string | null;
  readonly python: string | null;
  /** As `30m` or `2h`. */
  readonly timeout: string | null;
  readonly image: string | null;
  /** The commands that train, as written. Empty where they cannot be told from others. */
  readonly commands: readonly string[];
  /** Files that name the packages, from the folder that `productFolder` names. */
  readonly environments: readonly string[];
  /** Where a job of Ray has its code from. */
  readonly workingDir: string | null;
}

export const NO_RUN_FACTS: PipelineRunFacts = {
  schedule: null,
  python: null,
  timeout: null,
  image: null,
  commands: [],
  environments: [],
  workingDir: null,
};

/** A pipeline file of another tool as it was read. */
export interface PipelineFile {
  /** From the root of the workspace, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** As `train.engine` and `stack.pipeline` call it, e.g. "dvc". */
  readonly tool: string;
  /** As people call it, e.g. "DVC". */
  readonly label: string;
  /** Why not all of the file could be read; null where all was. */
  readonly unreadable: string | null;
  /** What holds for all parts: the comment above, or a place that the format has. */
  readonly fields: PipelineFields;
  /** Empty where the file is one pipeline and the format has no place for an owner. */
  readonly parts: readonly PipelinePart[];
  /** What stands for the file as a whole. */
  readonly range: TextRange;
  readonly facts: PipelineRunFacts;
}

/** A format of pipeline files. */
export interface PipelineSource {
  readonly tool: string;
  readonly label: string;
  /** Whether a product can link such a file as its pipeline; a catalog of data is none. */
  readonly isPipeline: boolean;
  /** Whether the format has a place for an owner; where it has none, CODEOWNERS counts as one. */
  readonly hasOwnerField: boolean;
  /** Why a comment above may be lost; null where it stays. */
  readonly commentIsLost: string | null;
  /** Whether the name allows it to be such a file: cheap, to pick the files whose text is looked at. */
  matches(path: string): boolean;
  /** Whether the text is such a file, so that unrelated files of the same name are left alone. */
  detect(path: string, text: string): boolean;
  /** Never throws; every range lies in the text. */
  read(path: string, text: string): PipelineFile;
  /** Paths of files that may set fields for this one, e.g. `databricks.yml` for the files that it includes. */
  outerFiles(path: string): readonly string[];
  /** The folder where the product's file belongs, in the workspace. */
  productFolder(path: string): string;
}
