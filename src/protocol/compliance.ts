/** What the compliance page and its host tell each other. Days are YYYY-MM-DD. */

/** Nobody but a lawyer says more than this. */
export type ComplianceStatus = "documented" | "missing" | "expired" | "needs_person";

/** Where a click leads: a line of a file, or a whole file. Only places that the host told can be opened. */
export interface CompliancePlace {
  /** From the root of the workspace, with forward slashes. */
  readonly file: string;
  /** From 1; null for a whole file. */
  readonly line: number | null;
  /** As people read it: "data[0].origin", or the file's name. */
  readonly label: string;
  readonly status: ComplianceStatus;
}

export interface ComplianceItem {
  readonly id: string;
  /** As the law counts, such as "2(g)". */
  readonly number: string;
  readonly title: string;
  readonly article: string;
  readonly status: ComplianceStatus;
  /** One sentence. */
  readonly why: string;
  readonly isAsked: boolean;
  /** "from 2 Dec 2027" or "applies now, since 2 Aug 2026". */
  readonly due: string;
  readonly owner: string;
  readonly places: readonly CompliancePlace[];
}

export interface ComplianceHeading {
  readonly title: string;
  readonly items: readonly ComplianceItem[];
}

export type ComplianceCounts = Readonly<Record<ComplianceStatus, number>>;

export interface ComplianceGroup {
  readonly id: string;
  readonly title: string;
  readonly article: string;
  readonly asked: "yes" | "no" | "undecided";
  readonly why: string;
  readonly counts: ComplianceCounts;
  readonly headings: readonly ComplianceHeading[];
}

export interface ComplianceSignOff {
  readonly subject: string;
  readonly role: string | null;
  readonly ask: string;
  /** As a person reads it: "given", "open", "stale", "later", … */
  readonly state: string;
  /** False for a decision that a later stage needs. */
  readonly isDue: boolean;
  readonly status: ComplianceStatus;
  /** Why it is needed, or why it stands so. */
  readonly why: string;
  readonly place: CompliancePlace | null;
}

export interface ComplianceChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
  readonly place: CompliancePlace | null;
}

export interface CompliancePageData {
  readonly notice: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly counts: ComplianceCounts;
  /** Emergency exceptions in force, a sentence each. */
  readonly exceptions: readonly string[];
  /** Why people of compliance and data protection should be asked now; null where they were, or need not be. */
  readonly hint: string | null;
  readonly groups: readonly ComplianceGroup[];
  readonly signOffs: readonly ComplianceSignOff[];
  readonly changes: { readonly text: string; readonly rows: readonly ComplianceChange[] };
  /** What could not be looked up, a sentence each. */
  readonly problems: readonly string[];
}

export interface ComplianceView {
  readonly product: string;
  readonly config: string;
  readonly version: string | null;
  readonly isBusy: boolean;
  readonly failure: { readonly message: string; readonly remedy: string | null } | null;
  readonly page: CompliancePageData | null;
}

export type ComplianceFormat = "markdown" | "html" | "json" | "modelcard" | "cyclonedx";

export interface ComplianceHost {
  connect(params: Record<string, never>): {
    readonly texts: Readonly<Record<string, string>>;
    readonly target: unknown;
    readonly view: ComplianceView;
  };
  refresh(params: Record<string, never>): void;
  open(params: { readonly file: string; readonly line: number | null }): void;
  export(params: { readonly format: ComplianceFormat; readonly audience: "internal" | "external" }): void;
  /** Makes a draft for a person to fill in. */
  requestSignOff(params: { readonly subject: string; readonly role: string | null }): void;
}

export interface CompliancePage {
  view(view: ComplianceView): void;
}
