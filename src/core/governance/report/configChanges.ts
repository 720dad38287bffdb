import { type ConfigPath, pathText } from "../../config/configPath";
import type { Product } from "../../config/product";
import { sayField } from "./sayField";

/** One value of an mlops.yaml that is not what it was. */
export interface ConfigChange {
  readonly path: ConfigPath;
  /** As `kpis[0].target`. */
  readonly field: string;
  /** Null where there was none. */
  readonly before: string | null;
  /** Null where there is none any more. */
  readonly after: string | null;
}

/** What differs between two states of a file, in the order of the newer one; comments and layout do not count. */
export function configChanges(before: Product, after: Product): readonly ConfigChange[] {
  const old = leavesOf(before);
  const now = leavesOf(after);
  const changed = [...now].flatMap(([field, { path, text }]): readonly ConfigChange[] => {
    const was = old.get(field)?.text ?? null;
    return was === text ? [] : [{ path, field, before: was, after: text }];
  });
  const gone = [...old].flatMap(([field, { path, text }]): readonly ConfigChange[] =>
    now.has(field) ? [] : [{ path, field, before: text, after: null }],
  );
  return [...changed, ...gone];
}

interface Leaf {
  readonly path: ConfigPath;
  readonly text: string;
}

function leavesOf(product: Product): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const collect = (value: unknown, path: ConfigPath): void => {
    if (Array.isArray(value) && value.length > 0) {
      const items = value as readonly unknown[];
      // Words in a row are read as one answer.
      if (items.every((item) => typeof item !== "object")) {
        leaves.set(pathText(path), { path, text: items.map(String).join(", ") });
      } else {
        items.forEach((item, index) => collect(item, [...path, index]));
      }
    } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      Object.entries(value).forEach(([key, part]) => collect(part, [...path, key]));
    } else if (value !== undefined) {
      leaves.set(pathText(path), { path, text: sayField(value) ?? "nothing" });
    }
  };
  collect(product, []);
  return leaves;
}
