import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { DeployDraft } from "../../core/deployment/deployTarget";
import { COMMAND_PLACE } from "../../core/training/fillCommand";

/** What means the same with or without a shell. */
const PLAIN = /^[\w./:=+@-]*$/;

/**
 * A command with the release's words in place of `{version}`, `{model}`, `{target}`, `{previous}` and `{source}`; `{{` and `}}` are braces.
 * Nothing before is an empty text. A word stays inside of its one argument, whatever it holds.
 * @throws AppError `usage` for a name without a value, and for a word that a shell would read as more than a word.
 */
export function fillRelease(command: readonly string[], { spec, version, previous, source }: DeployDraft): readonly string[] {
  const words: Readonly<Record<string, string>> = {
    version,
    model: spec.model,
    target: spec.name,
    previous: previous ?? "",
    source: source ?? "",
  };
  return command.map((text) =>
    text.replace(COMMAND_PLACE, (match: string, name: string | undefined) => {
      if (name === undefined) {
        return match.slice(0, 1);
      }
      const word = Object.hasOwn(words, name) ? words[name] : undefined;
      if (word === undefined) {
        throw new AppError("usage", `The command asks for {${oneLine(name, 80)}}, which a release does not know.`, {
          remedy: "Write {{ and }} for braces.",
        });
      }
      if (word.includes("\0") || (spec.shell && !PLAIN.test(word))) {
        throw new AppError("usage", `The ${name} of this release holds characters that a shell reads as more than a word.`, {
          remedy: "Write the command as a list of arguments; then any word is safe.",
        });
      }
      return word;
    }),
  );
}
