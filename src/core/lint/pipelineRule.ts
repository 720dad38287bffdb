import type { TextRange } from "../base/textEdit";
import type { Policy } from "../config/policy";
import type { Product } from "../config/product";
import type { Fact, OwnerCandidate } from "./lintFacts";
import type { CouldNotCheck, RuleFinding } from "./lintRule";
import type { RuleMeta } from "./ruleMeta";
import type { PipelineFile, PipelineSource } from "./sources/pipelineSource";

/** A product's file of the workspace. */
export interface ProductFile {
  /** From the root of the workspace. */
  readonly path: string;
  readonly product: Product;
}

/** What rules may know of a pipeline beyond its file. */
export interface PipelineFacts {
  /** Whom CODEOWNERS names for the file, as written there; empty where there is no such file. */
  readonly codeowners: Fact<readonly string[]>;
  /** Who may own the pipeline, from CODEOWNERS and git. */
  readonly owners: Fact<readonly OwnerCandidate[]>;
  /** The files that the source's `outerFiles` names, as far as they are there. */
  readonly outer: Fact<readonly PipelineFile[]>;
  /** All products of the workspace. */
  readonly products: Fact<readonly ProductFile[]>;
}

export interface PipelineContext {
  readonly source: PipelineSource;
  readonly file: PipelineFile;
  readonly policy: Policy;
  readonly facts: PipelineFacts;
  /** YYYY-MM-DD in the user's time zone. */
  readonly today: string;
}

/** As of a product's rule, but the place is a range, because files of other tools have no schema of ours. */
export type PipelineFinding = Pick<RuleFinding, "message" | "fixes" | "noFix"> & { readonly range: TextRange };

export interface PipelineRule {
  readonly meta: RuleMeta;
  /** Pure: equal contexts give equal findings. */
  check(context: PipelineContext): readonly (PipelineFinding | CouldNotCheck)[];
}
