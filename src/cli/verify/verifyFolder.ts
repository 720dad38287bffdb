import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";

import { committedVersions } from "../../adapters/git/committedVersions";
import { openRepositories } from "../../adapters/git/repositories";
import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { openSignOffs } from "../../core/governance/openSignOffs";
import { type RecordPorts, type Verification, verifyRecords } from "../../core/governance/verifyRecords";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { readToday } from "../lint/lintOptions";
import { findProducts } from "../monitor/findProducts";
import { openMonitoredFiles } from "../monitor/openMonitoring";
import { verifyText } from "./verifyText";

const EXITS = { fine: EXIT.fine, broken: EXIT.findings, could_not_judge: EXIT.couldNotJudge } as const;

/** `mlops verify`, once it is asked for. */
export async function verifyFolder({ options, host, output }: CommandContext): Promise<number> {
  const today = readToday(options, host.now());
  const place = options.args[0] ?? ".";
  const openFiles = openMonitoredFiles();
  const scopes = await findProducts({ args: [place], all: false, cwd: await realpath(host.cwd) }, openFiles, host.signal);
  const verified: Verification[] = [];
  for (const { root, products } of scopes) {
    const configs = products.map(({ path }) => path);
    verified.push(await verifyRecords(configs, today, recordPorts(root, openFiles(root)), host.signal));
  }
  const whole = joined(verified);
  if (whole.products === 0) {
    throw new AppError("usage", "There is no mlops.yaml here, so that nothing could be verified.", {
      remedy: "Name a product or its folder.",
    });
  }
  await host.stdout.write(output.isJson ? `${JSON.stringify({ schema: 1, ...whole })}\n` : verifyText(whole, output.isColored));
  return EXITS[whole.result];
}

function recordPorts(root: string, files: WorkspaceFiles): RecordPorts {
  const repositories = openRepositories(root);
  const decisions: RecordPorts["decisions"] = (folder, signal) => repositories.decisions(folder, signal);
  return {
    ...{ files, decisions },
    signOffs: openSignOffs({ files, decisions }),
    versions: (path: string, signal: CancelSignal) => committedVersions(root, path, signal),
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
  };
}

/** Several repositories as one. */
function joined(all: readonly Verification[]): Verification {
  const sum = (key: "products" | "sign_offs" | "logs" | "lines" | "reports"): number => all.reduce((total, one) => total + one[key], 0);
  const result = (["broken", "could_not_judge"] as const).find((word) => all.some((one) => one.result === word)) ?? "fine";
  return {
    result,
    ...{ products: sum("products"), sign_offs: sum("sign_offs"), logs: sum("logs"), lines: sum("lines"), reports: sum("reports") },
    faults: all.flatMap(({ faults }) => faults),
    unknown: all.flatMap(({ unknown }) => unknown),
    notes: all.flatMap(({ notes }) => notes),
  };
}
