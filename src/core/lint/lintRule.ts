import type { TextRange } from "../base/textEdit";
import type { ConfigFile } from "../config/configFile";
import type { ConfigPath } from "../config/configPath";
import type { Policy } from "../config/policy";
import type { Product } from "../config/product";
import type { RegulationCalendar } from "../config/regulationCalendar";
import type { RelatedPlace } from "./finding";
import type { Fix } from "./fix";
import type { LintFacts } from "./lintFacts";
import type { LintStage, RuleMeta, Severity } from "./ruleMeta";

export interface LintContext {
  readonly config: ConfigFile<Product>;
  readonly product: Product;
  readonly stage: LintStage;
  readonly policy: Policy;
  /** YYYY-MM-DD in the user's time zone. */
  readonly today: string;
  readonly calendar: RegulationCalendar;
  readonly facts: LintFacts;
}

/** What a rule found, before severity, policy and suppressions. */
export interface RuleFinding {
  readonly message: string;
  /** The value that is wrong, or where one lacks; the nearest written part is marked. */
  readonly at: ConfigPath;
  /** Exact place, where the path is not exact enough. */
  readonly range?: TextRange;
  /** In place of the stage's, e.g. when a duty has not begun yet. "off" drops it. */
  readonly severity?: Severity | "off";
  readonly fixes: readonly Fix[];
  /** Why there is no fix, where the rule's own sentence does not fit. */
  readonly noFix?: string;
  /** False for a finding that nobody may silence although others of its rule may be, e.g. a secret. */
  readonly suppressible?: false;
  /** Where the other half of a contradiction stands. */
  readonly related?: readonly RelatedPlace[];
}

/** A fact that could not be had; shown once a file, as information. */
export interface CouldNotCheck {
  /** "whether the pipeline dvc.yaml exists" */
  readonly couldNotCheck: string;
  /** The reason that the fact gives, without a full stop. */
  readonly why: string;
}

export interface LintRule {
  readonly meta: RuleMeta;
  /** Pure: equal contexts give equal findings, in the order of the file. */
  check(context: LintContext): readonly (RuleFinding | CouldNotCheck)[];
}
