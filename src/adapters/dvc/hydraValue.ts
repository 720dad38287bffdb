import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";

/** What stands for something else without quotes, in Hydra or in YAML. */
const WORD = /^(?:true|false|null|yes|no|on|off|inf|nan)$/i;

/**
 * A value as `dvc exp run --set-param` reads it back unchanged: lists and objects are written as in JSON, keys of objects without quotes, and
 * only a backslash before a quote counts. DVC resolves `${…}` besides, which a backslash before it prevents.
 * Source: https://hydra.cc/docs/advanced/override_grammar/basic/
 * @throws AppError `usage` for an object with a key that Hydra's grammar cannot write.
 */
export function hydraValue(value: unknown): string {
  if (typeof value === "string") {
    return /^[A-Za-z_][\w./-]*$/.test(value) && !WORD.test(value) ? value : quoted(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(hydraValue).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, one]) => `${keyOf(key)}:${hydraValue(one)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value);
}

function keyOf(key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key) || WORD.test(key)) {
    throw new AppError("usage", `An object in a list has the key "${oneLine(key, 80)}", which DVC cannot be handed on its command line.`, {
      remedy: "Write it into the file of parameters.",
    });
  }
  return key;
}

function quoted(text: string): string {
  const literal = text.replace(/(\\*)\$\{/g, "$1$1\\${");
  return `"${literal.replace(/(\\*)("|$)/g, (_, slashes: string, end: string) => `${slashes}${slashes}${end === "" ? "" : '\\"'}`)}"`;
}
