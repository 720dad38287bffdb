import { addDuration, isDate, parseDuration } from "../config/dates";
import type { Product } from "../config/product";

/** The day of the next review, YYYY-MM-DD, and the field that it follows from: the day that is written, else the last review and the time between two. */
export function nextReview({
  review: { next, last, every } = {},
}: Product): { readonly date: string; readonly from: "next" | "last" } | null {
  if (next !== undefined && isDate(next)) {
    return { date: next, from: "next" };
  }
  const interval = parseDuration(every ?? "");
  return last === undefined || !isDate(last) || interval === undefined ? null : { date: addDuration(last, interval), from: "last" };
}
