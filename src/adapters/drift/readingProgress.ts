import type { DriftProgress, DriftRequest } from "../../core/drift/driftService";

type Report = (done: number, total: number) => void;

/** Progress of both sides as one, in bytes. Each side reports at most ten times a second. */
export function readingProgress(
  { labels }: Pick<DriftRequest, "labels">,
  tell: (progress: DriftProgress) => void,
): { readonly reference: Report; readonly current: Report } {
  const known = { reference: { done: 0, total: 0 }, current: { done: 0, total: 0 } };
  let toldAt = -Infinity;
  const report =
    (side: "reference" | "current"): Report =>
    (done, total) => {
      known[side] = { done, total };
      const sum = { done: known.reference.done + known.current.done, total: known.reference.total + known.current.total };
      const now = performance.now();
      if (now - toldAt >= 100 || sum.done >= sum.total) {
        toldAt = now;
        const text =
          labels.reference === labels.current ? `Reading ${labels.current}` : `Reading ${labels.reference} and ${labels.current}`;
        tell({ text, ...sum });
      }
    };
  return { reference: report("reference"), current: report("current") };
}
