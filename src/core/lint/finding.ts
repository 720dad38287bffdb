import type { TextRange } from "../base/textEdit";
import type { Fix } from "./fix";
import type { RuleMeta, Severity } from "./ruleMeta";

/** Another place that a finding is about, to be looked at. */
export interface RelatedPlace {
  /** From the folder of the file that has the finding. */
  readonly path: string;
  /** From 0; null where no line of its own is known. */
  readonly line: number | null;
  /** What stands there, as a sentence. */
  readonly message: string;
  /** Whether the file was generated from this one, so that generating it anew mends it. */
  readonly isGenerated: boolean;
}

/** A finding as editor, command line and CI show it. */
export interface Finding {
  /** Readable name of the rule, e.g. "owner-missing". */
  readonly rule: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  readonly fixes: readonly Fix[];
  /** Why there is no fix; null where there is one. */
  readonly noFix: string | null;
  /** Whether `lint.ignore` can silence it. */
  readonly suppressible: boolean;
  readonly meta: RuleMeta;
  /** Where the other half of a contradiction stands; left out where there is none. */
  readonly related?: readonly RelatedPlace[];
}
