import { toUserText } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import type { WaitingApproval } from "../../core/deployment/waitingApproval";
import type { DeploymentFolder } from "./deploymentServices";

/** A deployment that waits for a review, with the folder of the workspace whose repository it belongs to. */
export interface BoardApproval {
  readonly root: string;
  readonly approval: WaitingApproval;
}

/** Deployments of workflows that wait for somebody's review, over all folders of the window. */
export class ApprovalBoard implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly work = new AbortController();
  private known: readonly BoardApproval[] = [];
  private reading: Promise<void> | undefined;
  /** What could not be read, a sentence each. */
  problems: readonly string[] = [];

  constructor(
    private readonly folders: () => readonly DeploymentFolder[],
    private readonly isTrusted: () => boolean,
    private readonly logError: (error: unknown) => void,
  ) {
    this.disposables.add({ dispose: () => this.work.abort() });
  }

  get all(): readonly BoardApproval[] {
    return this.known;
  }

  /** Asks anew; calls at once are one asking. @param isAsked whether a person may be asked to sign in. */
  refresh(isAsked: boolean): Promise<void> {
    this.reading ??= this.read(isAsked).finally(() => (this.reading = undefined));
    return this.reading;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async read(isAsked: boolean): Promise<void> {
    const found = new Map<string, BoardApproval>();
    const problems = new Set<string>();
    // A folder that is not trusted has no say in what is asked for.
    for (const { root, approvals } of this.isTrusted() ? this.folders() : []) {
      try {
        const { waiting, problem } = await approvals.list(isAsked, this.work.signal);
        for (const approval of waiting) {
          // Two folders of one repository wait for the same.
          const key = `${approval.repository}\n${approval.runId}\n${approval.environment.id}`;
          found.set(key, found.get(key) ?? { root, approval });
        }
        if (problem !== null) {
          problems.add(problem);
        }
      } catch (error) {
        if (isCancelled(error)) {
          throw error;
        }
        this.logError(error);
        problems.add(toUserText(error));
      }
    }
    this.known = [...found.values()];
    this.problems = [...problems];
    this.changed.fire();
  }
}
