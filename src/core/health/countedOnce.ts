/** Something that waits for whoever works here, as one part of the program knows it. */
export interface WaitingItem {
  /** What is the same in all parts that know of it. */
  readonly key: string;
  /** A few words, such as "churn: launch". */
  readonly what: string;
}

/** Key of a decision on a product. @param root of the folder. @param config relative to it. @param subject e.g. "launch". */
export function decisionKey(root: string, config: string, subject: string): string {
  return JSON.stringify([root, config, subject]);
}

/** All that waits, each once: what an earlier source knows, a later one does not add again. */
export function countedOnce(sources: readonly (readonly WaitingItem[])[]): readonly WaitingItem[] {
  const known = new Set<string>();
  return sources.flatMap((items) => {
    const fresh = items.filter(({ key }) => !known.has(key));
    items.forEach(({ key }) => known.add(key));
    return fresh;
  });
}
