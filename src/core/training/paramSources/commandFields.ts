import type { ParamField } from "../paramField";
import { guessField } from "./guessField";

/** Names that a command takes and that no parameter is: they are filled in by whoever starts it. */
const OWN_NAMES: ReadonlySet<string> = new Set(["params_file"]);

/** Parameters that a command names as `{name}`; `{{` and `}}` are braces. They need a value from somewhere. */
export function commandFields(command: readonly string[]): readonly ParamField[] {
  const names = new Set<string>();
  for (const argument of command) {
    for (const [, name] of argument.replace(/\{\{|\}\}/g, "\u0000").matchAll(/\{([^{}\u0000]+)\}/g)) {
      if (name !== undefined && !OWN_NAMES.has(name)) {
        names.add(name);
      }
    }
  }
  return [...names].map((name) => ({ ...guessField(name, null, "train.command"), required: true }));
}
