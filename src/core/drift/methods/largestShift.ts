import { sharesOf } from "../binning";
import { categoryMethod } from "../statistics/defineMethod";

/** L∞ distance max |p − q|: how far the share of that category moved which moved most. */
export const largestShift = categoryMethod(
  { id: "l_infinity", label: "Largest change of a share", result: "distance", threshold: 0.1, driftsAt: ">=" },
  ({ reference, current }) => {
    const q = sharesOf(current);
    return sharesOf(reference).reduce((largest, share, i) => Math.max(largest, Math.abs(share - (q[i] ?? 0))), 0);
  },
);
