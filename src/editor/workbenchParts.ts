import type { Disposable } from "../core/base/disposable";
import type { RunPricer } from "../core/cost/priceRun";
import type { StoreCatalog } from "../core/tracking/storeCatalog";
import type { FileReader, Shell } from "./app";
import type { ComparePanels } from "./compare/comparePanels";
import type { CredentialStore } from "./platform/credentialStore";
import type { CommitDiff } from "./runs/commitDiff";
import type { RunPagePanels } from "./runs/runPagePanels";
import type { RunsTablePanels } from "./runs/runsTablePanels";
import type { StoreDiscovery } from "./stores/storeDiscovery";

/** What the composition root makes, apart from what only needs VS Code. Panels are loaded when the first one opens. */
export interface WorkbenchParts {
  readonly shell: Shell;
  readonly catalog: StoreCatalog;
  /** What reads the stores in threads of its own, and ends with the window. */
  readonly readers: Disposable;
  readonly discovery: StoreDiscovery;
  readonly credentials: CredentialStore;
  readonly artifacts: FileReader;
  readonly runsTable: () => Promise<RunsTablePanels>;
  readonly runPage: () => Promise<RunPagePanels>;
  readonly compare: () => Promise<ComparePanels>;
  readonly commitDiff: () => Promise<CommitDiff>;
  /** Tells what single runs cost. */
  readonly prices: () => Promise<RunPricer>;
}
