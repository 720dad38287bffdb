import type { NodeState } from "./nodeStates";

/** Processors of a machine that have been idle for longer than the policy allows. */
export interface IdleReminder {
  readonly node: NodeState;
  readonly idle: number;
  /** The newest of their beginnings, milliseconds since 1970. */
  readonly since: number;
}

/** Remembers for which idle times somebody was told, by processor. */
export type Reminded = Map<string, number>;

/**
 * What somebody has to be reminded of now: each idle time once. It is written down in `reminded`, from which what is over is taken out.
 * @param forMs how long a processor may be idle. @param key of the source, so that two with the same names are kept apart.
 */
export function dueReminders(
  nodes: readonly NodeState[],
  forMs: number,
  now: number,
  reminded: Reminded,
  key: string,
): readonly IdleReminder[] {
  const idOf = (id: string): string => `${key} ${id}`;
  const all = nodes.flatMap(({ processors }) => processors);
  const idle = new Set(all.filter(({ state }) => state === "idle").map(({ sample }) => idOf(sample.id)));
  [...reminded.keys()].filter((id) => id.startsWith(`${key} `) && !idle.has(id)).forEach((id) => reminded.delete(id));
  return nodes.flatMap((node) => {
    const due = node.processors.filter(({ state, since }) => state === "idle" && now - since >= forMs);
    const isNew = due.some(({ sample, since }) => reminded.get(idOf(sample.id)) !== since);
    due.forEach(({ sample, since }) => reminded.set(idOf(sample.id), since));
    return isNew ? [{ node, idle: due.length, since: Math.max(...due.map(({ since }) => since)) }] : [];
  });
}
