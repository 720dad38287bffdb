import type { TextRange } from "../base/textEdit";
import type { Fix } from "./fix";
import type { RuleMeta, Severity } from "./ruleMeta";

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
}
