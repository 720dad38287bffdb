import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { FileLint, LintOptions } from "../../core/lint/workspace/fileLint";
import type { LintPorts, WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { WorkspaceLint } from "../../core/lint/workspace/workspaceLint";
import { FileDependencies } from "./fileDependencies";
import { noticedFiles } from "./noticedFiles";
import { withOpenTexts } from "./withOpenTexts";

/** The world as lint sees it from one folder, with what it remembers. */
export interface FolderPorts extends LintPorts, Disposable {
  /** A file has changed, come or gone. */
  forget(path: string): void;
  /** What git and the stores of runs know may have changed. */
  forgetFacts(): void;
}

/** Lints one folder of the workspace and knows which files each result rests on. */
export class FolderLint implements Disposable {
  private readonly files: WorkspaceFiles;
  private readonly dependencies = new FileDependencies();

  constructor(
    private readonly ports: FolderPorts,
    private readonly calendar: RegulationCalendar,
    openText: (path: string) => string | undefined,
  ) {
    this.files = withOpenTexts(ports.files, openText);
  }

  /** Paths of all files that lint judges. */
  async targets(signal: CancelSignal): Promise<readonly string[]> {
    return (await this.lintWith(this.files).targets(signal)).map(({ path }) => path);
  }

  /** @returns null for a file that is gone or is none to be judged. */
  async lint(path: string, options: LintOptions, signal: CancelSignal): Promise<FileLint | null> {
    const used = new Set<string>([path]);
    const files = noticedFiles(this.files, (one) => used.add(one));
    const result = await this.lintWith(files).lint(path, options, signal);
    if (result === null) {
      this.dependencies.delete(path);
    } else {
      this.dependencies.set(path, used);
    }
    return result;
  }

  async isMissing(path: string, signal: CancelSignal): Promise<boolean> {
    return (await this.files.look(path, signal)).kind === "missing";
  }

  /** What lint would say if a file had another text. */
  lintText(path: string, text: string, options: LintOptions, signal: CancelSignal): Promise<FileLint | null> {
    return this.lintWith(withOpenTexts(this.files, (one) => (one === path ? text : undefined))).lint(path, options, signal);
  }

  /** A file has another content. @returns the files whose findings may differ. */
  changed(path: string): ReadonlySet<string> {
    this.ports.forget(path);
    return this.dependencies.usersAfter(path, "changed");
  }

  /** A file is new or gone. @returns the files whose findings may differ. */
  cameOrWent(path: string): ReadonlySet<string> {
    this.ports.forget(path);
    return this.dependencies.usersAfter(path, "cameOrWent");
  }

  /** The files whose findings may differ while somebody types in another one. */
  dependents(path: string): ReadonlySet<string> {
    return this.dependencies.usersAfter(path, "changed");
  }

  /** What git and the stores of runs know is looked up anew. */
  forgetFacts(): void {
    this.ports.forgetFacts();
  }

  dispose(): void {
    this.ports.dispose();
  }

  /** The world as lint sees it, with the texts of open documents. */
  get world(): LintPorts {
    const { repositories, registry } = this.ports;
    return { files: this.files, repositories, registry };
  }

  private lintWith(files: WorkspaceFiles): WorkspaceLint {
    return new WorkspaceLint({ ...this.world, files }, this.calendar);
  }
}
