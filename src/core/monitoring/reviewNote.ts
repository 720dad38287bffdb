import { Document } from "yaml";

import { plainYaml } from "../config/yaml/plainYaml";
import type { CancelSignal } from "../base/cancel";
import { folderOf, inFolder } from "../lint/workspace/workspacePath";
import { reasonOf } from "../lint/workspace/reasonOf";
import { identityChanges, type ReviewIdentity, type ReviewedFile, type ReviewedLimits } from "./reviewIdentity";
import type { ResultFiles } from "./resultStore";

/** What a person may say; the tool says none of it. */
export const REVIEW_VERDICTS = ["accepted", "investigate", "act"] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

/** A person's word on what was shown to them, as its file has it. What lacks or is not of the right kind is null. */
export interface ReviewNote {
  /** Relative to the workspace. */
  readonly path: string;
  /** "drift", or the KPI that it is about. */
  readonly subject: string | null;
  readonly product: string | null;
  readonly who: { readonly name: string | null; readonly email: string | null };
  /** Milliseconds since 1970. */
  readonly when: number | null;
  readonly verdict: ReviewVerdict | null;
  readonly text: string | null;
  /** Null where the file does not say what it is about. */
  readonly identity: ReviewIdentity | null;
}

export interface NoteWish {
  readonly subject: string;
  /** Null for two files that somebody compared. */
  readonly product: { readonly name: string; readonly config: string } | null;
  /** The result that is shown, relative to the workspace; null for a report that nobody kept. */
  readonly result: string | null;
  readonly identity: ReviewIdentity;
  /** The day of the draft, YYYY-MM-DD. */
  readonly today: string;
}

/** A note has some hundred lines, most of them names of columns. */
const LONGEST = 1_000_000;
const HEAD = ` A reviewer's note. What it is about was written by the tool and binds the note to the data and the limits that were shown.
 Who, when, verdict and text are yours: the tool fills in none of them. Commit the file under your name.
 verdict: accepted, investigate or act.`;

/** Where the notes on a product stand: beside its file, as sign-offs do; those on two files at the root of the workspace. */
export function reviewFolder(config: string | null): string {
  return inFolder(config === null ? "" : folderOf(config), ".mlops/reviews");
}

/**
 * The file for a note, with all that a person has to say left empty.
 * @param taken names that the folder of notes holds.
 */
export function noteDraft(
  { subject, product, result, identity, today }: NoteWish,
  taken: readonly string[],
): { readonly path: string; readonly text: string } {
  const stem = `${today}-${slug(`${product === null ? "" : `${product.name}-`}${subject}`)}`;
  const used = new Set(taken.map((name) => name.toLowerCase()));
  let number = 1;
  while (used.has(`${stem}-${number}.yaml`)) {
    number++;
  }
  const document = new Document({
    version: 1,
    subject,
    ...(product === null ? {} : { product: product.name, config: product.config }),
    ...(result === null ? {} : { result }),
    about: toAbout(identity),
    who: { name: null, email: null },
    when: null,
    verdict: null,
    text: null,
  });
  document.commentBefore = HEAD;
  return {
    path: `${reviewFolder(product?.config ?? null)}/${stem}-${number}.yaml`,
    text: document.toString({ lineWidth: 0, nullStr: "", flowCollectionPadding: false }),
  };
}

function toAbout(identity: ReviewIdentity): object {
  const { mode, window, datasetShare, commit, reference, live, limits } = identity;
  const time = (value: number | null): string | null => (value === null ? null : new Date(value).toISOString());
  return {
    commit,
    mode,
    window: window === null ? "all rows" : { from: time(window.from), to: time(window.to) },
    reference,
    live,
    dataset_share: datasetShare,
    limits,
  };
}

/** All notes of a folder, the newest first, and sentences about files that cannot be read. */
export async function readNotes(
  folder: string,
  files: Pick<ResultFiles, "names" | "readText">,
  signal: CancelSignal,
): Promise<{ readonly notes: readonly ReviewNote[]; readonly problems: readonly string[] }> {
  const notes: ReviewNote[] = [];
  const problems: string[] = [];
  for (const name of (await files.names(folder, signal))
    .filter((one) => /\.ya?ml$/.test(one))
    .sort()
    .reverse()) {
    const path = inFolder(folder, name);
    try {
      const text = await files.readText(path, signal);
      notes.push(...(text === null ? [] : [readNote(path, text)]));
    } catch (error) {
      signal.throwIfAborted();
      problems.push(`The note ${path} cannot be read: ${reasonOf(error)}.`);
    }
  }
  return { notes, problems };
}

/**
 * Reads a note.
 * @throws Error with a sentence when the text is no YAML mapping.
 */
export function readNote(path: string, text: string): ReviewNote {
  if (text.length > LONGEST) {
    throw new Error("it is larger than 1 MB");
  }
  const read = plainYaml(text);
  if (read.problem !== null) {
    throw new Error(read.problem.replace(/\.$/, ""));
  }
  const root = read.value;
  if (!isRecord(root)) {
    throw new Error("it is no YAML mapping");
  }
  const who = root["who"];
  const person = isRecord(who) ? who : { name: who };
  const verdict = textOf(root["verdict"])?.toLowerCase();
  return {
    path,
    subject: textOf(root["subject"]),
    product: textOf(root["product"]),
    who: { name: textOf(person["name"]), email: textOf(person["email"]) },
    when: timeOf(root["when"]),
    verdict: REVIEW_VERDICTS.find((one) => one === verdict) ?? null,
    text: textOf(root["text"]),
    identity: isRecord(root["about"]) ? identityOf(root["about"]) : null,
  };
}

export interface NoteState {
  /** A person has said something; a draft that nobody has filled in has not. */
  readonly isFilled: boolean;
  /** Null where what it was written about is what is shown; otherwise one line that says what changed. */
  readonly outdated: string | null;
  readonly changes: readonly string[];
}

/** Whether a note still is about what is shown. */
export function noteState({ identity, verdict, text }: ReviewNote, current: ReviewIdentity): NoteState {
  const changes = identity === null ? ["The note does not say what it is about."] : identityChanges(identity, current);
  return { isFilled: verdict !== null || text !== null, changes, outdated: changes.length === 0 ? null : changes.join(" ") };
}

function identityOf(about: Record<string, unknown>): ReviewIdentity {
  const window = isRecord(about["window"]) ? about["window"] : null;
  const share = about["dataset_share"];
  return {
    mode: about["mode"] === "evidently" ? "evidently" : "own",
    reference: filesOf(about["reference"]),
    live: filesOf(about["live"]),
    window: window === null ? null : { from: timeOf(window["from"]), to: timeOf(window["to"]) },
    limits: (Array.isArray(about["limits"]) ? about["limits"] : []).filter(isRecord).map(limitsOf),
    datasetShare: typeof share === "number" ? share : 0,
    commit: textOf(about["commit"]),
  };
}

function filesOf(value: unknown): readonly ReviewedFile[] {
  return (Array.isArray(value) ? value : []).filter(isRecord).map(({ path, bytes, sha256 }) => ({
    path: textOf(path) ?? "",
    bytes: typeof bytes === "number" ? bytes : null,
    sha256: textOf(sha256),
  }));
}

function limitsOf({ method, warn, fail, columns }: Record<string, unknown>): ReviewedLimits {
  return {
    method: textOf(method),
    warn: typeof warn === "number" ? warn : null,
    fail: typeof fail === "number" ? fail : null,
    columns: (Array.isArray(columns) ? columns : []).flatMap((name: unknown) =>
      typeof name === "string" || typeof name === "number" ? [String(name)] : [],
    ),
  };
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 60)
    .replace(/^-+|[-\ud800-\udbff]+$/g, "");
  return plain === "" ? "note" : plain;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  const text = typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
  return text === "" ? null : text;
}

function timeOf(value: unknown): number | null {
  const time = typeof value === "string" ? Date.parse(value) : value instanceof Date ? value.getTime() : Number.NaN;
  return Number.isFinite(time) ? time : null;
}
