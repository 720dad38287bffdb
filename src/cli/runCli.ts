import { AppError, isAppError, toUserText } from "../core/base/appError";
import { isCancelled } from "../core/base/cancel";
import { storeIdOf } from "../core/tracking/storeLocation";
import { didYouMean } from "./closestWord";
import { type CliHost, ReaderGoneError } from "./cliHost";
import type { Command, OpenedStore } from "./command";
import { checkDataCommand } from "./commands/checkDataCommand";
import { compareCommand } from "./commands/compareCommand";
import { costCommand } from "./commands/costCommand";
import { deployCommand, rollbackCommand } from "./commands/deployCommand";
import { driftCommand } from "./commands/driftCommand";
import { experimentsCommand } from "./commands/experimentsCommand";
import { explainCommand } from "./commands/explainCommand";
import { gateCommand } from "./commands/gateCommand";
import { historyCommand } from "./commands/historyCommand";
import { jobsCommand } from "./commands/jobsCommand";
import { lintCommand } from "./commands/lintCommand";
import { modelsCommand } from "./commands/modelsCommand";
import { monitorCommand } from "./commands/monitorCommand";
import { reportCommand } from "./commands/reportCommand";
import { rulesCommand } from "./commands/rulesCommand";
import { requestSignOffCommand } from "./commands/requestSignOffCommand";
import { retrainCommand } from "./commands/retrainCommand";
import { runbookCommand } from "./commands/runbookCommand";
import { runsCommand } from "./commands/runsCommand";
import { statusCommand } from "./commands/statusCommand";
import { verifyCommand } from "./commands/verifyCommand";
import { EXIT } from "./exitCode";
import { commandHelp, generalHelp } from "./help";
import { openChosenStore } from "./openChosenStore";
import { Output } from "./output";
import { parseOptions, requireOptions } from "./parseOptions";
import { printable } from "./printable";
import { chooseStore, readDotEnv, storeLabel } from "./storeChoice";

export const COMMANDS: readonly Command[] = [
  runsCommand,
  historyCommand,
  modelsCommand,
  experimentsCommand,
  compareCommand,
  driftCommand,
  monitorCommand,
  checkDataCommand,
  retrainCommand,
  jobsCommand,
  runbookCommand,
  reportCommand,
  statusCommand,
  costCommand,
  requestSignOffCommand,
  verifyCommand,
  gateCommand,
  deployCommand,
  rollbackCommand,
  lintCommand,
  rulesCommand,
  explainCommand,
];

/** Runs one command line to its exit code. A failure is one or two sentences on standard error, never a stack. */
export async function runCli(args: readonly string[], version: string, host: CliHost): Promise<number> {
  try {
    return await dispatch(args, version, host);
  } catch (error) {
    if (error instanceof ReaderGoneError) {
      return EXIT.fine;
    }
    if (host.signal.aborted || isCancelled(error)) {
      return EXIT.interrupted;
    }
    const sentence = printable(toUserText(error));
    // What nobody foresaw is a defect of ours: say so, and how to show more of it.
    const isForeseen = isAppError(error);
    const trace = host.env["MLOPS_DEBUG"] === "1" && error instanceof Error ? `${error.stack ?? ""}\n` : "";
    const advice = isForeseen || trace !== "" ? "" : " This is a defect of mlops; MLOPS_DEBUG=1 shows where.";
    await host.stderr.write(`mlops: ${sentence}${advice}\n${trace}`).catch(ignoreGoneReader);
    return EXIT.unusable;
  }
}

async function dispatch(args: readonly string[], version: string, host: CliHost): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined) {
    await host.stderr.write(generalHelp(COMMANDS));
    return EXIT.unusable;
  }
  if (first === "--help" || first === "-h" || first === "help") {
    const about = COMMANDS.find(({ name }) => name === rest[0]);
    await host.stdout.write(about === undefined ? generalHelp(COMMANDS) : commandHelp(about));
    return EXIT.fine;
  }
  if (first === "--version") {
    await host.stdout.write(`${version}\n`);
    return EXIT.fine;
  }
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) {
    const what = first.startsWith("-") ? "option" : "command";
    const hint = didYouMean(first, [...COMMANDS.map(({ name }) => name), "--help", "--version"]);
    throw new AppError("usage", `There is no ${what} "${printable(first.slice(0, 100))}".${hint}`, {
      remedy: "Run mlops --help to see what there is.",
    });
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    await host.stdout.write(commandHelp(command));
    return EXIT.fine;
  }
  return runCommand(command, rest, version, host);
}

async function runCommand(command: Command, args: readonly string[], version: string, host: CliHost): Promise<number> {
  const usage = `mlops ${command.name}`;
  const options = parseOptions(args, command.options, usage, command.argument);
  requireOptions(options, command.options, usage, command.argument);
  const opened: OpenedStore[] = [];
  const openStores = async (): Promise<readonly OpenedStore[]> => {
    const dotEnv = await readDotEnv(host.cwd);
    for (const uri of options.has("store") ? options.all("store") : [undefined]) {
      const choice = await chooseStore(uri, host.env, dotEnv, host.cwd);
      const id = storeIdOf(choice.location);
      if (!opened.some((other) => other.id === id)) {
        const store = await openChosenStore(choice, host.env, dotEnv, host.signal);
        opened.push({ store, id, label: storeLabel(choice.location) });
      }
    }
    return opened;
  };
  try {
    return await command.run({
      options,
      host,
      version,
      output: new Output(host, { json: options.has("json"), quiet: options.has("quiet"), color: options.has("color") }),
      openStores,
      stores: { open: (location, signal) => openChosenStore({ location, uri: "" }, {}, {}, signal) },
      openStore: async () => {
        const [only] = await openStores();
        if (only === undefined) {
          throw new Error("No store was opened.");
        }
        return only.store;
      },
    });
  } finally {
    for (const { store } of opened) {
      store.dispose();
    }
  }
}

function ignoreGoneReader(): void {
  // Nobody reads standard error any more; the exit code still tells.
}
