import type { Dimension } from "./dimensions";

/** Axes at first; more can be added, and all that are left out are counted. */
const FIRST_AXES = 8;

/** What varies: parameters first, the metrics they lead to last. */
export function firstAxes(dimensions: readonly Dimension[]): readonly Dimension[] {
  const varying = dimensions.filter((dimension) => dimension.varies);
  const metrics = varying.filter((dimension) => dimension.section === "metrics");
  const params = varying.filter((dimension) => dimension.section === "params");
  const ends = metrics.slice(0, Math.max(2, FIRST_AXES - params.length));
  return [...params.slice(0, FIRST_AXES - ends.length), ...ends];
}
