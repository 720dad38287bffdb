import type { ProcessorState } from "../../core/compute/followProcessors";
import type { NodeState } from "../../core/compute/nodeStates";
import type { SourceState } from "./computeBoard";

/** A machine in the view. */
export interface MachineNode {
  readonly kind: "machine";
  readonly state: SourceState;
  readonly node: NodeState;
}

export interface ProcessorNode {
  readonly kind: "processor";
  readonly state: SourceState;
  readonly processor: ProcessorState;
}

export interface ComputeProblemNode {
  readonly kind: "problem";
  readonly state: SourceState;
}

export type ComputeNode = MachineNode | ProcessorNode | ComputeProblemNode;
