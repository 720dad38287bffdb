import { addDays, sayDate } from "../config/dates";
import { isPlaceholder } from "../config/placeholder";
import type { Product } from "../config/product";
import { isBot } from "../lint/bots";
import { coveredHash, sayCovered } from "./coveredSections";
import { expiryOf, timeOf, type Expiry } from "./expiry";
import type { SignOff } from "./readSignOff";
import type { CommitSignature, FileCommit } from "./signOffHistory";
import { SIGN_OFF_SUBJECTS, type SignOffCause, type SignOffStanding, type SignOffState, type SignOffSubject } from "./signOffStanding";

/** What was found out about the file of one decision. */
export type JudgedOrigin =
  | { readonly known: false; readonly why: string }
  | {
      readonly known: true;
      /** The commit that holds the decision; null where none does. */
      readonly decided: FileCommit | null;
      readonly edited: string | null;
      /** Whether who signed is, by `.mailmap`, who made the commit. */
      readonly isByAuthor: boolean;
      readonly signature: CommitSignature;
      /** Whether the key is that of the person who signed. */
      readonly isOwnKey: boolean;
      /** What whoever signed wrote of what is approved; null for nothing. */
      readonly ownChange: "change" | "model" | null;
    };

export interface JudgeInput {
  /** Relative to the workspace, and as sentences call it. */
  readonly file: string;
  readonly shown: string;
  readonly signOff: SignOff;
  /** The address by which `.mailmap` calls whoever signed. */
  readonly person: string | null;
  /** SHA-256 of the file, hex. */
  readonly sha256: string | null;
  readonly origin: JudgedOrigin;
  readonly product: Product;
  /** YYYY-MM-DD, or an RFC 3339 time, by which alone an exception is judged to the hour. */
  readonly today: string;
  /** Of a text, hex; null where nothing can be hashed, because git was not asked either. */
  readonly hash: ((text: string) => string) | null;
}

interface Verdict {
  readonly state: SignOffState;
  readonly cause: SignOffCause | null;
  readonly reason: string;
  readonly remedy: string | null;
}

const SHORTEST_STATEMENT = 30;
export const EXPIRING_DAYS = 30;
const DECISIONS = new Set(["approve", "approve_with_conditions", "reject"]);
/** Decisions on a version of the model; the others are on data, risk and law, and hold for each version made under them. */
const OF_ONE_VERSION: ReadonlySet<string> = new Set<SignOffSubject>(["launch", "risk", "review", "exception"]);

const ANEW = "Add a new sign-off; what was committed is not edited.";

/** How one sign-off stands; `supersede` then looks at all of them together. */
export function judgeSignOff(input: JudgeInput): SignOffStanding {
  const { file, signOff, sha256, origin, product } = input;
  const decided = origin.known ? origin.decided : null;
  const when = signOff.when ?? (decided === null ? null : new Date(decided.time).toISOString());
  const expiry = isSubject(signOff.subject)
    ? expiryOf(signOff.subject, signOff.expires, when === null ? null : timeOf(when), product)
    : { day: null, until: null, isTooLong: false, isUnreadable: false };
  return {
    file,
    subject: signOff.subject ?? "",
    ...(judgeForm(input, signOff) ?? judgeOrigin(input, signOff) ?? judgeContent(input, when, expiry)),
    who: { name: signOff.name, email: signOff.email, role: signOff.role },
    person: input.person,
    asked: signOff.asked,
    decision: signOff.decision,
    openConditions:
      signOff.decision === "approve_with_conditions" ? signOff.conditions.filter((one) => !one.isAnswered).map(({ text }) => text) : [],
    evidence: signOff.evidence,
    statement: signOff.statement,
    when,
    expires: expiry.day,
    until: expiry.until,
    supersedes: signOff.supersedes?.replace(/^.*[\\/]/, "") ?? null,
    commit: signOff.commit,
    decidedIn: decided?.commit ?? null,
    historyUnknown: origin.known ? null : origin.why,
    model: signOff.model,
    signature: signatureOf(origin),
    sha256,
  };
}

/** What the file says by itself. */
function judgeForm({ shown, origin }: JudgeInput, signOff: SignOff): Verdict | null {
  const { subject, decision, name, email, statement } = signOff;
  if (!isSubject(subject)) {
    return refused(
      "unknown_subject",
      `The sign-off ${shown} is about "${subject ?? ""}", which is no subject.`,
      `It is one of ${SIGN_OFF_SUBJECTS.join(", ")}.`,
    );
  }
  const people = origin.known && origin.decided !== null ? [origin.decided.author, origin.decided.committer] : [];
  if (isBot(email, name, ...people.flatMap((person) => [person.email, person.rawEmail, person.name]))) {
    return refused("bot", `The sign-off ${shown} was made by a bot; only a person can sign.`, "Let a person decide and commit it.");
  }
  if (decision === null) {
    const empty = [...(email === null ? ["who"] : []), "decision", ...(statement === null ? ["statement"] : [])];
    return {
      state: "draft",
      cause: "empty",
      reason: `The sign-off ${shown} is a draft; nobody has decided yet.`,
      remedy: `Whoever decides fills in ${empty.join(", ")} and commits the file.`,
    };
  }
  if (!DECISIONS.has(decision)) {
    return refused(
      "unknown_decision",
      `The sign-off ${shown} has the decision "${decision}", which is none.`,
      `It is one of ${[...DECISIONS].join(", ")}.`,
    );
  }
  if (email === null) {
    return refused("nobody", `The sign-off ${shown} does not say who signed.`, "Whoever signs writes name and address into who.");
  }
  // A rejection needs no form: it must be easy to say no.
  return decision === "reject" || isStatement(statement)
    ? null
    : refused(
        "short_statement",
        `The sign-off ${shown} by ${email} gives no reason in words of ${SHORTEST_STATEMENT} characters or more.`,
        "Whoever signs says in own words what was looked at and why it is decided so.",
      );
}

/** Whether it was really that person, by a commit that still stands. */
function judgeOrigin({ shown, origin }: JudgeInput, { email, decision }: SignOff): Verdict | null {
  const who = email ?? "";
  if (!origin.known) {
    return {
      state: "unknown",
      cause: "history_unknown",
      reason: `Who committed the sign-off ${shown} cannot be told: ${origin.why}.`,
      remedy: "Judge it where git and the whole history are at hand.",
    };
  }
  const { decided, edited, isByAuthor, signature, ownChange } = origin;
  if (decided === null && edited === null) {
    return {
      state: "uncommitted",
      cause: "not_committed",
      reason: `The sign-off ${shown} by ${who} is not committed; it counts once that person has committed it.`,
      remedy: `${who} commits the file, with an own address as the author.`,
    };
  }
  if (edited !== null) {
    return refused("edited", `The sign-off ${shown} was edited after the decision: ${edited}.`, ANEW);
  }
  if (decided !== null && !isByAuthor) {
    return refused(
      "other_author",
      `The sign-off ${shown} names ${who}, but ${decided.author.email} committed it.`,
      `${who} has to commit it.`,
    );
  }
  if (decision === "reject") {
    return null;
  }
  if (signature.state === "bad") {
    return refused("bad_signature", `The signature of the commit that holds the sign-off ${shown} does not fit it.`, ANEW);
  }
  return ownChange === null
    ? null
    : refused(
        "own_change",
        `${who} wrote ${ownChange === "change" ? "the last change to what" : "the code of the model that"} the sign-off ${shown} approves; nobody approves their own change.`,
        "Ask another person.",
      );
}

/** Whether it is about what is there today. */
function judgeContent({ shown, signOff, product, hash, today }: JudgeInput, when: string | null, expiry: Expiry): Verdict {
  const { email, commit, configSha256, model, decision } = signOff;
  const subject = signOff.subject as SignOffSubject;
  const day = today.slice(0, 10);
  const at = when === null ? null : timeOf(when);
  if (at === null || expiry.isUnreadable || new Date(at).toISOString().slice(0, 10) > addDays(day, 1)) {
    const what =
      at === null ? `is dated "${when ?? ""}"` : expiry.isUnreadable ? `ends on "${signOff.expires ?? ""}"` : "is dated in the future";
    return refused("bad_time", `The sign-off ${shown} ${what}.`, "Times are written as 2026-11-10T09:00:00Z, days as 2026-11-10.");
  }
  const { version, digest } = product.model ?? {};
  if (OF_ONE_VERSION.has(subject)) {
    if (model.version !== null && model.version !== version) {
      const now = version === undefined ? "the file names no version" : `this is ${version}`;
      return stale("other_version", `The approval is for model ${model.version}; ${now}.`);
    }
    if (model.digest !== null && model.digest !== digest) {
      return stale("other_digest", `The sign-off ${shown} is for a model with other files (${cut(model.digest)}); this is ${cut(digest)}.`);
    }
    const lacks =
      model.version === null && version !== undefined ? "version" : model.digest === null && digest !== undefined ? "digest" : null;
    if (lacks !== null && decision !== "reject") {
      return refused("unbound", `The sign-off ${shown} does not name the ${lacks} of the model that it approves.`, ANEW);
    }
  }
  if (configSha256 === null || commit === null || !/^[\da-f]{7,64}$/i.test(commit)) {
    if (decision !== "reject") {
      const what = configSha256 === null ? "what it covers (config_sha256)" : "which commit was looked at";
      return refused("unbound", `The sign-off ${shown} does not say ${what}.`, ANEW);
    }
  } else if (hash !== null && configSha256.toLowerCase().replace(/^sha256:/, "") !== coveredHash(subject, product, hash)) {
    return stale("changed", `What the sign-off ${shown} covers has changed since: ${sayCovered(subject)}.`);
  }
  if (decision === "reject") {
    return {
      state: "rejected",
      cause: "rejected",
      reason: `The ${subject} was rejected by ${email ?? ""} (${shown}).`,
      remedy: "Mend what was found wanting, then ask again.",
    };
  }
  if (expiry.isTooLong) {
    return refused("too_long", `The exception ${shown} is to last longer than 72 hours.`, "Add a new one that ends within 72 hours.");
  }
  return judgeEnd(shown, email ?? "", subject, expiry, today);
}

function judgeEnd(shown: string, who: string, subject: SignOffSubject, { day: end, until }: Expiry, today: string): Verdict {
  const day = today.slice(0, 10);
  const now = today.length > day.length ? timeOf(today) : null;
  const isOver = until !== null && now !== null ? now > Date.parse(until) : end !== null && end < day;
  const ends = until === null ? sayDate(end ?? day) : `${sayDate(until.slice(0, 10))} at ${until.slice(11, 16)} UTC`;
  if (isOver) {
    return {
      state: "expired",
      cause: "expired",
      reason: `The sign-off ${shown} by ${who} expired on ${ends}.`,
      remedy: "Ask for a new sign-off.",
    };
  }
  if (end !== null && end <= addDays(day, EXPIRING_DAYS)) {
    return {
      state: "expiring",
      cause: null,
      reason: `The sign-off ${shown} by ${who} ends on ${ends}.`,
      remedy: subject === "exception" ? "Mend what made it needed before it ends." : "Ask for a new one in time.",
    };
  }
  return { state: "given", cause: null, reason: `${who} approved the ${subject}; it holds until ${ends}.`, remedy: null };
}

function signatureOf(origin: JudgedOrigin): SignOffStanding["signature"] {
  if (!origin.known || origin.decided === null) {
    return "unknown";
  }
  const { state } = origin.signature;
  return state === "good" && origin.isOwnKey ? "signed" : state === "none" || state === "bad" ? "unsigned" : "unknown";
}

export function isSubject(subject: string | null): subject is SignOffSubject {
  return subject !== null && (SIGN_OFF_SUBJECTS as readonly string[]).includes(subject);
}

/** Thirty times the same letter are no reason. */
function isStatement(statement: string | null): boolean {
  const text = (statement ?? "").replace(/\s+/g, " ").trim();
  return [...text].length >= SHORTEST_STATEMENT && !isPlaceholder(text) && new Set(text.toLowerCase()).size > 5;
}

function refused(cause: SignOffCause, reason: string, remedy: string): Verdict {
  return { state: "refused", cause, reason, remedy };
}

function stale(cause: SignOffCause, reason: string): Verdict {
  return { state: "stale", cause, reason, remedy: "Ask for a new sign-off." };
}

function cut(digest: string | undefined): string {
  return digest === undefined ? "none is named" : digest.slice(0, 19);
}
