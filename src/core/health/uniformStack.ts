import { groupBy } from "../base/groupBy";
import type { ProductHealth, StackRow, ToolUse } from "./productHealth";

/** Kinds of tools over all products, in the order in which they are first met, with those that use another one than most, or than their policy wants. */
export function uniformStack(products: readonly Pick<ProductHealth, "name" | "tools">[]): readonly StackRow[] {
  const uses = products.flatMap(({ name, tools }) => tools.map((tool) => ({ product: name, tool })));
  return [...groupBy(uses, ({ tool }) => tool.kind)].map(([kind, some]) => {
    const tools = some.map(({ tool }) => tool);
    const majority = onlyWanted(tools) ?? mostUsed(tools.map(({ value }) => value));
    const odd = some.filter(({ tool: { value, wanted } }) => !isSame(value, wanted ?? majority ?? value));
    return { kind, majority, odd: odd.map(({ product, tool }) => ({ product, value: tool.value })) };
  });
}

/** Null where no value is used more often than every other. */
function mostUsed(values: readonly string[]): string | null {
  const [first, second] = [...groupBy(values, plain).values()].sort((a, b) => b.length - a.length);
  return first === undefined || first.length === second?.length ? null : (first[0] ?? null);
}

/** What the policies want, where they want the same. */
function onlyWanted(tools: readonly ToolUse[]): string | null {
  const wanted = tools.flatMap((tool) => tool.wanted ?? []);
  const [first] = wanted;
  return first !== undefined && wanted.every((value) => isSame(value, first)) ? first : null;
}

/** "3.11" covers "3.11.4"; "==3.11.*" says the same in other words. */
function isSame(left: string, right: string): boolean {
  const [one, other] = [plain(left), plain(right)];
  return one === other || (/^\d/.test(one) && /^\d/.test(other) && (one.startsWith(`${other}.`) || other.startsWith(`${one}.`)));
}

function plain(value: string): string {
  const word = value.toLowerCase().replace(/[\s_-]+/g, "");
  return /^[<>=~^!]*\d/.test(word) ? word.replace(/[^\d.]/g, "").replace(/\.+$/, "") : word;
}
