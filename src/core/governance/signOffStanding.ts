/** What people decide on, as `subject` of a sign-off names it. */
export const SIGN_OFF_SUBJECTS = ["launch", "data", "risk", "dpia", "fria", "review", "exception", "early"] as const;
export type SignOffSubject = (typeof SIGN_OFF_SUBJECTS)[number];

/**
 * How a sign-off stands today. `given` holds; `expiring` holds and ends within 30 days; `draft` waits for a person; `uncommitted` is filled in and not committed;
 * `stale` was given for something that has changed since; `refused` breaks a rule (bot, own change, author differs, edited later, too short a statement).
 */
export type SignOffState =
  "given" | "expiring" | "draft" | "uncommitted" | "stale" | "expired" | "rejected" | "superseded" | "refused" | "unknown";

/** Which rule a sign-off stands by; stable, for scripts and tests. The sentence in `reason` says it to people. */
export type SignOffCause =
  | "unreadable"
  | "unknown_subject"
  | "unknown_decision"
  | "empty"
  | "not_committed"
  | "bot"
  | "nobody"
  | "short_statement"
  | "edited"
  | "other_author"
  | "bad_signature"
  | "own_change"
  | "bad_time"
  | "unbound"
  | "other_version"
  | "other_digest"
  | "changed"
  | "too_long"
  | "rejected"
  | "expired"
  | "superseded"
  | "history_unknown";

/** A file that a sign-off rests on, as it was when the decision was made. */
export interface SignOffEvidence {
  /** As written: relative to the product's folder. */
  readonly path: string;
  /** Hex; null where none is written. */
  readonly sha256: string | null;
}

/** One file of `.mlops/signoffs`, judged. */
export interface SignOffStanding {
  /** Relative to the workspace, with forward slashes. */
  readonly file: string;
  readonly subject: string;
  readonly state: SignOffState;
  /** Null for one that holds. */
  readonly cause: SignOffCause | null;
  /** One sentence: why it stands so. */
  readonly reason: string;
  /** Why nobody can tell who committed it, as the facts of git say it; null where that is known. */
  readonly historyUnknown: string | null;
  /** What to do; null where nothing has to be done. */
  readonly remedy: string | null;
  readonly who: { readonly name: string | null; readonly email: string | null; readonly role: string | null };
  /** The address by which `.mailmap` calls whoever signed; null where nobody did. */
  readonly person: string | null;
  /** Whom a draft was made for. Written by the program, and no part of the decision. */
  readonly asked: { readonly role: string | null; readonly people: readonly string[] };
  readonly decision: string | null;
  /** Of `approve_with_conditions` that nobody has answered yet. */
  readonly openConditions: readonly string[];
  readonly evidence: readonly SignOffEvidence[];
  readonly statement: string | null;
  /** RFC 3339: as written, else the time of the commit that holds the decision. */
  readonly when: string | null;
  /** YYYY-MM-DD, of the file or by default. */
  readonly expires: string | null;
  /** RFC 3339: the exact end of an exception; null for all else. */
  readonly until: string | null;
  /** The name of the file that it takes the place of. */
  readonly supersedes: string | null;
  /** The commit that was looked at. */
  readonly commit: string | null;
  /** The commit that holds the decision; null where none does, or git cannot tell. */
  readonly decidedIn: string | null;
  readonly model: { readonly name: string | null; readonly version: string | null; readonly digest: string | null };
  /** "signed": git verified a signature of the person who decided; "unsigned": labelled "not cryptographically signed"; "unknown": git could not be asked, or does not know whose key it is. */
  readonly signature: "signed" | "unsigned" | "unknown";
  /** SHA-256 of the file, hex. */
  readonly sha256: string | null;
}

/** Whether a decision holds today. */
export function holdsToday({ state }: Pick<SignOffStanding, "state">): boolean {
  return state === "given" || state === "expiring";
}

const ONCE_GIVEN: ReadonlySet<SignOffState> = new Set(["given", "expiring", "stale", "expired", "superseded"]);

/** Whether something was approved once, whatever became of the approval since. */
export function wasApproved({ state, decision }: Pick<SignOffStanding, "state" | "decision">): boolean {
  return ONCE_GIVEN.has(state) && (decision === "approve" || decision === "approve_with_conditions");
}

/** The sign-offs beside a product's file, each judged, before it is asked which are needed. */
export interface JudgedSignOffs {
  /** Newest first. */
  readonly standings: readonly SignOffStanding[];
  /** How `.mailmap` calls an address, where it calls it by another; lower case. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What a new sign-off would be bound to; null where git cannot be asked. */
  readonly binding: SignOffBinding | null;
}

/** What a sign-off made now is about. */
export interface SignOffBinding {
  /** The commit that is checked out; null before the first one. */
  readonly commit: string | null;
  /** `config_sha256` by subject. */
  readonly covered: Readonly<Record<SignOffSubject, string>>;
}

/** A decision that is needed, whether or not there is a sign-off for it. */
export interface NeededSignOff {
  readonly subject: SignOffSubject;
  /** Whose decision it is; null for anybody's who may. */
  readonly role: string | null;
  /** Addresses of those who are asked, from the file's roles and the policy's people. */
  readonly ask: readonly string[];
  /** Those who may decide, as `.mailmap` calls them; empty where anybody may, left out where it was not asked. */
  readonly deciders?: readonly string[];
  /** One sentence: why it is needed, with the article where there is one. */
  readonly why: string;
  /** Whether nothing may go to production without it; else it is a duty beside (an early word, a review). */
  readonly blocks: boolean;
  /** Whether it is due at the product's stage and on this day. */
  readonly isDue: boolean;
  /** The best sign-off there is for it; null for none. */
  readonly standing: SignOffStanding | null;
  /** Whether it holds today: given or expiring, without open conditions, by a person who may, and nothing about it could not be looked up. */
  readonly isMet: boolean;
  /** One sentence: why it is not met; null where it is. */
  readonly problem: string | null;
}

/** All sign-offs of one product. */
export interface SignOffRegister {
  readonly product: string;
  readonly config: string;
  readonly needed: readonly NeededSignOff[];
  /** Newest first; superseded and refused ones included. */
  readonly all: readonly SignOffStanding[];
  /** What could not be looked up, a sentence each: then nothing that rests on it is met. */
  readonly problems: readonly string[];
  /** What a new sign-off would be bound to; null where git cannot be asked. */
  readonly binding: SignOffBinding | null;
}
