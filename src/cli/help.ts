import type { ArgumentSpec, Command } from "./command";

/** `mlops --help`. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "Reads MLflow data (a database, an mlruns folder or a server) and checks mlops.yaml. Needs no Python, account or server.",
    "",
    "Usage: mlops COMMAND [OPTIONS]",
    "",
    "Commands:",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "Options:",
    "  --help     Show this help, or a command's: mlops runs --help.",
    "  --version  Show the version.",
    "",
    "Example:",
    `  ${commands[0]?.examples[0] ?? ""}`,
    "",
    "Exit codes: 0 fine, 1 findings, 2 wrong use or unreadable input, 3 could not judge.",
    "",
  ].join("\n");
}

/** `mlops runs --help`. */
export function commandHelp(command: Command): string {
  const { argument } = command;
  const terms = command.options.map(({ name, value }) => `--${name}${value === undefined ? "" : ` ${value}`}`);
  const width = Math.max(...terms.map((term) => term.length));
  return [
    command.summary,
    "",
    `Usage: mlops ${command.name}${argument === undefined ? "" : ` ${argumentText(argument)}`} [OPTIONS]`,
    "",
    command.description,
    "",
    ...(argument === undefined ? [] : ["Argument:", `  ${argument.value.padEnd(width)}  ${argument.help}`, ""]),
    "Options:",
    ...command.options.map(
      ({ help, required }, index) => `  ${(terms[index] ?? "").padEnd(width)}  ${required === true ? "Required. " : ""}${help}`,
    ),
    "",
    command.examples.length === 1 ? "Example:" : "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}

/** `[PATH …]` */
function argumentText({ value, repeatable, required }: ArgumentSpec): string {
  const text = repeatable === true ? `${value} …` : value;
  return required === true ? text : `[${text}]`;
}
