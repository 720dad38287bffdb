import { AsyncLocalStorage } from "node:async_hooks";

import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { FileLint, LintOptions } from "../../core/lint/workspace/fileLint";
import type { LintPorts } from "../../core/lint/workspace/lintPorts";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { WorkspaceLint } from "../../core/lint/workspace/workspaceLint";
import { noticedFiles } from "../../core/lint/workspace/noticedFiles";
import { FileDependencies } from "./fileDependencies";
import { pausingFiles } from "./pausingFiles";
import { withOpenTexts } from "./withOpenTexts";

/** The world as lint sees it from one folder, with what it remembers. */
export interface FolderPorts extends LintPorts, Disposable {
  /** A file has changed, come or gone; without a path, any may have. */
  forget(path?: string): void;
  /** What git and the stores of runs know may have changed. */
  forgetFacts(): void;
}

/** Stands for all products among the files that a result rests on: each pipeline file rests on every one of them. */
const PRODUCTS = "\0products";

/** Lints one folder of the workspace and knows which files each result rests on. */
export class FolderLint implements Disposable {
  /** The world as lint sees it, with the texts of open documents. */
  readonly world: LintPorts;
  private readonly dependencies = new FileDependencies();
  /** The files that the lint of one file looks at; shared work notes those of whoever asked for it first. */
  private readonly noticing = new AsyncLocalStorage<Set<string>>();
  /** Knows all products, so it serves until one of them may have changed. */
  private current: WorkspaceLint | undefined;

  constructor(
    private readonly ports: FolderPorts,
    private readonly calendar: RegulationCalendar,
    openText: (path: string) => string | undefined,
  ) {
    const { repositories, registry } = ports;
    const files = noticedFiles(withOpenTexts(pausingFiles(ports.files), openText), (path) => this.noticing.getStore()?.add(path));
    this.world = { files, repositories, registry };
  }

  /** Paths of all files that lint judges. */
  async targets(signal: CancelSignal): Promise<readonly string[]> {
    return (await this.lintNow().targets(signal)).map(({ path }) => path);
  }

  /** @returns null for a file that is gone or is none to be judged. */
  async lint(path: string, options: LintOptions, signal: CancelSignal): Promise<FileLint | null> {
    const used = new Set<string>([path]);
    const result = await this.noticing.run(used, () => this.lintNow().lint(path, options, signal));
    if (result === null) {
      this.dependencies.delete(path);
    } else {
      this.dependencies.set(path, result.kind === "pipeline" ? withoutProducts(used) : used);
    }
    return result;
  }

  async isMissing(path: string, signal: CancelSignal): Promise<boolean> {
    return (await this.ports.files.look(path, signal)).kind === "missing";
  }

  /** What lint would say if a file had another text. */
  lintText(path: string, text: string, options: LintOptions, signal: CancelSignal): Promise<FileLint | null> {
    const files = withOpenTexts(this.world.files, (one) => (one === path ? text : undefined));
    return new WorkspaceLint({ ...this.world, files }, this.calendar).lint(path, options, signal);
  }

  /** A file has another content. @returns the files whose findings may differ. */
  changed(path: string): ReadonlySet<string> {
    this.ports.forget(path);
    return this.dependents(path);
  }

  /**
   * A file or a folder is new or gone. Findings may also rest on which files there are (a pipeline beside a product): those are judged again
   * with the folder, once for all files that come together.
   * @returns the files whose findings may differ for another reason.
   */
  cameOrWent(path: string): ReadonlySet<string> {
    this.ports.forget(path);
    return new Set([...this.dependents(path), ...this.dependencies.usersAfter(path, "cameOrWent")]);
  }

  /** The files whose findings may differ because another one has a new text, saved or not. */
  dependents(path: string): ReadonlySet<string> {
    this.current = undefined;
    const users = this.dependencies.usersAfter(path, "changed");
    return configKindOf(path) === "product" ? new Set([...users, ...this.dependencies.usersAfter(PRODUCTS, "changed")]) : users;
  }

  /** What git and the stores of runs know is looked up anew. */
  forgetFacts(): void {
    this.ports.forgetFacts();
  }

  dispose(): void {
    this.ports.dispose();
  }

  private lintNow(): WorkspaceLint {
    return (this.current ??= new WorkspaceLint(this.world, this.calendar));
  }
}

function withoutProducts(used: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...[...used].filter((path) => configKindOf(path) !== "product"), PRODUCTS]);
}
