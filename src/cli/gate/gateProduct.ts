import { realpath } from "node:fs/promises";

import { whoAsks } from "../../adapters/git/whoAsks";
import { AppError, isAppError, toUserText } from "../../core/base/appError";
import type { Product } from "../../core/config/product";
import type { Gate } from "../../core/deployment/gate/openGate";
import type { GateResult } from "../../core/deployment/gate/gate";
import { didYouMean } from "../closestWord";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { openMonitoredFiles } from "../monitor/openMonitoring";
import { onlyTarget } from "../onlyTarget";
import { printable } from "../printable";
import { findOneProduct } from "../retrain/findOneProduct";
import { gateJunit } from "./formats/gateJunit";
import { gateMarkdown } from "./formats/gateMarkdown";
import { gateSarif } from "./formats/gateSarif";
import { gateText } from "./formats/gateText";
import { gateExit } from "./gateExit";
import { type GateRequest, readGateRequest } from "./gateOptions";
import { openCliGate } from "./openCliGate";

/** `mlops gate`, once it is asked for. */
export async function gateProduct(context: CommandContext): Promise<number> {
  const { options, host } = context;
  const request = readGateRequest(options, host.now());
  const { root, product } = await findOneProduct(request.product, await realpath(host.cwd), openMonitoredFiles(), host.signal);
  const target = request.target ?? onlyTarget(product.config, product.path);
  if (product.config !== null) {
    refuseUnknownTarget(target, product.config, product.path);
  }
  const opened = openCliGate(root, context, request);
  try {
    const wish = { config: product.path, target, version: request.version, isRollback: request.isRollback };
    const result = await opened.gate.judge(wish, host.signal);
    await host.stdout.write(formatted(result, request, context));
    const isKept = !request.isKept || (await keep(opened.gate, result, root, context));
    return isKept ? gateExit(result, request.isStrict) : EXIT.unusable;
  } finally {
    opened.dispose();
  }
}

/** A release that rests on a decision that nobody can look up later is not safe to go on with. */
async function keep(gate: Gate, result: GateResult, root: string, { host }: CommandContext): Promise<boolean> {
  try {
    await gate.record(result, { who: await whoAsks(root, host.signal), at: host.now() }, host.signal);
    return true;
  } catch (error) {
    if (!isAppError(error)) {
      throw error;
    }
    // Told also with --quiet.
    await host.stderr.write(`mlops: ${printable(toUserText(error))} The decision was not kept; --no-write judges without keeping it.\n`);
    return false;
  }
}

function refuseUnknownTarget(target: string, { deploy }: Product, path: string): void {
  const names = Object.keys(deploy?.targets ?? {});
  if (!names.includes(target)) {
    const shown = printable(target.slice(0, 100));
    throw new AppError("usage", `${printable(path)} has no target "${shown}".${didYouMean(target, names)}`, {
      remedy: names.length === 0 ? "Add one under deploy.targets." : `Its targets are ${names.slice(0, 10).map(printable).join(", ")}.`,
    });
  }
}

function formatted(result: GateResult, { format }: GateRequest, { output, version }: CommandContext): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(result)}\n`;
    case "sarif":
      return gateSarif(result, version);
    case "junit":
      return gateJunit(result);
    case "markdown":
      return gateMarkdown(result);
    case "text":
      return gateText(result, output.isColored);
  }
}
