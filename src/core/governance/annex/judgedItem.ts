/** What can be said of an item without a lawyer. */
export type ItemStatus = "documented" | "missing" | "expired" | "needs_person";

/** Where something is written, or would have to be. */
export interface ItemPlace {
  /** From the root of the workspace, with forward slashes. */
  readonly file: string;
  /** From 1; null for a whole file. */
  readonly line: number | null;
  /** As `data[0].origin`; null for a document. */
  readonly field: string | null;
  readonly status: ItemStatus;
}

/** Who answers for something; all null where nobody does. */
export interface ItemOwner {
  /** Key below `roles`. */
  readonly role: string;
  readonly name: string | null;
  readonly address: string | null;
}

/** One item of the law, judged. */
export interface JudgedItem {
  readonly id: string;
  readonly group: string;
  readonly heading: string;
  readonly number: string;
  readonly title: string;
  readonly article: string;
  readonly status: ItemStatus;
  /** One sentence. */
  readonly why: string;
  /** Whether the law asks this of the model: "undecided" while nobody has said what the model is. */
  readonly asked: "yes" | "no" | "undecided";
  /** The day from which it is asked. */
  readonly due: { readonly date: string; readonly applies: boolean };
  readonly owner: ItemOwner;
  /** The first is where a person looks first. */
  readonly places: readonly ItemPlace[];
}

export interface JudgedGroup {
  readonly id: string;
  readonly title: string;
  readonly article: string;
  readonly asked: JudgedItem["asked"];
  /** One sentence: why it is asked or not. */
  readonly why: string;
  readonly items: readonly JudgedItem[];
}

export interface StatusCounts {
  readonly documented: number;
  readonly missing: number;
  readonly expired: number;
  readonly needs_person: number;
}

/** Of what is asked, or may be. */
export function countItems(groups: readonly JudgedGroup[]): StatusCounts {
  const counts = { documented: 0, missing: 0, expired: 0, needs_person: 0 };
  for (const { asked, status } of groups.flatMap(({ items }) => items)) {
    if (asked !== "no") {
      counts[status]++;
    }
  }
  return counts;
}

/** As people read it. */
export const STATUS_WORDS: Readonly<Record<ItemStatus, string>> = {
  documented: "documented",
  missing: "missing",
  expired: "expired",
  needs_person: "needs a person",
};
