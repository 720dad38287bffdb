export type Challenge = "effort" | "cost" | "performance" | "responsibility" | "compliance";

export type Severity = "error" | "warning" | "info";

export type LintStage = "development" | "staging" | "production";

/** What a rule is, for the editor, the command line, the docs and SARIF. */
export interface RuleMeta {
  /** Stable code, e.g. "RESP01". */
  readonly code: string;
  /** Readable name, e.g. "owner-missing": the diagnostic's code, the file's and the page's name. */
  readonly name: string;
  readonly challenge: Challenge;
  /** How much it weighs by stage, before policy and settings. A retired product is judged as in development. */
  readonly severity: Readonly<Record<LintStage, Severity | "off">>;
  /** One sentence: what must be there. */
  readonly summary: string;
  /** Why it matters, for the rule's page: two to four plain sentences. */
  readonly why: string;
  /** The law behind it, e.g. "AI Act Art. 14"; null where there is none. */
  readonly article: string | null;
  /** False for those that nobody may silence. */
  readonly suppressible: boolean;
  /** Why there is no quick fix; null where each finding has one. */
  readonly noFix: string | null;
  /** Only a file name of a pipeline of another tool is judged by it, no mlops.yaml. */
  readonly appliesTo: "product" | "pipeline";
}
