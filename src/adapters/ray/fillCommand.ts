import { AppError } from "../../core/base/appError";
import type { JobDraft } from "../../core/training/trainingEngine";
import { isPlain } from "./posixQuote";

const PART = /\{\{|\}\}|\{([A-Za-z_][\w.-]*)\}/g;

/**
 * The command with `{name}` replaced by a parameter's value inside its argument, and `{{` and `}}` by literal braces.
 * @throws AppError `usage` for a parameter that the command does not take, or a placeholder that has no value.
 */
export function fillCommand({ spec, params, overrides }: JobDraft): readonly string[] {
  const used = new Set<string>();
  const filled = spec.command.map((argument) =>
    argument.replace(PART, (part, name: string | undefined) => {
      if (name === undefined) {
        return part.slice(1);
      }
      used.add(name);
      return valueOf(name, params, spec.shell);
    }),
  );
  const lost = Object.keys(overrides).find((name) => !used.has(name));
  if (lost !== undefined) {
    throw new AppError("usage", `The command does not take the parameter "${lost}".`, {
      remedy: `Write {${lost}} where train.command should have it, or leave the parameter out.`,
    });
  }
  if (filled.length === 0) {
    throw new AppError("usage", "train.command is missing, so that Ray would not know what to run.");
  }
  if (filled.some((argument) => argument.includes("\0"))) {
    throw new AppError("usage", "The command holds a NUL character, which no program can be handed.");
  }
  return filled;
}

function valueOf(name: string, params: JobDraft["params"], isShell: boolean): string {
  if (name === "params_file") {
    throw new AppError("usage", "{params_file} is a file on this machine, which a Ray cluster does not see.", {
      remedy: "Hand the parameters over one by one, each as {name}.",
    });
  }
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  if (value === undefined) {
    throw new AppError("usage", `train.command names {${name}}, and no such parameter has a value.`, {
      remedy: "Give it one under train.params.",
    });
  }
  const text = String(value);
  if (isShell && !isPlain(text)) {
    throw new AppError("usage", `The value of "${name}" has characters that a shell line could take for commands.`, {
      remedy: "Write train.command as a list of arguments.",
    });
  }
  return text;
}
