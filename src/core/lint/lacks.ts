import type { ConfigPath } from "../config/configPath";
import { isMissing, isMissingSentence } from "../config/placeholder";
import type { LintContext } from "./lintRule";

type Judged = Pick<LintContext, "config" | "product" | "stage">;

export interface LacksOptions {
  /** Prose is due, so that one or two words do not count. */
  readonly sentence?: boolean;
  /** An empty list says "none". */
  readonly emptyIsAnswer?: boolean;
}

/**
 * Whether the answer at a path is missing: not written, a placeholder, an empty list, or a block of such parts. What is written in a wrong
 * way is not missing: the rule on wrong values marks it already.
 */
export function lacks(context: Judged, path: ConfigPath, options: LacksOptions = {}): boolean {
  const value = valueAt(context.product, path);
  if (value === undefined && context.config.source.has(path)) {
    const raw = context.config.source.raw(path);
    return raw === null || raw === undefined || (typeof raw === "string" && isMissing(raw, context.stage));
  }
  return isEmpty(value, context, options);
}

function isEmpty(value: unknown, context: Judged, options: LacksOptions): boolean {
  if (value === undefined || value === null) {
    return true;
  }
  if (typeof value === "string") {
    return options.sentence === true ? isMissingSentence(value, context.stage) : isMissing(value, context.stage);
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? options.emptyIsAnswer !== true : value.every((item) => isEmpty(item, context, options));
  }
  return typeof value === "object" && Object.values(value).every((part) => isEmpty(part, context, options));
}

/** The value that stands at a path, with no regard to its type. */
export function valueAt(root: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Readonly<Record<string, unknown>>)[part]
        : undefined,
    root,
  );
}
