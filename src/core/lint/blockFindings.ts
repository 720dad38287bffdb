import { type ConfigPath, pathText } from "../config/configPath";
import type { ConfigChange, ConfigValue, Fix } from "./fix";
import { lacks, type LacksOptions } from "./lacks";
import { law } from "./lawText";
import type { LintContext, RuleFinding } from "./lintRule";

/** Something that a block has to say. */
export interface Expected extends LacksOptions {
  readonly key: string;
  /** A full sentence without its full stop; the law follows it. */
  readonly message: string;
  readonly article: string;
  /** What a fix writes for a person to replace; absent where there is no honest one, such as for yes or no. */
  readonly placeholder?: ConfigValue;
  /** In place of the placeholder: each legal answer with its explanation. */
  readonly fixes?: readonly Fix[];
}

export interface ExpectedBlock {
  readonly block: ConfigPath;
  /** As a title says it, e.g. "the oversight block". */
  readonly words: string;
  /** Said when the whole block lacks; a full sentence without its full stop. */
  readonly message: string;
  readonly article: string;
  readonly duty: string;
  readonly expected: readonly Expected[];
}

/** One finding for a block that nobody wrote, else one for each part of it that lacks. */
export function blockFindings(
  context: LintContext,
  { block, words, message, article, duty, expected }: ExpectedBlock,
): readonly RuleFinding[] {
  const missing = expected.filter((one) => lacks(context, [...block, one.key], one));
  if (missing.length === 0) {
    return [];
  }
  if (!isWritten(context, block)) {
    return [{ message: `${message} ${law(context, article, duty)}.`, at: block, fixes: [insertBlock(`Add ${words}`, block, expected)] }];
  }
  return missing.map((one) => ({
    message: `${one.message} ${law(context, one.article, duty)}.`,
    at: [...block, one.key],
    fixes: one.fixes ?? insertPart(context, [...block, one.key], one.placeholder),
  }));
}

function isWritten({ config }: LintContext, block: ConfigPath): boolean {
  const raw = config.source.raw(block);
  return typeof raw === "object" && raw !== null && Object.keys(raw).length > 0;
}

function insertBlock(title: string, block: ConfigPath, expected: readonly Expected[]): Fix {
  const parts = expected.flatMap(({ key, placeholder }) => (placeholder === undefined ? [] : [[key, placeholder] as const]));
  return { title, safe: false, changes: [{ kind: "set", path: block, value: Object.fromEntries(parts) }] };
}

/** A place to fill in; none where something stands there already, because a placeholder in place of another helps nobody. */
export function insertPart({ config }: LintContext, path: ConfigPath, placeholder: ConfigValue | undefined): readonly Fix[] {
  if (placeholder === undefined || config.source.has(path)) {
    return [];
  }
  const change: ConfigChange = { kind: "set", path, value: placeholder };
  return [{ title: `Add a place for ${pathText(path)}`, safe: false, changes: [change] }];
}
