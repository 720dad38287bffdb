import type { ConfigFile } from "../../config/configFile";
import type { Product } from "../../config/product";
import type { RegulationCalendar } from "../../config/regulationCalendar";
import type { DeploymentEntry } from "../../deployment/deployment";
import type { EvaluationFigure } from "../../deployment/gate/evaluationFigures";
import type { GateEntry } from "../../deployment/gate/gateEntry";
import type { Fact, RegisteredVersionFact } from "../../lint/lintFacts";
import type { LintStage } from "../../lint/ruleMeta";
import type { LintResult } from "../../lint/runLint";
import type { CommitState } from "../../monitoring/monitoringCheck";
import type { MonitoringResult } from "../../monitoring/monitoringResult";
import type { DocumentFacts } from "../annex/documentFact";
import type { JudgedGroup } from "../annex/judgedItem";
import type { ChainReading } from "../hashChain";
import type { SignOffRegister, SignOffStanding } from "../signOffStanding";

/** Figures of the file that `evaluation.report` names. */
export interface EvaluationFigures {
  /** From the root of the workspace; null where none is named or it lies outside. */
  readonly file: string | null;
  readonly figures: readonly EvaluationFigure[];
  /** Why there are none; null where there are. */
  readonly problem: string | null;
}

/** What was approved last: the file as it was at the commit that the sign-off names. */
export interface ApprovedState {
  readonly standing: SignOffStanding;
  /** Null where git does not hold that commit. */
  readonly product: Product | null;
}

/** An earlier report, as far as a later one compares itself with it. */
export interface EarlierReport {
  readonly file: string;
  /** YYYY-MM-DD. */
  readonly madeOn: string;
  readonly commit: string | null;
  readonly version: string | null;
  readonly digest: string | null;
  /** Status of each item, by its id. */
  readonly items: ReadonlyMap<string, string>;
  /** State of each sign-off, by its file. */
  readonly signOffs: ReadonlyMap<string, string>;
  /** How often each rule was broken, by its code. */
  readonly findings: ReadonlyMap<string, number>;
}

/** All that a report about one version of a model rests on. Plain data: the same facts give the same report. */
export interface ReportFacts {
  readonly tool: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly calendar: RegulationCalendar;
  /** The product's file, from the root of the workspace. */
  readonly path: string;
  readonly text: string;
  readonly configSha256: string;
  readonly config: ConfigFile<Product>;
  readonly product: Product;
  readonly stage: LintStage;
  readonly version: string | null;
  /** `sha256:…`. */
  readonly digest: string | null;
  readonly registered: Fact<readonly RegisteredVersionFact[]>;
  readonly commit: CommitState | null;
  readonly lint: LintResult;
  readonly register: SignOffRegister;
  readonly documents: DocumentFacts;
  readonly groups: readonly JudgedGroup[];
  readonly evaluation: EvaluationFigures;
  /** The oldest first. */
  readonly monitoring: readonly MonitoringResult[];
  readonly gateLog: ChainReading<GateEntry>;
  readonly deployments: ChainReading<DeploymentEntry>;
  readonly approved: ApprovedState | null;
  readonly earlier: EarlierReport | null;
  /** What could not be looked up, a sentence each. */
  readonly problems: readonly string[];
}
