import type { CancelSignal } from "../base/cancel";
import type { Source } from "../base/lazyOnes";
import type { TargetSpec, TargetType } from "./targetSpec";

/** What a target knows before anything is done. Reading only. */
export interface TargetFacts {
  readonly health: {
    readonly ok: boolean;
    /** One sentence: what is there, or what is wrong and what to do. */
    readonly message: string;
  };
  /** The version that is at work there; null for none, or where the target cannot tell (then `canTell` is false). */
  readonly version: string | null;
  readonly canTell: boolean;
  /** True where nothing is there because what was released has ended, or was ended on the way to the next, and nobody took it away. */
  readonly isDown?: boolean;
  /** Milliseconds since 1970; null where the target cannot tell. */
  readonly since: number | null;
  /** A text that changes when anybody changes what is there: compared between plan, start and end, because no target offers compare-and-set. */
  readonly state: string;
  /** Sentences that a person should see before confirming. */
  readonly warnings: readonly string[];
  /** Sentences that forbid a start. */
  readonly blockers: readonly string[];
  /** For people, to be opened in a browser; without credentials. */
  readonly webUrl: string | null;
  /** What the target found out for its own `steps` and nobody else; plain JSON without secrets. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What one deployment, or one way back, needs. */
export interface DeployDraft {
  /** Letters, digits, `-` and `_`, at most 100. */
  readonly deploymentId: string;
  readonly spec: TargetSpec;
  readonly version: string;
  /** The version that is there before; null for none. */
  readonly previous: string | null;
  /** True for a way back. */
  readonly isRollback: boolean;
  /** Where the version's files are, as the registry has it (`models:/m-…`, a path, an address); null where unknown. */
  readonly source: string | null;
  /** `sha256:…`; null where nobody knows. */
  readonly digest: string | null;
}

/** One thing that is done, exactly as it is done; plain JSON without secrets, so that it can be shown and kept. */
export interface TargetStep {
  /** Unique within a deployment, such as `set-alias`. */
  readonly id: string;
  /** One sentence in plain words. */
  readonly text: string;
  /** What may go wrong or is interrupted meanwhile; null where nothing is. */
  readonly risk: string | null;
  readonly action:
    | { readonly kind: "request"; readonly method: "POST" | "PUT" | "PATCH" | "DELETE"; readonly url: string; readonly body: unknown }
    | { readonly kind: "command"; readonly argv: readonly string[]; readonly shell: boolean; readonly cwd: string }
    /** Something that this program does itself, such as ending a process of an earlier deployment. */
    | { readonly kind: "own"; readonly what: string };
}

/** Whether what is there works. */
export interface TargetHealth {
  readonly state: "healthy" | "starting" | "unhealthy" | "stopped" | "unknown";
  /** One sentence. */
  readonly message: string;
  readonly version: string | null;
  /** Requests that it has answered, where the target tells. */
  readonly requests: number | null;
  readonly replicas: { readonly running: number; readonly wanted: number } | null;
  /** Milliseconds since 1970. */
  readonly since: number | null;
}

/** One real scoring request. */
export interface ScoringResult {
  readonly ok: boolean;
  /** One sentence: what was sent where and what came back, or why it failed. */
  readonly message: string;
  /** Milliseconds. */
  readonly tookMs: number;
  /** First 2,000 characters of the answer; null where there was none. */
  readonly answer: string | null;
}

/** What is sent to a model: its own input example, in the form that MLflow's scoring server takes. */
export type ScoringInput =
  | { readonly dataframe_split: { readonly columns: readonly unknown[]; readonly data: readonly unknown[] } }
  | { readonly dataframe_records: readonly unknown[] }
  | { readonly inputs: unknown }
  | { readonly instances: unknown };

/**
 * A kind of place that models are released to. Every call ends with the signal's reason when aborted and throws AppErrors with a sentence; none but
 * `apply`, `stop` and `scale` changes anything. One contract suite holds all targets to this.
 */
export interface DeployTarget {
  readonly type: TargetType;
  inspect(spec: TargetSpec, signal: CancelSignal): Promise<TargetFacts>;
  /** Pure: the same draft and facts give the same steps, in their order; at least one. @throws AppError `usage` for what cannot be done. */
  steps(draft: DeployDraft, facts: TargetFacts): readonly TargetStep[];
  /** What takes a first release away again, for a way back to nothing; without it, `stop` does. Steps are carried out by `apply`. */
  readonly removal?: (draft: DeployDraft, facts: TargetFacts) => readonly TargetStep[];
  /** Carries out exactly this step, and comes back when it has taken effect. Done twice it leaves the same. @param log lines for the deployment's log, without secrets. */
  apply(draft: DeployDraft, step: TargetStep, log: (line: string) => void, signal: CancelSignal): Promise<void>;
  health(spec: TargetSpec, signal: CancelSignal): Promise<TargetHealth>;
  /** Null where the target serves nothing that could be asked, such as an alias. */
  score(spec: TargetSpec, input: ScoringInput, signal: CancelSignal): Promise<ScoringResult | null>;
  /** Ends what is served; null for targets that serve nothing. */
  readonly stop: ((spec: TargetSpec, signal: CancelSignal) => Promise<void>) | null;
  /** Starts what is served anew, with the same version. */
  readonly restart: ((spec: TargetSpec, signal: CancelSignal) => Promise<void>) | null;
  readonly scale: ((spec: TargetSpec, replicas: number, signal: CancelSignal) => Promise<void>) | null;
}

export type TargetSource = Source<TargetType, DeployTarget>;
