import type { CancelSignal } from "../base/cancel";
import type { Source } from "../base/lazyOnes";
import type { JobState } from "./jobState";
import type { ParamField } from "./paramField";
import type { PipelineStatus } from "./pipelineStatus";
import type { EngineId, ParamValue, TrainSpec } from "./trainSpec";

/** What would be done, exactly as it would be done; free of secrets, so that it can be shown and kept. */
export type EngineAction =
  | {
      readonly kind: "command";
      /** Program and arguments; each goes to the program unchanged. For `shell` it is one line. */
      readonly argv: readonly string[];
      readonly shell: boolean;
      /** Absolute. */
      readonly cwd: string;
      /** Added to the environment of this process. */
      readonly env: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "request";
      readonly method: "POST";
      readonly url: string;
      /** JSON. */
      readonly body: Readonly<Record<string, unknown>>;
    };

/** What an engine knows before anything is started. Reading only. */
export interface EngineFacts {
  readonly health: {
    readonly ok: boolean;
    /** One sentence: version and place, or what is wrong and what to do. */ readonly message: string;
  };
  /** Parameters that the engine's own files or server declare (workflow inputs, params of a DAG or an MLproject); empty where it declares none. */
  readonly fields: readonly ParamField[];
  /** Sentences that a person should see before confirming, e.g. that the DAG is paused. */
  readonly warnings: readonly string[];
  /** Questions that must be answered with yes before this can start, e.g. to unpause a DAG. */
  readonly consents: readonly { readonly id: string; readonly question: string }[];
  /** Sentences that forbid a start. */
  readonly blockers: readonly string[];
  /** Address of the server that accepted no login that it was given; absent where none is wanted. */
  readonly loginAt?: string;
  /** The Python that would run it, where the engine chooses one. */
  readonly python: { readonly path: string; readonly version: string | null; readonly from: string } | null;
  /** What the pipeline's own tool says of changes, with parameters as its files have them; absent where the engine has no such tool. */
  readonly pipeline?: PipelineStatus;
  /** What the engine found out about the place it would start in, for its own `action` and nobody else; plain and without secrets. */
  readonly target?: Readonly<Record<string, string>>;
}

/** What one start needs; made once, shown, hashed, and only then carried out. */
export interface JobDraft {
  /** Letters, digits, `-` and `_`, at most 100; a valid id of a Ray submission and of a DAG run. */
  readonly jobId: string;
  readonly spec: TrainSpec;
  /** All parameters with the values that are sent. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Only those that a person or the config sets beside what the pipeline's own files say. */
  readonly overrides: Readonly<Record<string, ParamValue>>;
  /** Names of parameters whose values are lists, written as JSON; absent for none. */
  readonly lists?: readonly string[];
  /** Tags for every run that the training makes: `mlops.job`, `mlops.fingerprint`, `mlops.reason`, … */
  readonly tags: Readonly<Record<string, string>>;
  readonly consents: readonly string[];
}

/** How a started job is found again, from any window, for ever. Plain JSON without secrets. */
export interface JobHandle {
  readonly engine: EngineId;
  readonly jobId: string;
  /** The engine's own name for it: a folder, a submission id, a DAG run, a run of a workflow. */
  readonly externalId: string;
  /** The server, DAG or repository; null for this machine. */
  readonly place: string | null;
  /** For people, to be opened in a browser. */
  readonly webUrl: string | null;
}

export interface JobStatus {
  readonly state: JobState;
  /** One sentence for people; what went wrong, or what it waits for. */
  readonly message: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly exitCode: number | null;
  /** From 0 to 1, where the engine can tell. */
  readonly progress: number | null;
  /** Tasks, stages or jobs of a larger pipeline, in their order. */
  readonly tasks: readonly { readonly name: string; readonly state: JobState }[];
}

export interface LogChunk {
  readonly text: string;
  /** Handed to the next call; opaque. */
  readonly cursor: string;
  /** True where nothing more will come. */
  readonly isComplete: boolean;
}

/** Secrets for one call; never kept, shown or logged. */
export interface EngineSecrets {
  /** Added to the environment of a process that is started (logins of trackers). */
  readonly env: Readonly<Record<string, string>>;
  readonly token: string | null;
  readonly login: { readonly username: string; readonly password: string } | null;
}

/**
 * What trains. Every call ends with the signal's reason when aborted and throws AppErrors with a sentence; no call but `submit` and `cancel`
 * changes anything. One contract suite holds all engines to this.
 */
export interface TrainingEngine {
  readonly id: EngineId;
  inspect(spec: TrainSpec, signal: CancelSignal): Promise<EngineFacts>;
  /** Pure: the same draft gives the same action. @throws AppError `usage` for what cannot be sent. */
  action(draft: JobDraft, facts: EngineFacts): EngineAction;
  /** Carries out exactly this action. Called twice for the same job id it starts nothing twice and answers the same handle. */
  submit(draft: JobDraft, action: EngineAction, signal: CancelSignal): Promise<JobHandle>;
  /** Whether a job of this id was started; null where it was not. For whoever crashed between asking and hearing. */
  find(draft: Pick<JobDraft, "jobId" | "spec">, signal: CancelSignal): Promise<JobHandle | null>;
  status(handle: JobHandle, signal: CancelSignal): Promise<JobStatus>;
  /** @param cursor of the previous chunk; null from the beginning. A chunk has at most a megabyte. */
  log(handle: JobHandle, cursor: string | null, signal: CancelSignal): Promise<LogChunk>;
  /** Asks the engine to end the job. A job that is over stays as it is. */
  cancel(handle: JobHandle, signal: CancelSignal): Promise<void>;
}

export type EngineSource = Source<EngineId, TrainingEngine>;
