import type { JudgedSignOffs } from "../governance/signOffStanding";

/** Something that had to be looked up. Unknown is never wrong: a rule then says why it could not check. */
export type Fact<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

export interface PathFact {
  readonly kind: "file" | "folder" | "missing" | "outside";
  /** Hex; null for a folder, a missing file, and a file too large to read on the way. */
  readonly sha256: string | null;
  /** Bytes of a data file; null for all else. */
  readonly size: number | null;
}

/** Someone who may own a product, from CODEOWNERS and git; most active first. `.mailmap` is applied. */
export interface OwnerCandidate {
  readonly email: string | null;
  /** A CODEOWNERS name such as "@org/team", where there is no e-mail. */
  readonly handle: string | null;
  readonly name: string | null;
  readonly source: "codeowners" | "git";
  readonly commits: number;
  /** YYYY-MM-DD, or null. */
  readonly lastCommit: string | null;
}

export interface DetectedPipeline {
  /** Relative to the product's folder, with forward slashes. */
  readonly path: string;
  readonly tool: string;
  /** Cron or words, where the file holds one. */
  readonly schedule: string | null;
  readonly python: string | null;
  readonly timeout: string | null;
  /** What it runs and by which name others call it; left out where nobody looked. */
  readonly runs?: PipelineRuns;
}

/** What a pipeline's file says of its training beside the times. */
export interface PipelineRuns {
  /** Names of DAGs, stages or jobs. */
  readonly names: readonly string[];
  readonly image: string | null;
  /** The commands that train, as written. */
  readonly commands: readonly string[];
  /** Files that name the packages, from the product's folder. */
  readonly environments: readonly string[];
  /** Where a job of Ray has its code from, as written. */
  readonly workingDir: string | null;
  /** Lines, from 0, of what is said in words of the file itself. */
  readonly lines: Readonly<Partial<Record<"schedule" | "image" | "command" | "workingDir", number>>>;
}

/** Something that trains a model through this product's `mlops retrain`: a workflow, a DAG or a line of a crontab. */
export interface AutomationFact {
  /** From the product's folder. */
  readonly path: string;
  /** Whether it names this file, another one that is there, or one that is gone. */
  readonly config: "this" | "other" | "gone";
  /** The product's file as the command names it. */
  readonly names: string;
  readonly schedule: string | null;
  /** As `30m` or `2h`. */
  readonly timeout: string | null;
  readonly image: string | null;
  /** Files that name the packages, from the product's folder. */
  readonly environments: readonly string[];
  /** Line of the command, from 0. */
  readonly line: number;
}

export interface RegisteredVersionFact {
  readonly version: string;
  readonly digest: string | null;
  readonly aliases: readonly string[];
  readonly createdAt: string | null;
  /** Of MLflow 2, where the version is in one: Staging, Production or Archived. */
  readonly stage?: string;
}

export interface EvaluationFact {
  readonly modelVersion: string | null;
  readonly commit: string | null;
  readonly date: string | null;
  /** Of the tracker; left out where the report names none. */
  readonly runId?: string;
  /** Of the model's files, with or without `sha256:`; left out where the report names none. */
  readonly digest?: string;
}

export interface ColumnsFact {
  readonly names: readonly string[];
}

/** What finished runs logged of their graphics processors. */
export interface GpuUseFact {
  /** Runs that say it. */
  readonly runs: number;
  /** As many as the run that kept most of them busy needed; 0 where none was at work. */
  readonly needed: number;
  /** Of the time that was measured over all processors and runs, 0 to 1. */
  readonly idleShare: number;
}

/** All that rules may know beyond the file. Paths are as written in the file; each was looked up before, none is read by a rule. */
export interface LintFacts {
  path(path: string): Fact<PathFact>;
  columns(path: string): Fact<ColumnsFact>;
  /** Whether DVC tracks the file (a `.dvc` file beside it, or an output in dvc.lock). */
  dvcTracked(path: string): Fact<boolean>;
  readonly owners: Fact<readonly OwnerCandidate[]>;
  /** Date of an address's last commit in the repository (YYYY-MM-DD), null for none at all. */
  lastCommitOf(email: string): Fact<string | null>;
  /** Who changed the pipeline's files in the last 180 days, e-mails without repeats. */
  readonly pipelineAuthors: Fact<readonly string[]>;
  /** Author of the newest change to the config. */
  readonly configAuthor: Fact<string | null>;
  /** Date of the newest commit to the pipeline's files (YYYY-MM-DD). */
  readonly lastTrainingChange: Fact<string | null>;
  readonly pipelines: Fact<readonly DetectedPipeline[]>;
  /** What trains this product, or one that is gone, through `mlops retrain`. */
  readonly automations: Fact<readonly AutomationFact[]>;
  readonly lockFiles: Fact<readonly string[]>;
  readonly registryVersions: Fact<readonly RegisteredVersionFact[]>;
  readonly evaluation: Fact<EvaluationFact | null>;
  /** Judged as the gate judges them. */
  readonly signOffs: Fact<JudgedSignOffs>;
  /** Targets by KPI name in the last approved version of the file; null when none was approved. */
  readonly approvedTargets: Fact<Readonly<Record<string, string>> | null>;
  /** Runs of the product's experiment in the last 90 days that a person started; null where runs cannot tell. */
  readonly manualRetrainings: Fact<number | null>;
  /** How the product's newest finished runs used their graphics processors; null where it asks for none, or no run measured it. */
  readonly gpuUse: Fact<GpuUseFact | null>;
}
