import type { DriftSegment } from "../../../protocol/drift";
import type { SegmentDrift } from "../driftService";

export function toSegmentRow({ value, rows, status, reason, dataset, worst }: SegmentDrift): DriftSegment {
  return { value, rows, state: status, reason, share: dataset?.share ?? null, worst };
}
