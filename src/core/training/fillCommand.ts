import { AppError } from "../base/appError";
import { oneLine } from "../base/oneLine";
import type { JobDraft } from "./trainingEngine";

/** A place for a parameter, `{name}`, or a brace written as two. */
export const COMMAND_PLACE = /\{\{|\}\}|\{([A-Za-z_][\w.-]*)\}/g;
/** The name of a file that whoever starts the command writes, and so of no parameter. */
export const PARAMS_FILE = "params_file";
/** What means the same with or without a shell, on POSIX and on Windows; nothing at all would be no argument. */
const PLAIN = /^[\w./:=,+-]+$/;

export interface FilledCommand {
  readonly argv: readonly string[];
  /** Names of parameters that the command takes. */
  readonly taken: ReadonlySet<string>;
  readonly takesFile: boolean;
}

/**
 * A command with values in place of `{name}`; `{{` and `}}` are braces. A value stays inside of its one argument, whatever it holds.
 * @throws AppError `usage` for a name without a value, and for a value that a shell would read as more than a value.
 */
export function fillCommand({ spec, params }: Pick<JobDraft, "spec" | "params">, paramsFile: string): FilledCommand {
  const taken = new Set<string>();
  let takesFile = false;
  const fill = (text: string): string =>
    text.replace(COMMAND_PLACE, (match: string, name: string | undefined) => {
      if (name === undefined) {
        return match.slice(0, 1);
      }
      if (name === PARAMS_FILE) {
        takesFile = true;
        return paramsFile;
      }
      const value = Object.hasOwn(params, name) ? params[name] : undefined;
      if (value === undefined) {
        throw new AppError("usage", `train.command asks for {${oneLine(name, 80)}}, and no parameter of that name has a value.`, {
          remedy: "Give it a value under train.params, or write {{ and }} for braces.",
        });
      }
      taken.add(name);
      return plainValue(name, String(value), spec.shell);
    });
  return { argv: spec.command.map(fill), taken, takesFile };
}

function plainValue(name: string, value: string, isShell: boolean): string {
  if (value.includes("\0")) {
    throw new AppError("usage", `The parameter ${name} holds a character that no program can be given.`);
  }
  if (isShell && !PLAIN.test(value)) {
    throw new AppError("usage", `The parameter ${name} holds characters that a shell reads as more than a value.`, {
      remedy: "Write train.command as a list of arguments; then any value is safe.",
    });
  }
  return value;
}

/** @throws AppError `usage` for a value that was changed and that nothing would take. */
export function refuseUntaken({ spec, overrides }: Pick<JobDraft, "spec" | "overrides">, { taken, takesFile }: FilledCommand): void {
  const lost = takesFile ? [] : Object.entries(overrides).filter(([name, value]) => !taken.has(name) && spec.params[name] !== value);
  if (lost.length > 0) {
    const names = lost.map(([name]) => oneLine(name, 80)).join(", ");
    throw new AppError("usage", `The command takes no value for ${names}, so that the change would do nothing.`, {
      remedy: `Write {${lost[0]?.[0] ?? "name"}} or {params_file} into train.command.`,
    });
  }
}
