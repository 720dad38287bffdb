import type { CancelSignal } from "../base/cancel";
import type { ChainReading } from "../governance/hashChain";
import type { DeployPlan } from "./deployPlan";
import type { Deployment, DeploymentEntry } from "./deployment";

export type DeploymentRef = Pick<Deployment, "id" | "config">;

/** The right to change one target, held for a whole deployment by one process. */
export interface TargetHold {
  /** Gives the target back. Never fails: a hold that could not be given back counts for nothing once its process is gone. */
  release(): Promise<void>;
}

/** Keeps deployments beside each product's file, each file written whole or not at all, and knows who is at work on which target. */
export interface DeploymentJournal {
  /**
   * Takes a target. A hold of a process that is gone is taken over. @returns the id of the deployment that has it, where another does.
   * @param id of the deployment that is to be carried out.
   */
  hold(
    place: { readonly config: string; readonly target: string },
    id: string,
    signal: CancelSignal,
  ): Promise<{ readonly kind: "held"; readonly hold: TargetHold } | { readonly kind: "taken"; readonly by: string }>;
  /** Id of the deployment that a living process carries out on a target; null where there is none. */
  holder(place: { readonly config: string; readonly target: string }, signal: CancelSignal): Promise<string | null>;
  /** Writes plan and deployment. @returns false where there is a deployment of that id already: a plan is carried out once. */
  begin(plan: DeployPlan, deployment: Deployment, signal: CancelSignal): Promise<boolean>;
  /** In place of what is there. Only who holds the target does so. */
  write(deployment: Deployment): Promise<void>;
  /** Adds lines to the deployment's log. */
  note(ref: DeploymentRef, lines: string): Promise<void>;
  /** @throws AppError for a file that is damaged. */
  read(ref: DeploymentRef, signal: CancelSignal): Promise<Deployment | null>;
  plan(ref: DeploymentRef, signal: CancelSignal): Promise<DeployPlan | null>;
  /** The last lines of a deployment's log; "" where there is none. */
  log(ref: DeploymentRef, signal: CancelSignal): Promise<string>;
  /** Those of a product whose end is not written, whether or not anybody is still at work. Damaged files are passed over. */
  unfinished(config: string, signal: CancelSignal): Promise<readonly Deployment[]>;
  /** The hash-chained log of what ended how. */
  history(config: string, signal: CancelSignal): Promise<ChainReading<DeploymentEntry>>;
  /** @throws AppError where the log does not verify, or cannot be written. */
  append(config: string, entry: DeploymentEntry, signal: CancelSignal): Promise<void>;
}
