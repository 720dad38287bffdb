import { Emitter } from "../../core/base/emitter";
import type { KnownReviews } from "../../core/health/withReviews";

/** What the view of deployments has learnt of reviews on GitHub, for other parts of the extension. It asks nobody. */
export class Reviews {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private found: KnownReviews | null = null;

  /** Null where nobody has asked yet. */
  get known(): KnownReviews | null {
    return this.found;
  }

  show(found: KnownReviews): void {
    this.found = found;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
