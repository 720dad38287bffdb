import type { DetectedPipeline, OwnerCandidate } from "../lint/lintFacts";

export type QuestionId =
  "name" | "file" | "purpose" | "owner" | "personalData" | "risk" | "pipeline" | "data" | "kpi" | "target" | "alert" | "review";

/** What was answered so far; null where the person decides later. */
export type NewModelDraft = Readonly<Partial<Record<QuestionId, string | null>>>;

/** What is known of the place where the file will lie. Everything may be empty: a model is described before there is anything. */
export interface NewModelFacts {
  /** Most active first. */
  readonly people: readonly OwnerCandidate[];
  readonly pipelines: readonly Pick<DetectedPipeline, "path" | "tool">[];
  /** Relative to the folder, nearest first. */
  readonly files: readonly string[];
  /** Names in the folder. */
  readonly taken: readonly string[];
}

export interface Choice {
  /** Null where the person decides later. */
  readonly value: string | null;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/** One plain question. Without choices any text is an answer that `fault` lets through. */
export interface Question {
  readonly id: QuestionId;
  readonly title: string;
  /** More words, or an example. */
  readonly hint: string;
  readonly choices: readonly Choice[] | null;
  /** Whether a text that is no choice may be typed; always true without choices. */
  readonly takesText: boolean;
  /** What stands in the field before anything is typed. */
  readonly proposal: string;
  /** Whether nothing at all is an answer: it is decided later. */
  readonly mayBeEmpty: boolean;
  /** Why a typed text is no answer; null where it is one. */
  readonly fault: (typed: string) => string | null;
}
