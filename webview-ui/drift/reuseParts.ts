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

/** Copies nothing until something differs: most of a large view is as before. */
function reuseItems(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  let merged: unknown[] | null = before.length === next.length ? null : [];
  for (let index = 0; index < next.length; index++) {
    const old = before[index];
    const kept = reuse(old, next[index]);
    if (merged === null && !Object.is(kept, old)) {
      merged = before.slice(0, index);
    }
    merged?.push(kept);
  }
  return merged ?? before;
}

function reuseFields(before: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(before).length;
  const fields: Record<string, unknown> = {};
  for (const key of keys) {
    const isKnown = Object.hasOwn(before, key);
    const kept = isKnown ? reuse(before[key], next[key]) : next[key];
    same &&= isKnown && Object.is(kept, before[key]);
    // A column may be called "__proto__", which an assignment would take for something else.
    if (key === "__proto__") {
      Object.defineProperty(fields, key, { value: kept, enumerable: true, configurable: true, writable: true });
    } else {
      fields[key] = kept;
    }
  }
  return same ? before : fields;
}
