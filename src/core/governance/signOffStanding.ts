/** What people decide on, as `subject` of a sign-off names it. */
export type SignOffSubject = "launch" | "data" | "risk" | "dpia" | "fria" | "review" | "exception" | "early";

/**
 * How a sign-off stands today. `given` holds; `expiring` holds and ends within 30 days; `draft` waits for a person; `uncommitted` is filled in and not committed;
 * `stale` was given for something that has changed since; `refused` breaks a rule (bot, own change, author differs, edited later, too short a statement).
 */
export type SignOffState =
  "given" | "expiring" | "draft" | "uncommitted" | "stale" | "expired" | "rejected" | "superseded" | "refused" | "unknown";

/** One file of `.mlops/signoffs`, judged. */
export interface SignOffStanding {
  /** Relative to the workspace, with forward slashes. */
  readonly file: string;
  readonly subject: string;
  readonly state: SignOffState;
  /** One sentence: why it stands so. */
  readonly reason: string;
  /** What to do; null where nothing has to be done. */
  readonly remedy: string | null;
  readonly who: { readonly name: string | null; readonly email: string | null; readonly role: string | null };
  readonly decision: string | null;
  /** Of `approve_with_conditions` that nobody has answered yet. */
  readonly openConditions: readonly string[];
  readonly statement: string | null;
  /** RFC 3339. */
  readonly when: string | null;
  /** YYYY-MM-DD, of the file or by default. */
  readonly expires: string | null;
  readonly commit: string | null;
  readonly model: { readonly name: string | null; readonly version: string | null; readonly digest: string | null };
  /** "signed": git verified a signature; "unsigned": labelled "not cryptographically signed"; "unknown": git could not be asked. */
  readonly signature: "signed" | "unsigned" | "unknown";
  /** SHA-256 of the file, hex. */
  readonly sha256: string | null;
}

/** A decision that is needed, whether or not there is a sign-off for it. */
export interface NeededSignOff {
  readonly subject: SignOffSubject;
  /** Whose decision it is; null for anybody's who may. */
  readonly role: string | null;
  /** Addresses of those who are asked, from the file's roles and the policy's people. */
  readonly ask: readonly string[];
  /** One sentence: why it is needed, with the article where there is one. */
  readonly why: string;
  /** The best sign-off there is for it; null for none. */
  readonly standing: SignOffStanding | null;
  /** Whether it holds today: given or expiring, and without open conditions. */
  readonly isMet: boolean;
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
}
