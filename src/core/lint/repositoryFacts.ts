import { isBot } from "./bots";
import type { Codeowners } from "./codeowners";
import type { GitActivity, GitAuthor } from "./gitActivity";
import type { Fact, LintFacts, OwnerCandidate } from "./lintFacts";

export type RepositoryFacts = Pick<LintFacts, "owners" | "lastCommitOf" | "pipelineAuthors" | "configAuthor" | "lastTrainingChange">;

export interface RepositoryFactsInput {
  readonly activity: GitActivity;
  readonly codeowners: Codeowners | null;
  /** The product's file, from the repository's root. */
  readonly config: string;
  /** The pipeline and the code of the training, from the repository's root; folders stand for what is in them. */
  readonly training: readonly string[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

const CUT_HISTORY = { known: false, why: "the clone does not hold the whole history" } as const;
/** How long back somebody counts as knowing a pipeline. */
const RECENT_DAYS = 180;
const DAY_MS = 86_400_000;
/** More candidates would not be read. */
const MOST_CANDIDATES = 8;

/** What the repository knows about a product: who may own it, who works on it, and when its training last changed. */
export function toRepositoryFacts({ activity, codeowners, config, training, today }: RepositoryFactsInput): RepositoryFacts {
  const since = Date.parse(`${today}T00:00:00Z`) - RECENT_DAYS * DAY_MS;
  const trained = training.length === 0 ? [config] : training;
  const folder = config.split("/").slice(0, -1).join("/");
  return {
    owners: known(ownerCandidates(activity, codeowners, config, folder)),
    lastCommitOf: (email) => {
      const author = activity.author(email);
      if (author === undefined && !activity.isComplete) {
        return CUT_HISTORY;
      }
      return known(author === undefined ? null : toDay(author.lastCommit));
    },
    pipelineAuthors: activity.knowsSince(since) ? known(activity.authorsSince(trained, since)) : CUT_HISTORY,
    configAuthor: lastChange(activity, [config], ({ email }) => email),
    lastTrainingChange: lastChange(activity, trained, ({ time }) => toDay(time)),
  };
}

/** The same facts where the repository cannot be asked, with the reason. */
export function unknownRepositoryFacts(why: string): RepositoryFacts {
  const fact = { known: false, why } as const;
  return { owners: fact, lastCommitOf: () => fact, pipelineAuthors: fact, configAuthor: fact, lastTrainingChange: fact };
}

/** First whom CODEOWNERS names, in its order, then the authors of the folder, most active first. Bots are left out. */
function ownerCandidates(activity: GitActivity, codeowners: Codeowners | null, config: string, folder: string): readonly OwnerCandidate[] {
  const named = (codeowners?.ownersOf(config) ?? []).map((owner) => toCandidate(owner, activity));
  const seen = new Set(named.map(({ email }) => email));
  const authors = activity
    .authorsOf(folder)
    .filter(({ email, name }) => !seen.has(email) && !isBot(email, name))
    .map((author): OwnerCandidate => ({ ...fromAuthor(author), source: "git" }));
  return [...named, ...authors].slice(0, MOST_CANDIDATES);
}

function toCandidate(owner: string, activity: GitActivity): OwnerCandidate {
  if (owner.startsWith("@")) {
    return { email: null, handle: owner, name: null, source: "codeowners", commits: 0, lastCommit: null };
  }
  const author = activity.author(owner);
  return author === undefined
    ? { email: owner.toLowerCase(), handle: null, name: null, source: "codeowners", commits: 0, lastCommit: null }
    : { ...fromAuthor(author), source: "codeowners" };
}

function fromAuthor({ email, name, commits, lastCommit }: GitAuthor): Omit<OwnerCandidate, "source"> {
  return { email, handle: null, name, commits, lastCommit: toDay(lastCommit) };
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** In a cut history a newer change may be missing from before the cut, so that only what is younger than the cut is certain. */
function lastChange<T>(
  activity: GitActivity,
  paths: readonly string[],
  pick: (change: { readonly email: string; readonly time: number }) => T,
): Fact<T | null> {
  const change = activity.lastChange(paths);
  if (change === null) {
    return activity.isComplete ? known(null) : CUT_HISTORY;
  }
  return activity.knowsSince(change.time) ? known(pick(change)) : CUT_HISTORY;
}

function known<T>(value: T): Fact<T> {
  return { known: true, value };
}
