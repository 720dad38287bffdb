import type { Portfolio } from "../productHealth";

type Stack = Portfolio["stack"];

/** The tools of several folders of a workspace side by side. Where their majorities differ, nothing is the odd one out over all, and each folder speaks for itself. */
export function mergeStacks(stacks: readonly { readonly folder: string; readonly stack: Stack }[]): Stack {
  const [only] = stacks;
  if (only !== undefined && stacks.length === 1) {
    return only.stack;
  }
  const byKind = new Map<string, { readonly folder: string; readonly line: Stack[number] }[]>();
  for (const { folder, stack } of stacks) {
    for (const line of stack) {
      byKind.set(line.kind, [...(byKind.get(line.kind) ?? []), { folder, line }]);
    }
  }
  return [...byKind.values()].flatMap((lines) => {
    const majorities = new Set(lines.map(({ line }) => line.majority));
    const [first] = lines;
    return majorities.size === 1 && first !== undefined
      ? [{ ...first.line, odd: lines.flatMap(({ line }) => line.odd) }]
      : lines.map(({ folder, line }) => ({ ...line, kind: `${line.kind} (${folder})` }));
  });
}
