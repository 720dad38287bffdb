/** One thing that the tool of a pipeline finds changed since the pipeline last ran. */
export interface PipelineChange {
  /** As the tool names it. */
  readonly stage: string;
  /** What a stage reads, one of its parameters, its command, or what it writes itself. */
  readonly kind: "file" | "param" | "command" | "output";
  /** A path from the product's folder, or the name of a parameter; "" for a command. */
  readonly name: string;
  readonly change: "changed" | "added" | "removed";
  /** For people, e.g. `train: data.csv modified`. */
  readonly text: string;
}

/** Whether a pipeline would do anything with the files that are there, as its own tool tells. */
export type PipelineStatus =
  | { readonly kind: "up_to_date" }
  /** `hasRun`: it ran before, so that changes are those since then. */
  | { readonly kind: "changed"; readonly changes: readonly PipelineChange[]; readonly hasRun: boolean }
  /** One sentence. */
  | { readonly kind: "unknown"; readonly message: string };
