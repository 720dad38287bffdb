import type { SignOffSubject } from "../signOffStanding";

/** How a field has to be answered. */
export type AnswerKind = "text" | "sentence" | "list" | "file" | "date" | "decision" | "person" | "role";

/** One field of an mlops.yaml that speaks of an item. */
export interface FieldRequirement {
  /** Keys with dots; `data[].origin` stands for each set of data. */
  readonly field: string;
  readonly as: AnswerKind;
  /** Of `data[]`: which sets are meant; null for all. */
  readonly uses: readonly string[] | null;
  /** Of a file: the heading of its template that speaks of the item; null for the whole file. */
  readonly heading: string | null;
  /** Whether an empty list says "none". */
  readonly emptyIsAnswer: boolean;
  /** Whether the file has to be looked at again once the training data has changed. */
  readonly followsData: boolean;
}

export interface DocumentationItem {
  /** Unique, such as "annex-iv/1(a)". */
  readonly id: string;
  /** As the law counts, such as "1(a)". */
  readonly number: string;
  readonly title: string;
  readonly article: string;
  /** Who answers for it: a key below `roles`. */
  readonly owner: string;
  /** A decision that belongs to it, where one is needed. */
  readonly signOff: SignOffSubject | null;
  /** The item is asked unless the file gives this answer; `ifAbsent` says whether it is asked where the file gives none. Null where it is asked always. */
  readonly when: { readonly field: string; readonly not: string; readonly ifAbsent: boolean } | null;
  /** What a finding of such a rule makes of the item. */
  readonly rules: readonly { readonly code: string; readonly status: "missing" | "expired" }[];
  /** Ways to answer it; one of them is enough, and all fields of that one are needed. */
  readonly any: readonly (readonly FieldRequirement[])[];
}

export interface DocumentationHeading {
  readonly number: string;
  readonly title: string;
  readonly items: readonly DocumentationItem[];
}

export interface DocumentationGroup {
  readonly id: string;
  readonly title: string;
  readonly article: string;
  /** Of the regulation calendar; "high-risk" for the day that fits the kind of the model. */
  readonly duty: string;
  readonly askedOf: "high_risk" | "personal_data";
  readonly headings: readonly DocumentationHeading[];
}

/** What the law wants to see written down: data, because legislators change it. */
export interface DocumentationItems {
  /** Day on which somebody last compared the list with the law, YYYY-MM-DD. */
  readonly checkedOn: string;
  readonly groups: readonly DocumentationGroup[];
}

type Json = Readonly<Record<string, unknown>>;

const KINDS: readonly string[] = ["text", "sentence", "list", "file", "date", "decision", "person", "role"] satisfies readonly AnswerKind[];

/**
 * Reads `schemas/documentation-items.json`.
 * @throws Error when it is no such file: it ships with the product, so a broken one is a broken build.
 */
export function readDocumentationItems(json: unknown): DocumentationItems {
  const { checked_on: checkedOn, groups } = json as Json;
  const read = list(groups).map((group) => readGroup(group));
  const ids = read.flatMap(({ headings }) => headings.flatMap(({ items }) => items.map(({ id }) => id)));
  if (new Set(ids).size < ids.length || ids.length === 0) {
    throw new Error("The list of documentation items is empty or names an item twice.");
  }
  return { checkedOn: text(checkedOn), groups: read };
}

function readGroup(json: unknown): DocumentationGroup {
  const { id, title, article, duty, asked_of: askedOf, headings } = json as Json;
  if (askedOf !== "high_risk" && askedOf !== "personal_data") {
    throw new Error(`The list of documentation items asks of nobody known: ${JSON.stringify(askedOf)}.`);
  }
  const group = { id: text(id), title: text(title), article: text(article), duty: text(duty), askedOf } as const;
  return {
    ...group,
    headings: list(headings).map((heading) => {
      const { number, title: name, items } = heading as Json;
      return { number: text(number), title: text(name), items: list(items).map((item) => readItem(item, group)) };
    }),
  };
}

function readItem(json: unknown, group: Pick<DocumentationGroup, "id" | "askedOf">): DocumentationItem {
  const { number, title, article, owner, sign_off: signOff, when, rules, any } = json as Json;
  const { field, not, if_absent: ifAbsent } = (when ?? {}) as Json;
  const law = group.askedOf === "high_risk" ? `AI Act Annex IV${text(number).replace(/^\d+/, "($&)")}` : `GDPR Art. ${text(number)}`;
  return {
    id: `${group.id}/${text(number)}`,
    number: text(number),
    title: text(title),
    article: article === undefined ? law : text(article),
    owner: text(owner),
    signOff: signOff === undefined ? null : (text(signOff) as SignOffSubject),
    when: when === undefined ? null : { field: text(field), not: text(not), ifAbsent: ifAbsent === true },
    rules: list(rules ?? []).map((rule) => {
      const { code, status } = rule as Json;
      return { code: text(code), status: status === "expired" ? "expired" : "missing" };
    }),
    any: list(any).map((way) => list(way).map(readRequirement)),
  };
}

function readRequirement(json: unknown): FieldRequirement {
  const { field, as, uses, heading, empty_is_answer: emptyIsAnswer, follows } = json as Json;
  const kind = as === undefined ? "text" : text(as);
  if (!KINDS.includes(kind)) {
    throw new Error(`The list of documentation items asks for an unknown kind of answer: ${kind}.`);
  }
  return {
    field: text(field),
    as: kind as AnswerKind,
    uses: uses === undefined ? null : list(uses).map(text),
    heading: heading === undefined ? null : text(heading),
    emptyIsAnswer: emptyIsAnswer === true,
    followsData: follows === "data",
  };
}

function text(value: unknown): string {
  if (typeof value !== "string" || value === "") {
    throw new Error(`The list of documentation items lacks a text: ${JSON.stringify(value)}.`);
  }
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new Error(`The list of documentation items lacks a list: ${JSON.stringify(value)}.`);
  }
  return value as readonly unknown[];
}
