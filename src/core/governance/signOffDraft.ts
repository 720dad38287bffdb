import { oneLine } from "../base/oneLine";
import type { Product } from "../config/product";
import { sayCovered } from "./coveredSections";
import { sayDefaultExpiry } from "./expiry";
import { SIGN_OFF_FOLDER } from "./readSignOff";
import type { NeededSignOff, SignOffBinding } from "./signOffStanding";

export interface DraftWish {
  readonly product: Product;
  /** What is asked for, of whom and why. */
  readonly needed: Pick<NeededSignOff, "subject" | "role" | "ask" | "why">;
  /** What it will be bound to; null leaves that for a person as well. */
  readonly binding: SignOffBinding | null;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Whether a file of that name is there already, relative to the product's folder. */
  readonly isTaken?: (path: string) => boolean;
}

/**
 * A file for a person to fill in. It says what the decision is about and is bound to it; who decides, what and why is left empty, and never written by a program.
 * @returns its path, relative to the product's folder, and its text.
 */
export function signOffDraft({ product, needed, binding, today, isTaken = () => false }: DraftWish): {
  readonly path: string;
  readonly content: string;
} {
  const { subject, role, ask, why } = needed;
  const { name, version, digest } = product.model ?? {};
  const content = [
    "# A sign-off is a person's own decision: whoever decides fills in who, decision and statement, and commits the file",
    "# alone, with an own address as the author. Once committed it is never edited.",
    `# Why it is needed: ${oneLine(why, 300)}`,
    ...(ask.length === 0 ? [] : [`# Who is asked: ${ask.map((one) => oneLine(one, 100)).join(", ")}`]),
    `subject: ${subject}`,
    ...(role === null && ask.length === 0
      ? []
      : [
          `asked: {${role === null ? "" : `role:${value(role)}, `}people: [${ask.map((one) => JSON.stringify(oneLine(one, 100))).join(", ")}]}`,
        ]),
    "who:",
    "  name:",
    "  email:",
    "  role:",
    "when: # such as 2026-11-10T09:00:00Z; left empty, the time of the commit counts",
    "# What it is bound to; it no longer holds once that has changed.",
    `commit:${value(binding?.commit)}`,
    "model:",
    `  name:${value(name ?? product.name)}`,
    `  version:${value(version)}`,
    `  digest:${value(digest)}`,
    `config_sha256:${value(binding?.covered[subject])} # ${sayCovered(subject)}`,
    "decision: # approve, approve_with_conditions or reject",
    "conditions: [] # sentences, for approve_with_conditions",
    "evidence: [] # files that were looked at: {path: reports/eval.json, sha256: …}",
    "statement: # in your own words, 30 characters or more: what you looked at, and why you decide so",
    `expires: # a day such as 2027-05-10; left empty, it holds for ${sayDefaultExpiry(subject, product)}`,
    "supersedes: # the name of an earlier file whose place it takes",
    "",
  ].join("\n");
  return { path: freePath(`${SIGN_OFF_FOLDER}/${today}-${subject}-${personOf(ask, role)}`, isTaken), content };
}

/** The first who is asked, as far as an address tells; several products may stand in one folder, so that names may be taken. */
function freePath(base: string, isTaken: (path: string) => boolean): string {
  let path = `${base}.yaml`;
  for (let number = 2; isTaken(path); number++) {
    path = `${base}-${number}.yaml`;
  }
  return path;
}

function personOf([first]: readonly string[], role: string | null): string {
  const plain = (text: string): string =>
    text
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .slice(0, 60)
      .replace(/^[-.]+|[-.]+$/g, "");
  return plain(first?.replace(/@.*$/s, "") ?? "") || plain(role ?? "") || "someone";
}

function value(text: string | null | undefined): string {
  return text === null || text === undefined ? "" : ` ${JSON.stringify(text)}`;
}
