import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import type { DetectedPipeline, LintFacts } from "../lintFacts";
import { unknownFacts } from "../unknownFacts";
import type { LintPorts } from "./lintPorts";

export interface GatherInput {
  readonly product: Product;
  /** The product's file, in the workspace. */
  readonly path: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** All pipelines of the workspace; their paths count from its root. */
  readonly pipelines: readonly DetectedPipeline[];
}

/** Looks up all that rules may ask about a product. */
export function gatherFacts(_input: GatherInput, _ports: LintPorts, _signal: CancelSignal): Promise<LintFacts> {
  return Promise.resolve(unknownFacts("nothing was looked up"));
}
