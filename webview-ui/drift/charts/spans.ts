import type { DriftMark } from "../../../src/protocol/drift";
import type { TimePlace } from "./timeAxis";

/** A range that holds all values with some air around them. */
export function stretch(values: readonly number[]): { readonly low: number; readonly high: number } {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(low <= high)) {
    return { low: 0, high: 1 };
  }
  const air = low === high ? Math.abs(low) * 0.1 || 1 : (high - low) * 0.08;
  return { low: low === 0 ? 0 : low - air, high: high + air };
}

/** Marks within the time that a chart shows, with half a window around it. */
export function marksNear(marks: readonly DriftMark[], places: readonly TimePlace[]): readonly DriftMark[] {
  const [first, last] = [places[0]?.time, places.at(-1)?.time];
  if (first === undefined || last === undefined) {
    return [];
  }
  const pad = places.length > 1 ? (last - first) / (places.length - 1) / 2 : 0;
  return marks.filter(({ time }) => time >= first - pad && time <= last + pad);
}
