import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";

import { openResultFiles } from "../../adapters/node/resultFiles";
import { AppError, isAppError, toUserText } from "../../core/base/appError";
import { checkData } from "../../core/dataCheck/checkData";
import { keepDataCheck } from "../../core/dataCheck/dataCheckEvidence";
import type { DataCheckReport } from "../../core/dataCheck/dataCheckReport";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { readProduct } from "../../core/lint/workspace/readProduct";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { findProducts } from "../monitor/findProducts";
import { type MonitorFormat, readFormat, readToday } from "../monitor/monitorOptions";
import { openMonitoredFiles } from "../monitor/openMonitoring";
import { printable } from "../printable";
import type { DataCheckOutput, WrittenEvidence } from "./dataCheckOutput";
import { dataCheckJunit } from "./formats/dataCheckJunit";
import { dataCheckMarkdown } from "./formats/dataCheckMarkdown";
import { dataCheckTerminal } from "./formats/dataCheckTerminal";
import { openDataCheck } from "./openDataCheck";

/** `mlops check-data`, once it is asked for. */
export async function checkDataOfProducts(context: CommandContext): Promise<number> {
  const { options, host, output, version } = context;
  const format = readFormat(options);
  const now = readToday(options.text("today")) ?? host.now();
  const openFiles = openMonitoredFiles();
  const wish = { args: options.args, all: false, cwd: await realpath(host.cwd) };
  const outputs: DataCheckOutput[] = [];
  const failures: string[] = [];
  for (const { root, products } of await findProducts(wish, openFiles, host.signal)) {
    const files = openFiles(root);
    const ports = openDataCheck(root, files, now, version);
    for (const { path, name } of products) {
      await output.note(`Checking the data of ${printable(name)} …`);
      const config = await readConfigFile(path, files, host.signal);
      const report = await checkData(path, config, ports, () => undefined, host.signal);
      const written = options.has("write") ? await keep(root, report, failures, host.signal) : null;
      outputs.push({ report, written });
    }
  }
  if (outputs.length === 0) {
    throw new AppError("usage", "No mlops.yaml was found there.", { remedy: "Name a product, its mlops.yaml or a folder that holds one." });
  }
  await host.stdout.write(formatted(outputs, format, output.isColored));
  for (const sentence of failures) {
    await host.stderr.write(`mlops: ${printable(sentence)}\n`);
  }
  return failures.length > 0 ? EXIT.unusable : exitCode(outputs.map(({ report }) => report));
}

/** @throws AppError where it is gone, too large, or no text. */
async function readConfigFile(path: string, files: WorkspaceFiles, signal: AbortSignal): ReturnType<typeof readProduct> {
  let text: string | null;
  try {
    text = await files.readText(path, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw isAppError(error) ? error : new AppError("file/unreadable", `${path} cannot be read: ${toUserText(error)}`, { cause: error });
  }
  if (text === null) {
    throw new AppError("file/unreadable", `The file ${path} is not there.`);
  }
  return readProduct(path, text, files, signal);
}

async function keep(root: string, report: DataCheckReport, failures: string[], signal: AbortSignal): Promise<WrittenEvidence | null> {
  try {
    const { path, text } = await keepDataCheck(openResultFiles(root), report, signal);
    return { path, sha256: createHash("sha256").update(text).digest("hex") };
  } catch (error) {
    if (!isAppError(error)) {
      throw error;
    }
    failures.push(`${toUserText(error)} The result was not kept.`);
    return null;
  }
}

function formatted(outputs: readonly DataCheckOutput[], format: MonitorFormat, color: boolean): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ products: outputs.map(({ report, written }) => ({ ...report, written })) })}\n`;
    case "markdown":
      return dataCheckMarkdown(outputs);
    case "junit":
      return dataCheckJunit(outputs);
    case "text":
      return dataCheckTerminal(outputs, color);
  }
}

function exitCode(reports: readonly DataCheckReport[]): number {
  const has = (result: DataCheckReport["result"]): boolean => reports.some((report) => report.result === result);
  return has("fail") ? EXIT.findings : has("unknown") ? EXIT.couldNotJudge : EXIT.fine;
}
