import { parseArgs } from "node:util";
import { AppError } from "../core/base/appError";
import { didYouMean } from "./closestWord";
import type { ArgumentSpec, OptionSpec, OptionValues } from "./command";
import { printable } from "./printable";

/**
 * Reads a command's options and arguments.
 * @param argument what the command takes besides its options; absent where it takes nothing.
 * @throws AppError `usage` with one sentence for an unknown option, a missing value or a word that belongs to no option.
 */
export function parseOptions(
  args: readonly string[],
  specs: readonly OptionSpec[],
  usage: string,
  argument: ArgumentSpec | undefined,
): OptionValues {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(specs.map((spec) => [spec.name, { type: spec.value === undefined ? "boolean" : "string" }])),
    // Our own checks give one sentence with a suggestion, where strict parsing would throw Node's wording.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const remedy = { remedy: `Run ${usage} --help to see what there is.` };
  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") {
      if (argument === undefined || (words.length > 0 && argument.repeatable !== true)) {
        throw new AppError("usage", `"${printable(token.value.slice(0, 200))}" belongs to no option.`, remedy);
      }
      words.push(token.value);
      continue;
    }
    if (token.kind === "option-terminator") {
      continue;
    }
    const spec = specs.find(({ name }) => name === token.name);
    if (spec === undefined) {
      const hint = didYouMean(
        token.name,
        specs.map(({ name }) => name),
        "--",
      );
      throw new AppError("usage", `There is no option ${printable(token.rawName)}.${hint}`, remedy);
    }
    if (spec.value === undefined) {
      if (token.value !== undefined) {
        throw new AppError("usage", `--${spec.name} takes no value.`, remedy);
      }
      values.set(spec.name, []);
      continue;
    }
    if (token.value === undefined || (!token.inlineValue && token.value.startsWith("--"))) {
      throw new AppError("usage", `--${spec.name} needs a value: --${spec.name} ${spec.value}.`, remedy);
    }
    const given = values.get(spec.name) ?? [];
    if (given.length > 0 && spec.repeatable !== true) {
      throw new AppError("usage", `--${spec.name} is given twice.`, remedy);
    }
    values.set(spec.name, [...given, token.value]);
  }
  return {
    args: words,
    has: (name) => values.has(name),
    text: (name) => values.get(name)?.at(-1),
    all: (name) => values.get(name) ?? [],
  };
}

/** @throws AppError `usage` for the first required option or argument that is missing. */
export function requireOptions(
  values: OptionValues,
  specs: readonly OptionSpec[],
  usage: string,
  argument: ArgumentSpec | undefined,
): void {
  if (argument?.required === true && values.args.length === 0) {
    throw new AppError("usage", `${usage} needs ${argument.value}.`, { remedy: `Run ${usage} --help to see an example.` });
  }
  const missing = specs.find((spec) => spec.required === true && !values.has(spec.name));
  if (missing !== undefined) {
    throw new AppError("usage", `${usage} needs --${missing.name} ${missing.value ?? ""}.`, {
      remedy: `Run ${usage} --help to see an example.`,
    });
  }
}
