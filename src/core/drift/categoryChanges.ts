import type { CategoryCount } from "./driftReport";
import type { CategoricalSample } from "./sample";

const MOST_LISTED = 50;

export interface CategoryChanges {
  readonly newCategories: readonly CategoryCount[];
  readonly lostCategories: readonly CategoryCount[];
  readonly newCategoryCount: number;
  readonly lostCategoryCount: number;
}

/** Values that only one side has, the most frequent first. */
export function categoryChanges(reference: CategoricalSample, current: CategoricalSample): CategoryChanges {
  const [added, lost] = [onlyIn(current, reference), onlyIn(reference, current)];
  return {
    newCategories: added.slice(0, MOST_LISTED),
    lostCategories: lost.slice(0, MOST_LISTED),
    newCategoryCount: added.length,
    lostCategoryCount: lost.length,
  };
}

function onlyIn({ counts }: CategoricalSample, other: CategoricalSample): CategoryCount[] {
  return [...counts]
    .flatMap(([value, count]) => (other.counts.has(value) ? [] : [{ value, count }]))
    .sort((a, b) => b.count - a.count || (String(a.value) < String(b.value) ? -1 : 1));
}
