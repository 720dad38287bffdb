/**
 * The new value, with the old one's parts wherever they are equal: a view that the host sends again is another object in each of
 * its parts, and without this every chart would be drawn anew whenever a progress bar moves. For data without cycles.
 */
export function reuseParts<T>(before: unknown, next: T): T {
  return reuse(before, next) as T;
}

function reuse(before: unknown, next: unknown): unknown {
  if (Object.is(before, next) || typeof before !== "object" || typeof next !== "object" || before === null || next === null) {
    return Object.is(before, next) ? before : next;
  }
  if (Array.isArray(next)) {
    return Array.isArray(before) ? reuseItems(before, next) : next;
  }
  return Array.isArray(before) ? next : reuseFields(before as Record<string, unknown>, next as Record<string, unknown>);
}

function reuseItems(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  let same = before.length === next.length;
  const merged = next.map((item, index) => {
    const kept = reuse(before[index], item);
    same &&= kept === before[index] && index < before.length;
    return kept;
  });
  return same ? before : merged;
}

function reuseFields(before: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(before).length;
  const fields = keys.map((key): readonly [string, unknown] => {
    const kept = reuse(Object.hasOwn(before, key) ? before[key] : undefined, next[key]);
    same &&= Object.hasOwn(before, key) && Object.is(kept, before[key]);
    return [key, kept];
  });
  return same ? before : Object.fromEntries(fields);
}
