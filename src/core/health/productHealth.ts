import type { MonthCost } from "../cost/costSummary";

/** The five reasons for which models fail to reach production, or cost more each month. */
export type Challenge = "effort" | "cost" | "knowledge" | "responsibility" | "compliance";

/** `unknown` says what is missing; it is never a guess. */
export type Light = "good" | "attention" | "trouble" | "unknown";

/** What to do next; the editor makes a command of it, the command line a sentence. */
export interface NextAction {
  readonly kind:
    | "open_finding"
    | "check_now"
    | "show_drift"
    | "retrain"
    | "automate"
    | "request_sign_off"
    | "sign"
    | "assign_owner"
    | "deploy"
    | "roll_back"
    | "set_prices"
    | "describe_model"
    | "open_runs"
    | "review";
  readonly label: string;
  /** The product's file; null for a model that no file owns. */
  readonly config: string | null;
  /** Rule, subject, target, run … as the kind needs it. */
  readonly detail: string | null;
  /** From 1, where the action is a place in the file. */
  readonly line: number | null;
}

export interface ChallengeState {
  readonly challenge: Challenge;
  readonly light: Light;
  /** One sentence with the figures. */
  readonly reason: string;
  /** Null where nothing has to be done. */
  readonly action: NextAction | null;
}

/** Something that waits for somebody. */
export interface WaitItem {
  readonly what: string;
  /** E-mail addresses of those who can do it; empty where nobody is named. */
  readonly who: readonly string[];
  /** YYYY-MM-DD; null without a day. */
  readonly due: string | null;
  readonly action: NextAction;
}

/** One row of the overview: a product's file, or a registered model that no file owns. */
export interface ProductHealth {
  readonly name: string;
  /** Relative to the workspace; null for a model that no file owns. */
  readonly config: string | null;
  readonly storeId: string | null;
  /** As its registry calls it; null where the file names no model. */
  readonly model: string | null;
  readonly team: string | null;
  readonly stage: ProductStage;
  readonly owner: string | null;
  /** The version at work; null for none, and where nobody can tell. */
  readonly version: VersionAtWork | null;
  /** In the order of the challenges. */
  readonly challenges: readonly ChallengeState[];
  /** The first KPI with its values over time, oldest first; null where there is none. */
  readonly kpi: { readonly name: string; readonly values: readonly number[]; readonly status: "ok" | "warn" | "fail" | "unjudged" } | null;
  readonly drift: { readonly status: "ok" | "warn" | "fail" | "unjudged"; readonly checkedAt: number } | null;
  readonly openApprovals: number;
  /** Names of its targets. */
  readonly targets: readonly string[];
  readonly cost: MonthCost | null;
  readonly nextDuty: { readonly date: string; readonly what: string } | null;
  readonly waits: readonly WaitItem[];
  /** How the product was trained, deployed and checked: by hand and by automation in the last 30 days and the 30 before; null where nothing tells. */
  readonly effort: EffortSum | null;
  /** Tools that the product uses, for comparing products; empty for a model that no file owns. */
  readonly tools: readonly ToolUse[];
  /** What happened in the last 35 days, the newest first. */
  readonly events: readonly ProductEvent[];
}

/** Something that happened to a product. */
export interface ProductEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: "trained" | "training_failed" | "deployed" | "deployment_failed" | "check_changed" | "decided";
  /** One sentence without a full stop, e.g. "version 14 was deployed to production by Ana Ruiz". */
  readonly text: string;
}

/** `design`: no run yet. `build`: runs, nothing deployed. `run`: deployed or an alias is at work. `unknown`: its store cannot be read, and nothing else tells. */
export type ProductStage = "design" | "build" | "run" | "retired" | "unknown";

export interface VersionAtWork {
  readonly version: string;
  /** Since when it is there, milliseconds since 1970; null where no deployment tells: a registry does not keep when an alias was moved. */
  readonly since: number | null;
  /** "target production", "alias champion", … */
  readonly place: string;
  /** When the version was registered, milliseconds since 1970; null where the registry does not tell. */
  readonly made: number | null;
}

/** A tool or its version that a product uses. */
export interface ToolUse {
  /** "Pipeline", "Python", … as a column's head. */
  readonly kind: string;
  readonly value: string;
  /** What the policy's `stack` wants; null where it says nothing. */
  readonly wanted: string | null;
}

export interface EffortSum {
  readonly manual: number;
  readonly automated: number;
  /** Actions of which nobody can tell whether a person or automation did them; in neither of the two. */
  readonly untold: number;
  /** Hours of a person's attention: manual actions times the policy's minutes. */
  readonly hours: number;
  readonly minutesPerAction: number;
  readonly before: { readonly manual: number; readonly automated: number; readonly hours: number };
  /** People who changed its pipeline in 180 days; null where git cannot tell. */
  readonly busFactor: number | null;
}

/** A kind of tool over all products. */
export interface StackRow {
  readonly kind: string;
  /** What the policy wants, else what most use; null where no value is used more than others. */
  readonly majority: string | null;
  readonly odd: readonly { readonly product: string; readonly value: string }[];
}

/** All products of a workspace. */
export interface Portfolio {
  readonly schema: 1;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly products: readonly ProductHealth[];
  /** Tools and versions side by side, with the odd ones out. */
  readonly stack: readonly StackRow[];
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
}
