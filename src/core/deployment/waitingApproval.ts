import type { CancelSignal } from "../base/cancel";

/** A deployment of a workflow that waits until somebody reviews it. */
export interface WaitingApproval {
  /** Of the workflow's run. */
  readonly runId: string;
  /** What the run calls itself. */
  readonly title: string;
  readonly environment: { readonly id: string; readonly name: string };
  /** `acme/churn`. */
  readonly repository: string;
  readonly branch: string | null;
  readonly commit: string | null;
  /** Who started the run; null where GitHub does not say. */
  readonly startedBy: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  /** People and teams of whom one has to review. */
  readonly reviewers: readonly string[];
  /** Why whoever is signed in cannot review it, one sentence; null where they can. */
  readonly cannot: string | null;
  /** For people, to be opened in a browser. */
  readonly webUrl: string;
}

export interface WaitingApprovals {
  readonly waiting: readonly WaitingApproval[];
  /** Why they are not known, or not all, a sentence; null where they are. */
  readonly problem: string | null;
}

export type ApprovalDecision = "approved" | "rejected";

/** Reviews of deployments as the place has them where workflows run. */
export interface ApprovalDesk {
  /** @param isAsked whether a person may be asked to sign in for it. */
  list(isAsked: boolean, signal: CancelSignal): Promise<WaitingApprovals>;
  /**
   * Gives a person's decision with the person's comment.
   * @throws AppError with a sentence: rights are missing, it is one's own run, or somebody else decided meanwhile.
   */
  decide(approval: WaitingApproval, decision: ApprovalDecision, comment: string, signal: CancelSignal): Promise<void>;
}
