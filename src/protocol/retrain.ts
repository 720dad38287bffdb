/** What the page of a training and its host tell each other. Times are milliseconds since 1970, shares 0 to 1. No number is NaN or infinite. */

/** A sentence with its weight, which is shown as icon and word, never by colour alone. */
export interface RetrainCheck {
  readonly result: "pass" | "warn" | "block";
  readonly title: string;
  readonly message: string;
  readonly remedy: string | null;
}

/** One parameter as its control shows it. */
export interface RetrainField {
  readonly name: string;
  readonly kind: "text" | "number" | "integer" | "boolean" | "choice" | "list";
  /** As it is typed. */
  readonly value: string;
  /** What it is without a person's say; null where there is nothing. */
  readonly fallback: string | null;
  readonly options: readonly string[];
  /** Of the last training; null where it had none. */
  readonly before: string | null;
  readonly isChanged: boolean;
  readonly isRequired: boolean;
  /** What may be typed, in words. */
  readonly hint: string;
  readonly source: string;
  /** What is wrong, one sentence; null where nothing is. */
  readonly fault: string | null;
}

/** What a person chooses before a training; text as typed. */
export interface RetrainForm {
  readonly engine: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly consents: readonly string[];
  /** Why the same is trained again; null where nobody said. */
  readonly againBecause: string | null;
}

export interface RetrainRunRef {
  readonly storeId: string;
  readonly runId: string;
  readonly name: string;
}

/** A label and what stands beside it. */
export interface RetrainFact {
  readonly label: string;
  readonly value: string;
}

/** A training that made what a new one would make, or the last one before it. */
export interface RetrainPast {
  readonly run: RetrainRunRef | null;
  readonly jobId: string | null;
  readonly facts: readonly RetrainFact[];
}

export interface RetrainFinding {
  readonly result: "pass" | "fail" | "unknown";
  readonly path: string;
  readonly column: string;
  readonly message: string;
  readonly limit: string;
  readonly found: string;
  readonly rows: string;
  readonly from: string;
}

/** A whole plan, ready to be drawn. */
export interface PlanPage {
  /** What a start names, so that nothing else than what is shown is started. */
  readonly hash: string;
  readonly config: string;
  readonly jobId: string;
  readonly reason: { readonly label: string; readonly text: string };
  readonly engine: string;
  readonly engines: readonly { readonly id: string; readonly label: string }[];
  readonly fields: readonly RetrainField[];
  readonly consents: readonly { readonly id: string; readonly question: string; readonly isGiven: boolean }[];
  readonly againBecause: string;
  /** Why nothing can be started; empty where it can. */
  readonly blocked: readonly string[];
  readonly action: {
    readonly label: string;
    readonly text: string;
    /** JSON of a request; null for a command. */
    readonly body: string | null;
    readonly facts: readonly RetrainFact[];
  };
  readonly inputs: readonly {
    readonly kind: string;
    readonly name: string;
    readonly hash: string;
    readonly size: string;
    readonly from: string;
  }[];
  readonly unknownInputs: readonly string[];
  /** Null where data is not checked. */
  readonly data: {
    readonly result: "pass" | "fail" | "unknown" | "nothing_expected";
    readonly verdict: string;
    readonly findings: readonly RetrainFinding[];
    readonly passed: number;
    readonly notes: readonly string[];
  } | null;
  readonly redundancy: {
    readonly kind: "redundant" | "changed" | "first" | "cannot_tell";
    readonly text: string;
    readonly past: RetrainPast | null;
    readonly changes: readonly string[];
  };
  readonly facts: readonly RetrainFact[];
  readonly checks: readonly RetrainCheck[];
  readonly steps: readonly { readonly text: string; readonly risk: string | null }[];
  /** Address of the server that wants a login; null where none does. */
  readonly loginAt: string | null;
  readonly expiresAt: number;
}

export type RetrainJobState = "queued" | "running" | "succeeded" | "failed" | "cancelled" | "unknown" | "claimed" | "refused";

export interface RetrainKpi {
  readonly name: string;
  readonly value: string;
  readonly target: string;
  readonly status: "pass" | "warn" | "fail" | "unknown";
  readonly label: string;
  readonly champion: string;
  readonly comparison: string;
}

/** A started training. */
export interface JobPage {
  readonly id: string;
  readonly config: string;
  readonly engine: string;
  readonly state: RetrainJobState;
  readonly label: string;
  readonly message: string | null;
  readonly isOver: boolean;
  readonly canCancel: boolean;
  readonly isCancelling: boolean;
  readonly progress: number | null;
  readonly tasks: readonly { readonly name: string; readonly state: RetrainJobState; readonly label: string }[];
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly facts: readonly RetrainFact[];
  /** For what a running training costs so far. */
  readonly price: { readonly perHour: number; readonly currency: string } | null;
  readonly webUrl: string | null;
  readonly hasPlan: boolean;
  readonly outcome: {
    readonly verdict: string;
    readonly result: "pass" | "warn" | "fail" | "unknown";
    readonly runs: readonly (RetrainRunRef & { readonly status: string })[];
    readonly kpis: readonly RetrainKpi[];
    readonly facts: readonly RetrainFact[];
    readonly notes: readonly string[];
    readonly hasChampion: boolean;
  } | null;
  /** Address of the server that wants a login to be asked; null where none does. */
  readonly loginAt: string | null;
  /** Why the outcome could not be had so far, or why the job could not be looked at. */
  readonly problem: string | null;
}

export interface RetrainView {
  /** Counts up with every form that is planned; answers to an older one are dropped. */
  readonly revision: number;
  readonly product: string;
  /** What is being looked at; null where nothing is planned or started right now. */
  readonly step: string | null;
  readonly isStarting: boolean;
  readonly failure: { readonly message: string; readonly remedy: string | null } | null;
  /** What happened to the plan before, e.g. that it was too old. */
  readonly notice: string | null;
  readonly plan: PlanPage | null;
  readonly job: JobPage | null;
}

/** The end of a log: at most some hundred lines. */
export interface RetrainLog {
  readonly text: string;
  readonly isCut: boolean;
  readonly problem: string | null;
}

export interface RetrainHost {
  connect(params: Record<string, never>): {
    readonly texts: Readonly<Record<string, string>>;
    readonly target: unknown;
    readonly view: RetrainView;
    readonly log: RetrainLog;
  };
  setForm(params: { readonly form: RetrainForm }): void;
  replan(params: Record<string, never>): void;
  /** Ends planning; what was shown stays. */
  cancelPlanning(params: Record<string, never>): void;
  start(params: { readonly hash: string }): void;
  exportPlan(params: { readonly hash: string; readonly to: "file" | "clipboard" }): void;
  openRun(params: { readonly storeId: string; readonly runId: string }): void;
  openConfig(params: Record<string, never>): void;
  /** Asks for the login that the engine's server wants, and plans or looks anew with it. */
  setLogin(params: Record<string, never>): void;
  cancelJob(params: Record<string, never>): void;
  openLog(params: Record<string, never>): void;
  openPlan(params: Record<string, never>): void;
  /** Plans anew with the values of the job that is shown. */
  again(params: Record<string, never>): void;
  compare(params: { readonly with: "champion" | "previous" }): void;
  openWeb(params: Record<string, never>): void;
}

export interface RetrainPage {
  view(view: RetrainView): void;
  target(params: { readonly target: unknown }): void;
  log(log: RetrainLog): void;
}
