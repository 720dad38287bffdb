import type { JudgedItem, StatusCounts } from "../annex/judgedItem";

/** Where something stands; drawn as a link where the reader has the files. */
export interface ReportPlace {
  /** From the root of the workspace, with forward slashes. */
  readonly file: string;
  /** From 1; null for a whole file. */
  readonly line: number | null;
  /** As `data[0].origin`; null for a file. */
  readonly field: string | null;
}

export type ReportCell = string | ReportPlace;

/** A curve over checks; a gap is null. */
export interface ReportChart {
  readonly kind: "chart";
  readonly caption: string;
  /** What the points stand at, the oldest first. */
  readonly labels: readonly string[];
  readonly values: readonly (number | null)[];
  /** A line to hold, with its words. */
  readonly limit: { readonly label: string; readonly value: number } | null;
}

export type ReportBlock =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "warning"; readonly text: string }
  | { readonly kind: "heading"; readonly text: string }
  | {
      readonly kind: "facts";
      readonly rows: readonly { readonly label: string; readonly value: string; readonly place: ReportPlace | null }[];
    }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly ReportCell[])[];
    }
  | ReportChart;

export interface ReportSection {
  readonly number: number;
  /** Stable, such as "summary". */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

/** Something that is not documented, with who answers for it and from when it is asked. */
export interface ReportGap {
  readonly what: string;
  readonly article: string | null;
  readonly status: JudgedItem["status"];
  readonly why: string;
  readonly owner: string;
  /** In words. */
  readonly due: string;
  readonly place: ReportPlace | null;
}

export type ReportAudience = "internal" | "external";

/** A report as data: what Markdown, HTML and JSON are written from. Fields are a promise to scripts; they may be added to. */
export interface ComplianceReport {
  readonly kind: "compliance-report";
  readonly schema: 1;
  readonly audience: ReportAudience;
  readonly product: string;
  readonly config: string;
  readonly config_sha256: string;
  readonly version: string | null;
  readonly digest: string | null;
  readonly commit: string | null;
  readonly dirty: boolean | null;
  readonly stage: string;
  readonly risk: string;
  readonly owner: string;
  readonly tool: string;
  readonly calendar_checked_on: string;
  readonly items_checked_on: string;
  readonly notice: string;
  readonly summary: StatusCounts;
  readonly gaps: readonly ReportGap[];
  readonly items: readonly JudgedItem[];
  readonly sign_offs: readonly {
    readonly file: string;
    readonly subject: string;
    readonly state: string;
    readonly who: string;
    readonly when: string | null;
    readonly expires: string | null;
    readonly sha256: string | null;
  }[];
  readonly findings: readonly {
    readonly code: string;
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly line: number;
  }[];
  readonly sections: readonly ReportSection[];
  readonly made: { readonly on: string };
}

export const NOTICE =
  "Not legal advice. This report says what is documented, missing or expired and what needs a person's decision; whether that is enough is for a lawyer to say.";
