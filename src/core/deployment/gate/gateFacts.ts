import type { ConfigFile } from "../../config/configFile";
import type { Product } from "../../config/product";
import type { RegulationCalendar } from "../../config/regulationCalendar";
import type { DriftStatus } from "../../drift/driftReport";
import type { SignOffRegister } from "../../governance/signOffStanding";
import type { EvaluationFact, Fact } from "../../lint/lintFacts";
import type { LintResult } from "../../lint/runLint";
import type { ModelVersion } from "../../tracking/registeredModel";
import type { Run } from "../../tracking/run";
import type { DeploymentEntry } from "../deployment";
import type { EvaluationFigure } from "./evaluationFigures";
import type { GateWish } from "./gate";

/** The product's file. */
export interface GateFile {
  readonly text: string;
  /** Hex. */
  readonly sha256: string;
  readonly config: ConfigFile<Product>;
}

/** What the registry holds. */
export interface RegistryFact {
  /** Null where it has no such version. */
  readonly version: ModelVersion | null;
  /** Version by alias, over all versions of the model. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** The report that `evaluation.report` names. */
export interface EvaluationReport extends EvaluationFact {
  /** Relative to the workspace. */
  readonly file: string;
  readonly sha256: string | null;
  readonly figures: readonly EvaluationFigure[];
}

/** The repository as it stands. */
export interface TreeFact {
  readonly commit: string;
  /** Paths that are not as the commit has them and that count, relative to the workspace. */
  readonly changed: readonly string[];
}

/** What became another model since the evaluation. */
export interface SinceEvaluation {
  /** As file, report or run name it. */
  readonly commit: string;
  /** Who names it: "report", "file" or "run". */
  readonly source: "report" | "file" | "run";
  /** False where the repository has no such commit. */
  readonly isFound: boolean;
  /** Files of the training that differ between then and now, relative to the workspace. */
  readonly changed: readonly string[];
  /** Blocks of the product's file that say how the model is made, and differ. */
  readonly blocks: readonly string[];
}

/** The newest check of monitoring. */
export interface DriftFact {
  readonly status: DriftStatus;
  readonly verdict: string;
  /** How it stands without figures of rows that the version at work scored. */
  readonly withoutScores: { readonly status: DriftStatus; readonly verdict: string };
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
  readonly isOld: boolean;
  /** Of the result, relative to the workspace. */
  readonly file: string;
}

/** A document that may name a day. */
export interface DocumentFact {
  readonly file: string;
  readonly text: string;
}

/** All that the gate knows. Unknown is never a pass: each fact that a check needs and lacks makes it "could not judge". */
export interface GateFacts {
  readonly wish: GateWish;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Milliseconds since 1970: for what ends at an hour, such as an emergency exception. */
  readonly now: number;
  readonly calendar: RegulationCalendar;
  readonly file: Fact<GateFile>;
  /** Judged for the stage that the target stands for. */
  readonly lint: Fact<LintResult>;
  readonly registry: Fact<RegistryFact>;
  /** `sha256:…`, worked out from the version's files. */
  readonly digest: Fact<string>;
  /** Null where the file links none. */
  readonly evaluation: Fact<EvaluationReport | null>;
  /** The run that made the version; null where the registry names none. */
  readonly run: Fact<Run | null>;
  readonly tree: Fact<TreeFact>;
  /** Null where nothing says which commit was evaluated. */
  readonly since: Fact<SinceEvaluation | null>;
  /** Null where the product was never checked. */
  readonly drift: Fact<DriftFact | null>;
  readonly signOffs: Fact<SignOffRegister>;
  /** Lines of the deployment log, once all of it verifies; oldest first. */
  readonly deployments: Fact<readonly DeploymentEntry[]>;
  /** What `oversight.training` names; null where it names nothing or there is no such file. */
  readonly oversightTraining: Fact<DocumentFact | null>;
}
