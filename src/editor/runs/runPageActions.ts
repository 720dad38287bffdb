import type { RunPricer } from "../../core/cost/priceRun";
import type { RunRef } from "../platform/runRef";
import type { CommitDiff } from "./commitDiff";

/** What a run page needs from the rest of the editor. */
export interface RunPageActions {
  /** Selects the run in the tree. */
  reveal(ref: RunRef): Promise<void>;
  /** A link that opens the run in this editor. */
  linkTo(ref: RunRef): string;
  readonly commits: CommitDiff;
  /** Loaded when the first run is priced. */
  readonly prices: () => Promise<RunPricer>;
}
