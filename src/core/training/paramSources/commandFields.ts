import { COMMAND_PLACE, PARAMS_FILE } from "../fillCommand";
import type { ParamField } from "../paramField";
import { guessField } from "./guessField";

/** Names that a command takes as `{name}`; `{{` and `}}` are braces. */
function placeholders(command: readonly string[]): ReadonlySet<string> {
  const found = command.flatMap((argument) => [...argument.matchAll(COMMAND_PLACE)]);
  return new Set(found.flatMap(([, name]) => name ?? []));
}

/** Parameters that a command names. They need a value from somewhere. */
export function commandFields(command: readonly string[]): readonly ParamField[] {
  return [...placeholders(command)]
    .filter((name) => name !== PARAMS_FILE)
    .map((name) => ({ ...guessField(name, null, "train.command"), required: true }));
}

/** Whether a command can tell its program of this parameter. */
export function commandTakes(command: readonly string[], name: string): boolean {
  const names = placeholders(command);
  return names.has(name) || names.has(PARAMS_FILE);
}
