import type { CancelSignal } from "../base/cancel";
import type { Product } from "../config/product";
import { readConfig } from "../config/readConfig";
import { readOldProduct } from "../lint/workspace/readProduct";
import { readWithIncludes } from "../lint/workspace/readWithIncludes";
import { coveredHash } from "./coveredSections";
import type { FileCommit, SignOffHistory } from "./signOffHistory";
import type { SignOffSubject } from "./signOffStanding";

/** Changes that are looked through; beyond them whoever made the oldest of these is taken for the author. */
const MOST_CHANGES = 100;

/** A decision whose change is asked for. */
interface ApprovedChange {
  readonly subject: SignOffSubject;
  /** The product's file. */
  readonly config: string;
  /** The commit that holds the decision. */
  readonly decided: FileCommit;
}

/** A commit that changed what a product is described by. */
type Change = Pick<FileCommit, "commit" | "author"> & { readonly blob: string | null };

/**
 * Whether somebody wrote the change that a sign-off approves: the last one to what it covers, before the decision, also where it was made in a file that the
 * product's file includes.
 * @param who as `.mailmap` calls them.
 * @throws when git cannot be asked.
 */
export async function wroteChange(who: string, wish: ApprovedChange, history: SignOffHistory, signal: CancelSignal): Promise<boolean> {
  const { changes, read } = await changesBefore(wish, history, signal);
  // Most people who approve never touched the file, and then nothing has to be read.
  if (!changes.some(({ author }) => author.email === who)) {
    return false;
  }
  const hashOf = async (one: Change): Promise<string> => coveredHash(wish.subject, await read(one), (text) => history.sha256(text));
  let [change] = changes;
  for (const older of changes.slice(1)) {
    if (change === undefined || (await hashOf(change)) !== (await hashOf(older))) {
      break;
    }
    change = older;
  }
  return change?.author.email === who;
}

/** What a version was made of, and since when nobody approved it. */
export interface ModelCode {
  /** Paths of the workspace; a folder stands for what is in it. */
  readonly files: readonly string[];
  /** The commit of the run that made the version. */
  readonly commit: string;
  /** The commit of the run that made the version that was approved last; null where none was, or nobody knows. */
  readonly approved: string | null;
}

/**
 * Whether somebody wrote code of a model: of the commit that its run had, and of all since the version that was approved last.
 * @param who as `.mailmap` calls them.
 * @throws when git cannot be asked.
 */
export async function wroteCode(
  who: string,
  { files, commit, approved }: ModelCode,
  history: SignOffHistory,
  signal: CancelSignal,
): Promise<boolean> {
  const [author, since] = await Promise.all([
    history.authorOf(commit, signal),
    approved === null ? [] : history.changesOf(files, commit, approved, signal),
  ]);
  return author?.email === who || since?.some((one) => one.author.email === who) === true;
}

async function changesBefore(
  { config, decided }: ApprovedChange,
  history: SignOffHistory,
  signal: CancelSignal,
): Promise<{ readonly changes: readonly Change[]; readonly read: (change: Change) => Promise<Product> }> {
  const all = history.commitsOf(config);
  // A change in the very commit of the decision is approved by it as well.
  const before = all.filter(({ index }) => index >= decided.index);
  const own = (before.length > 0 ? before : all).slice(0, MOST_CHANGES);
  const [newest] = own;
  const included = newest === undefined ? [] : await includedBy(config, newest, decided.commit, history, signal);
  if (included.length === 0) {
    return { changes: own, read: async ({ blob }) => readOldProduct(blob === null ? "" : await history.textOf(blob, signal)) };
  }
  const changes = (await history.changesOf([config, ...included], decided.commit, null, signal)) ?? [];
  return {
    changes: changes.slice(0, MOST_CHANGES).map((change) => ({ ...change, blob: null })),
    read: async ({ commit }) =>
      (await readAt(config, (await history.textAt(config, commit, signal)) ?? "", commit, history, signal, () => undefined)).value,
  };
}

/** The files that a product's file included, with those that they included. */
async function includedBy(
  config: string,
  { blob }: FileCommit,
  commit: string,
  history: SignOffHistory,
  signal: CancelSignal,
): Promise<readonly string[]> {
  const text = await history.textOf(blob, signal);
  const included = new Set<string>();
  if (text.includes("$include")) {
    await readAt(config, text, commit, history, signal, (path) => included.add(path));
  }
  return [...included];
}

function readAt(
  config: string,
  text: string,
  commit: string,
  history: SignOffHistory,
  signal: CancelSignal,
  onRead: (path: string) => void,
): ReturnType<typeof readWithIncludes<ReturnType<typeof readConfig>>> {
  const readText = (path: string, cancel: CancelSignal): Promise<string | null> => {
    onRead(path);
    return history.textAt(path, commit, cancel);
  };
  return readWithIncludes(config, (include) => readConfig(text, include), { readText }, signal);
}
