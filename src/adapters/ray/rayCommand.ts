import { AppError } from "../../core/base/appError";
import { fillCommand } from "../../core/training/fillCommand";
import type { JobDraft } from "../../core/training/trainingEngine";

/**
 * The command with values in place of `{name}`, as a cluster can run it.
 * @throws AppError `usage` for a parameter that the command does not take, a place that has no value, and a file of parameters, which lies here.
 */
export function rayCommand(draft: JobDraft): readonly string[] {
  const { argv, taken, takesFile } = fillCommand(draft, "");
  if (takesFile) {
    throw new AppError("usage", "{params_file} is a file on this machine, which a Ray cluster does not see.", {
      remedy: "Hand the parameters over one by one, each as {name}.",
    });
  }
  const lost = Object.keys(draft.overrides).find((name) => !taken.has(name));
  if (lost !== undefined) {
    throw new AppError("usage", `The command does not take the parameter "${lost}".`, {
      remedy: `Write {${lost}} where train.command should have it, or leave the parameter out.`,
    });
  }
  if (argv.length === 0) {
    throw new AppError("usage", "train.command is missing, so that Ray would not know what to run.");
  }
  if (argv.some((argument) => argument.includes("\0"))) {
    throw new AppError("usage", "The command holds a NUL character, which no program can be handed.");
  }
  return argv;
}
