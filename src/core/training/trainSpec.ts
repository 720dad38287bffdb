/** Where a training runs, as `train.engine` names it. */
export type EngineId = "local" | "dvc" | "ray" | "airflow" | "github_actions";

export type ParamValue = string | number | boolean;

/** What an mlops.yaml says of training, with paths made absolute and defaults filled in. Plain data. */
export interface TrainSpec {
  /** As the file calls it. */
  readonly product: string;
  /** The product's file, relative to the workspace, with forward slashes. */
  readonly config: string;
  /** Absolute paths: the workspace, and the folder of the product's file, in which commands run. */
  readonly root: string;
  readonly folder: string;
  readonly engine: EngineId;
  /** As written, with `{name}` where a parameter goes; empty where the engine knows the command itself. */
  readonly command: readonly string[];
  /** Whether the first item is a line for a shell; only where the file says so. */
  readonly shell: boolean;
  /** The pipeline's file, relative to the workspace; null where none is named. */
  readonly pipeline: string | null;
  /** Values that the file itself gives. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** File that holds further parameters, relative to the workspace. */
  readonly paramsFile: string | null;
  /** As `tracking` has it, `uri` still relative to `folder`; null for the store that the folder holds. */
  readonly tracking: { readonly uri: string | null; readonly experiment: string | null };
  /** `train.python`: a program's name, or an absolute path; null or absent where the engine chooses. */
  readonly python?: string | null;
  readonly resources: {
    readonly cpus: number | null;
    readonly gpus: number | null;
    readonly memory: string | null;
    readonly instance: string | null;
    readonly timeoutMs: number | null;
  };
  readonly ray: { readonly address: string; readonly workingDir: string | null } | null;
  readonly airflow: { readonly url: string; readonly dag: string } | null;
  readonly githubActions: { readonly workflow: string; readonly ref: string | null } | null;
}
