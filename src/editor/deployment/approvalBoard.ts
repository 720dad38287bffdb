import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import { readEach } from "../../core/base/readEach";
import { Rereading, type TakeOver } from "../../core/base/rereading";
import { type KnownReview, reviewKey } from "../../core/health/withReviews";
import type { DeploymentFolder } from "./deploymentServices";

/** Deployments of workflows that wait for somebody's review, over all folders of the window. */
export class ApprovalBoard implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly work = new AbortController();
  private known: readonly KnownReview[] = [];
  private readonly reading = new Rereading(() => this.read());
  private mayAsk = false;
  /** What could not be read, a sentence each. */
  problems: readonly string[] = [];

  constructor(
    private readonly folders: () => readonly DeploymentFolder[],
    private readonly isTrusted: () => boolean,
    private readonly logError: (error: unknown) => void,
  ) {
    this.disposables.add({ dispose: () => this.work.abort() });
  }

  get all(): readonly KnownReview[] {
    return this.known;
  }

  /** Asks where nobody has asked yet; nobody is asked to sign in for it. */
  ready(): Promise<void> {
    return this.reading.ready();
  }

  /** Asks anew; calls at once are one asking. @param isAsked whether a person may be asked to sign in. */
  refresh(isAsked: boolean): Promise<void> {
    this.mayAsk ||= isAsked;
    return this.reading.refresh();
  }

  /** What waits may be another by now: it is asked for when somebody looks next. */
  forget(): void {
    this.reading.forget();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async read(): Promise<TakeOver> {
    const isAsked = this.mayAsk;
    this.mayAsk = false;
    const found = new Map<string, KnownReview>();
    const problems = new Set<string>();
    const readFolder = async ({ root, approvals }: DeploymentFolder): Promise<void> => {
      const { waiting, problem } = await approvals.list(isAsked, this.work.signal);
      for (const approval of waiting) {
        // Two folders of one repository wait for the same.
        const key = reviewKey(approval);
        found.set(key, found.get(key) ?? { root, approval });
      }
      if (problem !== null) {
        problems.add(problem);
      }
    };
    // A folder that is not trusted has no say in what is asked for.
    const failed = await readEach(this.isTrusted() ? this.folders() : [], readFolder, this.logError);
    return () => {
      this.known = [...found.values()];
      this.problems = [...new Set([...problems, ...failed])];
      this.changed.fire();
    };
  }
}
