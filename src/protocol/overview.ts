/** What the overview of all products and its host tell each other. Times are milliseconds since 1970, days YYYY-MM-DD. */

export type OverviewChallenge = "effort" | "cost" | "knowledge" | "responsibility" | "compliance";
/** `unknown` is never a guess: its reason says what is missing. */
export type OverviewLight = "good" | "attention" | "trouble" | "unknown";
export type OverviewStage = "design" | "build" | "run" | "retired" | "unknown";
export type OverviewStatus = "ok" | "warn" | "fail" | "unjudged";

export interface OverviewState {
  readonly challenge: OverviewChallenge;
  readonly light: OverviewLight;
  /** One sentence. */
  readonly reason: string;
  /** What a click does; null where nothing has to be done. */
  readonly action: string | null;
}

/** Money of runs; those without a known price are counted, never taken as free. */
export interface OverviewSum {
  readonly amount: number;
  /** As the policy writes it; null where it names none. */
  readonly currency: string | null;
  readonly runs: number;
  readonly hours: number;
  readonly unpricedRuns: number;
  readonly unpricedHours: number;
  /** Of the runs, those that were deleted since, and their part of hours and amount. */
  readonly deletedRuns: number;
  readonly deletedHours: number;
  readonly deletedAmount: number;
}

export interface OverviewMonth extends OverviewSum {
  /** YYYY-MM. */
  readonly month: string;
  readonly budget: number | null;
  readonly forecast: number | null;
}

export interface OverviewWait {
  readonly what: string;
  readonly who: readonly string[];
  readonly due: string | null;
  readonly action: string;
  /** Whether git knows whoever works here by one of these addresses. */
  readonly isMine: boolean;
}

export interface OverviewEffort {
  readonly manual: number;
  readonly automated: number;
  /** Actions of which nobody can tell who did them; in neither of the two. */
  readonly untold: number;
  readonly hours: number;
  readonly minutesPerAction: number;
  readonly before: { readonly manual: number; readonly automated: number; readonly hours: number };
  readonly busFactor: number | null;
}

export interface OverviewVersion {
  readonly version: string;
  /** Since when it is there; null where nobody keeps that. */
  readonly since: number | null;
  /** When it was registered; null where the registry does not tell. */
  readonly made: number | null;
  /** "target production", "alias champion", … */
  readonly place: string;
}

/** A tool or its version. */
export interface OverviewTool {
  /** "Python", "Registry", … */
  readonly kind: string;
  readonly value: string;
}

/** A product's file, or a registered model that no file owns. */
export interface OverviewRow {
  /** What the page asks for it by. */
  readonly id: string;
  readonly name: string;
  /** As people read it, with the folder where several are open; null for a model that no file owns. */
  readonly config: string | null;
  readonly team: string | null;
  readonly stage: OverviewStage;
  readonly owner: string | null;
  readonly version: OverviewVersion | null;
  readonly challenges: readonly OverviewState[];
  readonly kpi: { readonly name: string; readonly values: readonly number[]; readonly status: OverviewStatus } | null;
  readonly drift: { readonly status: OverviewStatus; readonly checkedAt: number } | null;
  readonly openApprovals: number;
  /** Whether reviews on GitHub were asked for, and are in `openApprovals`; null where none can wait for it. */
  readonly areReviewsKnown: boolean | null;
  readonly cost: OverviewMonth | null;
  readonly nextDuty: { readonly date: string; readonly what: string } | null;
  readonly waits: readonly OverviewWait[];
  readonly effort: OverviewEffort | null;
  readonly tools: readonly OverviewTool[];
  /** What happened lately, the newest first. */
  readonly events: readonly { readonly at: number; readonly text: string }[];
}

export const OVERVIEW_COST_SIDES = ["product", "model", "experiment", "person"] as const;
export type OverviewCostSide = (typeof OVERVIEW_COST_SIDES)[number];

export interface OverviewCostGroup {
  /** Null for what belongs nowhere, e.g. runs of no product. */
  readonly key: string | null;
  readonly label: string;
  /** Over all months. */
  readonly total: OverviewSum;
  /** The newest first; months without a run are absent. */
  readonly months: readonly OverviewMonth[];
}

export interface OverviewRun {
  readonly storeId: string;
  readonly runId: string;
  readonly name: string;
}

/** How a run used its GPUs. Hours are those of a GPU: two GPUs for an hour are two. */
export interface OverviewIdleRun extends OverviewRun {
  readonly hours: number;
  readonly idleHours: number;
  /** Of the idle hours, those in which memory was held. */
  readonly parkedHours: number;
  /** Of the hours, 0 to 1. */
  readonly share: number;
  /** Null where nobody knows the price. */
  readonly amount: number | null;
}

export interface OverviewWaste {
  readonly kind: "redundant" | "long_failure" | "no_result" | "dead";
  readonly reason: string;
  readonly remedy: string;
  /** For `redundant` the first is no waste. */
  readonly runs: readonly OverviewRun[];
  /** Runs that are counted and not listed. */
  readonly moreRuns: number;
  readonly waste: OverviewSum;
}

/** What all runs of a folder's stores cost, and what of it nobody needed. */
export interface OverviewCosts {
  /** Name of the folder of the workspace; null where only one is open. */
  readonly folder: string | null;
  readonly currency: string | null;
  /** In which months begin. */
  readonly timeZone: string;
  readonly all: OverviewCostGroup;
  /** The dearest first. */
  readonly by: Readonly<Record<OverviewCostSide, readonly OverviewCostGroup[]>>;
  /** Groups that are counted and not listed. */
  readonly more: Readonly<Record<OverviewCostSide, number>>;
  readonly waste: {
    readonly groups: readonly OverviewWaste[];
    readonly moreGroups: number;
    readonly total: OverviewSum;
    readonly cannotTell: readonly { readonly why: string; readonly runs: number }[];
  };
  readonly idle: {
    readonly runs: readonly OverviewIdleRun[];
    readonly moreRuns: number;
    readonly hours: number;
    readonly idleHours: number;
    readonly parkedHours: number;
    /** Null where nothing was measured. */
    readonly share: number | null;
    readonly amount: number;
    /** Idle hours of which nobody knows the price. */
    readonly unpricedHours: number;
    readonly measuredRuns: number;
    /** Runs that logged nothing of a GPU. That is never idle. */
    readonly unmeasuredRuns: number;
    /** GPUs that logged memory only; their use is not known, which is never idle. */
    readonly unknownGpus: number;
  };
  /** What is not known and why, a sentence each. */
  readonly problems: readonly string[];
}

export interface OverviewStackLine {
  readonly kind: string;
  readonly majority: string | null;
  readonly odd: readonly { readonly product: string; readonly value: string }[];
}

export interface OverviewPageData {
  /** Only the products' files were read so far: all else of their rows is not known yet, and there may be more rows. */
  readonly isPartial: boolean;
  readonly at: number;
  readonly rows: readonly OverviewRow[];
  readonly stack: readonly OverviewStackLine[];
  /** One for each folder whose stores could be read; null while they are being worked out for the first time, or where that failed. */
  readonly costs: readonly OverviewCosts[] | null;
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
}

export interface OverviewProgress {
  readonly done: number;
  /** 0 while nobody knows. */
  readonly total: number;
}

/** What goes on; told apart from what is shown, which is large. */
export interface OverviewWork {
  /** Null where nothing is being gathered. */
  readonly progress: OverviewProgress | null;
  readonly isWorkingOutCosts: boolean;
  readonly wasCancelled: boolean;
  readonly failure: { readonly message: string; readonly remedy: string | null } | null;
}

export interface OverviewView {
  readonly work: OverviewWork;
  /** What was gathered last; null before the first time. */
  readonly page: OverviewPageData | null;
}

/** Which of a product's actions is meant; the host knows what it is. */
export type OverviewPlace =
  { readonly kind: "challenge"; readonly challenge: OverviewChallenge } | { readonly kind: "wait"; readonly index: number };

export interface OverviewHost {
  connect(params: Record<string, never>): {
    readonly texts: Readonly<Record<string, string>>;
    readonly target: unknown;
    readonly view: OverviewView;
  };
  refresh(params: Record<string, never>): void;
  cancel(params: Record<string, never>): void;
  act(params: { readonly row: string; readonly place: OverviewPlace }): void;
  openFile(params: { readonly row: string }): void;
  openRun(params: { readonly storeId: string; readonly runId: string }): void;
  newModel(params: Record<string, never>): void;
  openPolicy(params: Record<string, never>): void;
  copyText(params: { readonly text: string }): void;
}

export interface OverviewPage {
  view(view: OverviewView): void;
  work(work: OverviewWork): void;
}
