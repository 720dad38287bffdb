import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { ComputeSource, ProcessorSample } from "../../core/compute/processor";
import type { Policy } from "../../core/config/policy";

/** What the composition root hands to the view of processors. */
export interface ComputeServices extends Disposable {
  /** @returns null where this machine has no way to tell of its processors. @throws AppError */
  read(source: ComputeSource, signal: CancelSignal): Promise<readonly ProcessorSample[] | null>;
  /** The policy of the workspace's first folder that has one. */
  policy(signal: CancelSignal): Promise<Policy>;
  now(): number;
}
