/** What the page of a deployment and its host tell each other. Times are milliseconds since 1970. No number is NaN or infinite. */

export type DeployResult = "pass" | "warn" | "block" | "could_not_judge";

export interface DeployEvidence {
  /** As it is shown. */
  readonly text: string;
  /** In the workspace, to be opened; null where it is no file. */
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
}

/** Something that was looked at, shown as icon and word, never by colour alone. */
export interface DeployCheckView {
  readonly result: DeployResult;
  readonly title: string;
  readonly message: string;
  readonly remedy: string | null;
  readonly evidence: readonly DeployEvidence[];
}

export interface DeployFact {
  readonly label: string;
  readonly value: string;
}

export interface DeployDifference {
  readonly group: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** "better" or "worse" in words; empty where nobody can say. */
  readonly verdict: "better" | "worse" | "";
}

/** What a person chooses; null is not chosen yet. */
export interface DeployForm {
  readonly target: string | null;
  readonly version: string | null;
  /** In the person's words; kept in the log. */
  readonly reason: string | null;
}

export interface DeployChoice {
  readonly value: string;
  readonly label: string;
}

export interface DeployChoices {
  readonly targets: readonly DeployChoice[];
  readonly versions: readonly DeployChoice[];
  /** Why there is nothing to choose, a sentence each. */
  readonly problems: readonly string[];
}

export interface DeployStepView {
  readonly id: string;
  readonly text: string;
  readonly risk: string | null;
  /** The exact request or command; empty where this program does it itself. */
  readonly action: string;
}

/** A whole plan, ready to be drawn. */
export interface DeployPlanView {
  /** What a start names, so that nothing else than what is shown is done. */
  readonly hash: string;
  readonly intent: "deploy" | "rollback";
  readonly model: string;
  readonly version: string;
  readonly previous: string | null;
  readonly target: string;
  readonly facts: readonly DeployFact[];
  /** Why nothing can be started; empty where it can. */
  readonly blocked: readonly string[];
  readonly gate: {
    readonly result: DeployResult;
    readonly verdict: string;
    /** An emergency exception that lets it through, in words; null without one. */
    readonly exception: string | null;
    readonly checks: readonly DeployCheckView[];
    /** Lets it through although it is not passed. */
    readonly onlyWarns: boolean;
  };
  readonly checks: readonly DeployCheckView[];
  readonly differences: readonly DeployDifference[];
  readonly steps: readonly DeployStepView[];
  readonly wayBack: readonly DeployStepView[];
  /** What is asked of the model afterwards; null where it has no input example, or the target serves nothing. */
  readonly scoring: string | null;
  /** What has to be typed to confirm; null where a button is enough. */
  readonly confirmBy: string | null;
  readonly expiresAt: number;
}

export type DeployState = "running" | "succeeded" | "failed" | "rolled_back" | "interrupted" | "cancelled";

export interface DeploymentStepView {
  readonly id: string;
  readonly text: string;
  readonly state: "pending" | "running" | "done" | "failed" | "skipped";
  readonly label: string;
  readonly message: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** A deployment that was started. */
export interface DeploymentView {
  readonly id: string;
  readonly state: DeployState;
  readonly label: string;
  readonly message: string | null;
  readonly steps: readonly DeploymentStepView[];
  readonly facts: readonly DeployFact[];
  readonly health: { readonly result: DeployResult; readonly message: string } | null;
  readonly scoring: { readonly ok: boolean; readonly message: string; readonly answer: string | null } | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly canRollBack: boolean;
  /** It was left half done, and may be finished or taken back. */
  readonly isInterrupted: boolean;
}

export interface DeployView {
  /** Counts up with every form that is planned; answers to an older one are dropped. */
  readonly revision: number;
  readonly product: string;
  readonly intent: "deploy" | "rollback";
  /** What is being looked at; null where nothing is under way. */
  readonly step: string | null;
  readonly isRunning: boolean;
  readonly failure: { readonly message: string; readonly remedy: string | null } | null;
  readonly notice: string | null;
  readonly choices: DeployChoices | null;
  readonly plan: DeployPlanView | null;
  readonly deployment: DeploymentView | null;
  /** Last lines of the deployment's log. */
  readonly log: string;
}

export interface DeployHost {
  connect(params: Record<string, never>): {
    readonly texts: Readonly<Record<string, string>>;
    readonly target: unknown;
    readonly view: DeployView;
  };
  setForm(params: { readonly form: DeployForm }): void;
  replan(params: Record<string, never>): void;
  /** Ends planning; what was shown stays. */
  cancelPlanning(params: Record<string, never>): void;
  /** @param confirmation what the person typed; empty where nothing has to be typed. */
  start(params: { readonly hash: string; readonly confirmation: string }): void;
  /** Ends a deployment after the step that goes on; what was done goes back. */
  cancel(params: Record<string, never>): void;
  rollBack(params: Record<string, never>): void;
  /** Plans the same deployment anew. */
  again(params: Record<string, never>): void;
  openEvidence(params: { readonly file: string; readonly line: number | null }): void;
  openConfig(params: Record<string, never>): void;
  /** Prepares a draft of a sign-off for whoever has to decide. */
  requestSignOff(params: Record<string, never>): void;
  openCompliance(params: Record<string, never>): void;
  exportPlan(params: { readonly hash: string; readonly to: "file" | "clipboard" }): void;
}

export interface DeployPage {
  view(view: DeployView): void;
  target(params: { readonly target: unknown }): void;
}
