import { plainYaml } from "../config/yaml/plainYaml";
import type { SignOffEvidence } from "./signOffStanding";

/** What an approval is bound to, and whether the approver found it answered. */
interface Condition {
  readonly text: string;
  readonly isAnswered: boolean;
}

/** One person's decision, as its file says it. Parts that lack or are not of the right kind are null. */
export interface SignOff {
  readonly subject: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly role: string | null;
  /** RFC 3339. */
  readonly when: string | null;
  readonly commit: string | null;
  readonly model: { readonly name: string | null; readonly version: string | null; readonly digest: string | null };
  readonly configSha256: string | null;
  readonly decision: string | null;
  readonly conditions: readonly Condition[];
  readonly evidence: readonly SignOffEvidence[];
  readonly statement: string | null;
  readonly expires: string | null;
  readonly supersedes: string | null;
  /** Whom the draft was made for. */
  readonly asked: { readonly role: string | null; readonly people: readonly string[] };
}

/** Sign-offs of a product stand in this folder beside its file, one a decision. */
export const SIGN_OFF_FOLDER = ".mlops/signoffs";

/** A decision, its reasons and its evidence; no honest file comes near. */
const LONGEST = 256 * 1024;

/**
 * Reads one file of `.mlops/signoffs/`.
 * @throws Error with a sentence when the text is no YAML mapping.
 */
export function readSignOff(text: string): SignOff {
  if (text.length > LONGEST) {
    throw new Error("The sign-off is larger than 256 kB.");
  }
  const read = plainYaml(text);
  if (read.problem !== null) {
    throw new Error(`The sign-off cannot be read: ${read.problem}`);
  }
  const root = read.value;
  if (!isRecord(root)) {
    throw new Error("The sign-off is no YAML mapping.");
  }
  const who = recordOf(root["who"]);
  const model = recordOf(root["model"]);
  const asked = recordOf(root["asked"]);
  return {
    subject: textOf(root["subject"]),
    name: textOf(who["name"]),
    email: textOf(who["email"])?.toLowerCase() ?? null,
    role: textOf(who["role"]),
    when: textOf(root["when"]),
    commit: textOf(root["commit"]),
    model: { name: textOf(model["name"]), version: textOf(model["version"]), digest: textOf(model["digest"]) },
    configSha256: textOf(root["config_sha256"]),
    decision: textOf(root["decision"]),
    conditions: itemsOf(root["conditions"]).flatMap(toCondition),
    evidence: itemsOf(root["evidence"]).flatMap(toEvidence),
    statement: textOf(root["statement"]),
    expires: textOf(root["expires"]),
    supersedes: textOf(root["supersedes"]),
    asked: {
      role: textOf(asked["role"]),
      people: itemsOf(asked["people"]).flatMap((one) => textOf(one)?.toLowerCase() ?? []),
    },
  };
}

/** A condition is a sentence, or `{what, answer}` where the approver already found it answered; one that cannot be read stays open. */
function toCondition(item: unknown): readonly Condition[] {
  if (isRecord(item)) {
    return [{ text: textOf(item["what"]) ?? "a condition without words", isAnswered: textOf(item["answer"]) !== null }];
  }
  const text = textOf(item);
  return item === null || item === undefined ? [] : [{ text: text ?? "a condition without words", isAnswered: false }];
}

/** A path alone is evidence too, of which nobody can tell whether it changed. */
function toEvidence(item: unknown): readonly SignOffEvidence[] {
  const path = textOf(isRecord(item) ? item["path"] : item);
  const sha256 = isRecord(item) ? textOf(item["sha256"]) : null;
  return path === null ? [] : [{ path, sha256: sha256?.toLowerCase().replace(/^sha256:/, "") ?? null }];
}

/** One item in place of a list is taken for a list of one. */
function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** A version may be written as a number. */
function textOf(value: unknown): string | null {
  const text = typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
  return text === "" ? null : text;
}
