import type { CancelSignal } from "../base/cancel";
import { readOldProduct } from "../lint/workspace/readProduct";
import { coveredHash } from "./coveredSections";
import type { FileCommit, SignOffHistory } from "./signOffHistory";
import type { SignOffSubject } from "./signOffStanding";

/** Changes that are looked through; beyond them whoever made the oldest of these is taken for the author. */
const MOST_CHANGES = 100;

/**
 * Whether somebody wrote the change that a sign-off approves: the last one to what it covers, before the decision. Files that the product's file includes
 * are not looked at.
 * @param who as `.mailmap` calls them. @param config the product's file. @param decided the commit that holds the decision.
 * @throws when git cannot be asked.
 */
export async function wroteChange(
  who: string,
  subject: SignOffSubject,
  config: string,
  decided: FileCommit,
  history: SignOffHistory,
  signal: CancelSignal,
): Promise<boolean> {
  const all = history.commitsOf(config);
  // A change in the very commit of the decision is approved by it as well.
  const before = all.filter(({ index }) => index >= decided.index);
  const changes = (before.length > 0 ? before : all).slice(0, MOST_CHANGES);
  // Most people who approve never touched the file, and then nothing has to be read.
  if (!changes.some(({ author }) => author.email === who)) {
    return false;
  }
  const hashOf = async ({ blob }: FileCommit): Promise<string> => {
    return coveredHash(subject, readOldProduct(await history.textOf(blob, signal)), (text) => history.sha256(text));
  };
  let [change] = changes;
  for (const older of changes.slice(1)) {
    if (change === undefined || (await hashOf(change)) !== (await hashOf(older))) {
      break;
    }
    change = older;
  }
  return change?.author.email === who;
}
