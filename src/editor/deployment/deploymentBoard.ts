import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import { readEach } from "../../core/base/readEach";
import { Rereading, type TakeOver } from "../../core/base/rereading";
import type { DeploymentHistory, TargetStatus } from "../../core/deployment/deployment";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import type { DeploymentFolder } from "./deploymentServices";

/** A target with the folder of the workspace that it belongs to. */
export interface BoardTarget {
  readonly root: string;
  readonly status: TargetStatus;
}

/** All targets of the window and what is there, as they themselves tell. */
export class DeploymentBoard implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly work = new AbortController();
  private known: readonly BoardTarget[] = [];
  private readonly reading = new Rereading(() => this.read());
  /** What could not be read, a sentence each. */
  problems: readonly string[] = [];

  constructor(
    private readonly folders: () => readonly DeploymentFolder[],
    private readonly logError: (error: unknown) => void,
  ) {
    this.disposables.add({ dispose: () => this.work.abort() });
  }

  get all(): readonly BoardTarget[] {
    return this.known;
  }

  async ready(): Promise<readonly BoardTarget[]> {
    await this.reading.ready();
    return this.known;
  }

  /** Asks all targets anew; calls at once are one asking. */
  refresh(): Promise<void> {
    return this.reading.refresh();
  }

  /** Something may have changed while nobody looks: the targets are asked when somebody looks next. */
  forget(): void {
    this.reading.forget();
  }

  folder(root: string): DeploymentFolder | undefined {
    return this.folders().find((folder) => folder.root === root);
  }

  /** @returns the target as it is known now. */
  find(root: string, config: string, target: string): BoardTarget | undefined {
    return this.known.find(({ root: place, status }) => place === root && status.config === config && status.target === target);
  }

  async history(root: string, config: string): Promise<DeploymentHistory> {
    return (await this.folder(root)?.deployments.history(config, this.work.signal)) ?? { entries: [], problems: [] };
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async read(): Promise<TakeOver> {
    const found: BoardTarget[] = [];
    const { signal } = this.work;
    const readFolder = async (folder: DeploymentFolder): Promise<void> => {
      const configs = (await folder.files.list(signal)).filter((path) => configKindOf(path) === "product");
      const statuses = await folder.deployments.status(configs, signal);
      found.push(...statuses.map((status) => ({ root: folder.root, status })));
    };
    const problems = await readEach(this.folders(), readFolder, this.logError);
    return () => {
      this.known = found;
      this.problems = problems;
      this.changed.fire();
    };
  }
}
