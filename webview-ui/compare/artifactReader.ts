import type { HostCalls } from "./pageActions";
import type { ArtifactFolder } from "./lines";

/** Reads artifact folders when they are opened. What it knows belongs to one set of runs in one order. */
export class ArtifactReader {
  private known = new Map<string, ArtifactFolder>();
  private runs = "";

  constructor(
    private readonly host: () => HostCalls,
    private readonly revision: () => number,
    private readonly onRead: () => void,
  ) {}

  get folders(): ReadonlyMap<string, ArtifactFolder> {
    return this.known;
  }

  /** Forgets everything where the runs are others, or stand in another order. */
  setRuns(runs: string): void {
    if (runs !== this.runs) {
      this.runs = runs;
      this.known = new Map();
    }
  }

  /** Forgets what failed and what was read, so that it is read again. */
  forget(): void {
    this.known = new Map();
  }

  /** Reads the folders that are open and not known yet. */
  want(paths: readonly string[]): void {
    for (const path of paths) {
      if (!this.known.has(path)) {
        void this.read(path);
      }
    }
  }

  private async read(path: string): Promise<void> {
    const { known } = this;
    known.set(path, { kind: "reading" });
    try {
      known.set(path, { kind: "ready", ...(await this.host().artifacts({ revision: this.revision(), path })) });
    } catch (error) {
      known.set(path, { kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
    // Meanwhile the runs may have become others.
    if (known === this.known) {
      this.onRead();
    }
  }
}
