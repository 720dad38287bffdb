import { realpath } from "node:fs/promises";
import { join } from "node:path";

import { openResultFiles } from "../../adapters/node/resultFiles";
import { AppError } from "../../core/base/appError";
import { folderOf, inFolder } from "../../core/lint/workspace/workspacePath";
import { isStale, makeRunbook, RUNBOOK_FILE } from "../../core/training/runbook/makeRunbook";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { writeFileSafely } from "../lint/writeFileSafely";
import { openMonitoredFiles } from "../monitor/openMonitoring";
import { printable } from "../printable";
import { findOneProduct } from "./findOneProduct";

/** `mlops runbook`, once it is asked for. */
export async function writeRunbook(context: CommandContext): Promise<number> {
  const { options, host, output } = context;
  if (options.has("write") && options.has("check")) {
    throw new AppError("usage", "--write and --check exclude each other.", { remedy: "--check changes nothing." });
  }
  const openFiles = openMonitoredFiles();
  const { root, product } = await findOneProduct(options.args[0] ?? "", await realpath(host.cwd), openFiles, host.signal);
  const { config, path: file } = product;
  if (config === null) {
    throw new AppError("usage", `${printable(file)} cannot be read.`, { remedy: `mlops lint ${printable(file)} tells why.` });
  }
  const path = inFolder(folderOf(file), RUNBOOK_FILE);
  const before = await openFiles(root).readText(path, host.signal);
  const isCurrent = !isStale(before, config, file);
  const page = makeRunbook(config, { config: file, before });
  const isWritten = options.has("write") && !isCurrent;
  if (isWritten) {
    await write(root, path, before, page, context);
  }
  const shown = printable(path);
  if (output.isJson) {
    await host.stdout.write(`${JSON.stringify({ path, page, up_to_date: isCurrent || isWritten, written: isWritten })}\n`);
  } else if (options.has("write")) {
    await output.note(isWritten ? `${shown} is written.` : `${shown} is up to date.`);
  } else if (options.has("check")) {
    const why = before === null ? "is not there" : "is not what its mlops.yaml says now";
    await output.note(isCurrent ? `${shown} is up to date.` : `${shown} ${why}; mlops runbook --write mends that.`);
  } else {
    await host.stdout.write(page.endsWith("\n") ? page : `${page}\n`);
  }
  return options.has("check") && !isCurrent ? EXIT.findings : EXIT.fine;
}

async function write(root: string, path: string, before: string | null, page: string, { host }: CommandContext): Promise<void> {
  if (before !== null) {
    await writeFileSafely({ root, path: join(root, path), file: path, before, after: page });
  } else if (!(await openResultFiles(root).create(path, page, host.signal))) {
    throw new AppError("file/unwritable", `${printable(path)} was made by somebody else in this moment.`, { remedy: "Try again." });
  }
}
