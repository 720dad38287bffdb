import type { RegulationCalendar } from "../config/regulationCalendar";
import type { Policy } from "../config/policy";
import type { Product } from "../config/product";
import type { MonthCost } from "../cost/costSummary";
import type { DeploymentEntry } from "../deployment/deployment";
import type { NeededSignOff, SignOffStanding } from "../governance/signOffStanding";
import type { Fact, LintFacts } from "../lint/lintFacts";
import type { FileLint } from "../lint/workspace/fileLint";
import type { MonitoringResult } from "../monitoring/monitoringResult";
import type { TrainingJob } from "../training/trainingJob";
import type { RunFact } from "./storeFacts";

/** Results of checks: the newest ones read, all of them by time. */
export interface CheckEvidence {
  /** The newest first. */
  readonly results: readonly MonitoringResult[];
  /** All that there are, with who started them as far as that was read. */
  readonly starts: readonly { readonly at: number; readonly by: "person" | "automation" | null }[];
}

/** All that is known of one product when its lights are worked out. Nothing in it is a guess: what could not be had says why. */
export interface ProductEvidence {
  /** Relative to the workspace. */
  readonly config: string;
  readonly name: string;
  readonly product: Product;
  readonly policy: Policy;
  readonly calendar: RegulationCalendar;
  readonly lint: FileLint;
  readonly facts: Pick<LintFacts, "pipelineAuthors" | "pipelines" | "registryVersions">;
  readonly storeId: string | null;
  /** Runs of the product, the newest first; none where there is no store yet. Unknown says why without a full stop at the end. */
  readonly runs: Fact<readonly RunFact[]>;
  /** Aliases of the product's registered model, by alias; null where no registry that could be read holds it. */
  readonly aliases: ReadonlyMap<string, string> | null;
  readonly checks: CheckEvidence;
  /** The newest first. */
  readonly jobs: readonly TrainingJob[];
  /** Of its log, oldest first; products of one folder share a log. */
  readonly deployments: readonly DeploymentEntry[];
  readonly needed: readonly NeededSignOff[];
  readonly standings: readonly SignOffStanding[];
  /** This month; null where it is not worked out. */
  readonly cost: MonthCost | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** YYYY-MM-DD, where the user is. */
  readonly today: string;
}
