import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import { readEach } from "../../core/base/readEach";
import { Rereading, type TakeOver } from "../../core/base/rereading";
import type { NeededSignOff, SignOffRegister } from "../../core/governance/signOffStanding";
import { waitsForMe } from "../../core/governance/waitsForMe";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import type { SignOffFolder } from "./signOffServices";

/** The sign-offs of one product. */
export interface BoardProduct {
  readonly root: string;
  readonly register: SignOffRegister;
  /** Those of `register.needed` that wait for whoever works here. */
  readonly mine: ReadonlySet<NeededSignOff>;
}

/** Somebody types: what a sentence means is asked when it rests for so long, in milliseconds. */
const TYPING_MS = 250;

/** All sign-offs of the window, judged anew as soon as something changes that they rest on. */
export class SignOffBoard implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly work = new AbortController();
  private products = new Map<string, BoardProduct>();
  private readonly typed = new Map<string, NodeJS.Timeout>();
  private readonly reading = new Rereading(() => this.read());
  /** What could not be read, a sentence each. */
  problems: readonly string[] = [];

  constructor(
    private readonly folders: () => readonly SignOffFolder[],
    private readonly now: () => Date,
    private readonly logError: (error: unknown) => void,
  ) {
    this.disposables.add({ dispose: () => this.work.abort() });
    this.disposables.add({ dispose: () => this.typed.forEach((timer) => clearTimeout(timer)) });
  }

  /** By folder and file. */
  get all(): readonly BoardProduct[] {
    return [...this.products.values()];
  }

  get signal(): AbortSignal {
    return this.work.signal;
  }

  async ready(): Promise<readonly BoardProduct[]> {
    await this.reading.ready();
    return this.all;
  }

  /** Judges all products anew; calls at once are one judging. */
  refresh(): Promise<void> {
    return this.reading.refresh();
  }

  /** Judges one product anew as soon as its text rests; nothing else is read for it. */
  typedIn(root: string, config: string): void {
    const key = keyOf(root, config);
    clearTimeout(this.typed.get(key));
    this.typed.set(
      key,
      setTimeout(() => {
        this.typed.delete(key);
        void this.judgeAgain(root, config);
      }, TYPING_MS),
    );
  }

  folder(root: string): SignOffFolder | undefined {
    return this.folders().find((folder) => folder.root === root);
  }

  find(root: string, config: string): BoardProduct | undefined {
    return this.products.get(keyOf(root, config));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async judgeAgain(root: string, config: string): Promise<void> {
    const folder = this.folder(root);
    const before = this.find(root, config);
    if (folder === undefined || before === undefined) {
      return; // Not read yet, or gone: the whole is read anyway.
    }
    try {
      const product = await this.judge(folder, config);
      if (this.products.has(keyOf(root, config))) {
        this.products.set(keyOf(root, config), product);
        this.changed.fire();
      }
    } catch (error) {
      if (!isCancelled(error)) {
        this.logError(error);
      }
    }
  }

  private async read(): Promise<TakeOver> {
    const found = new Map<string, BoardProduct>();
    const readFolder = async (folder: SignOffFolder): Promise<void> => {
      const configs = (await folder.files.list(this.work.signal)).filter((path) => configKindOf(path) === "product");
      for (const config of configs) {
        found.set(keyOf(folder.root, config), await this.judge(folder, config));
      }
    };
    const problems = await readEach(this.folders(), readFolder, this.logError);
    return () => {
      this.products = found;
      this.problems = problems;
      this.changed.fire();
    };
  }

  private async judge(folder: SignOffFolder, config: string): Promise<BoardProduct> {
    const { signal } = this.work;
    const [register, me] = await Promise.all([folder.register(config, this.now().toISOString(), signal), folder.me(signal)]);
    const asked = [...new Set(register.needed.flatMap(({ ask }) => ask))];
    const usual = new Map(await Promise.all(asked.map(async (one) => [one, await folder.usual(one, signal)] as const)));
    const mine = me === null ? [] : register.needed.filter((needed) => waitsForMe(needed, me, (email) => usual.get(email) ?? email));
    return { root: folder.root, register, mine: new Set(mine) };
  }
}

function keyOf(root: string, config: string): string {
  return `${root}\n${config}`;
}
