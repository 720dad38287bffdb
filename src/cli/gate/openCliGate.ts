import { createHash } from "node:crypto";

import { openTree } from "../../adapters/git/openTree";
import { openRepositories } from "../../adapters/git/repositories";
import { openGateLogs } from "../../adapters/node/gateLogs";
import { openGateRegistry, type OnVersionRead } from "../../adapters/node/gateRegistry";
import { openLintRegistry } from "../../adapters/node/lintRegistry";
import { openAtOnce } from "../../adapters/node/openedFile";
import { openResultFiles } from "../../adapters/node/resultFiles";
import { AT_ONCE, openWorkspaceFiles } from "../../adapters/node/workspaceFiles";
import { readColumnNames } from "../../adapters/tabular/readColumnNames";
import type { Disposable } from "../../core/base/disposable";
import { makeGateWorld } from "../../core/deployment/gate/makeGateWorld";
import { type Gate, openGate } from "../../core/deployment/gate/openGate";
import { memoFiles } from "../../core/lint/workspace/memoFiles";
import type { StoreOpener } from "../../core/tracking/store";
import type { CommandContext } from "../command";
import { lintCalendar } from "../lint/lintCalendar";
import { printable } from "../printable";
import { openChosenStore } from "../openChosenStore";
import { readDotEnv } from "../storeChoice";

/** Less comes in a moment. */
const SHOWN_FROM = 20_000_000;

/** By which moment and day is judged; without one, by the clock of the host. */
export interface GateClock {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** YYYY-MM-DD. */
  readonly today: string;
}

export interface OpenedGate extends Disposable {
  readonly gate: Gate;
}

/** The gate of one workspace for the command line: whoever types a command trusts the folder. @param root absolute path. */
export function openCliGate(root: string, { host }: Pick<CommandContext, "host">, clock: GateClock): OpenedGate {
  const opener: StoreOpener = {
    // A login goes only to the server that its own environment names; a file of the repository cannot have it sent elsewhere.
    open: async (location, signal) => openChosenStore({ location, uri: "" }, host.env, await readDotEnv(host.cwd), signal),
  };
  const files = memoFiles(openWorkspaceFiles(root, (path, cancel, reading) => readColumnNames(path, cancel, reading, openAtOnce), AT_ONCE));
  const lintRegistry = openLintRegistry(root, opener, true);
  const registry = openGateRegistry(root, opener, host.stderr.isTerminal ? readingLine(host.stderr) : undefined);
  const world = makeGateWorld({
    files,
    repositories: openRepositories(root),
    lintRegistry,
    tree: openTree(root),
    registry,
    results: openResultFiles(root),
    logs: openGateLogs(root),
    calendar: lintCalendar(),
    now: () => clock.now,
    today: () => clock.today,
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
  });
  return {
    gate: openGate(world),
    dispose: () => {
      lintRegistry.dispose();
      registry.dispose();
    },
  };
}

/** One line of a terminal that is written anew while large files come from a server, and taken away at their end. */
function readingLine(stderr: CommandContext["host"]["stderr"]): OnVersionRead {
  let shown = -1;
  return ({ modelName, version }, { bytes, total }) => {
    const percent = total > 0 ? Math.min(100, Math.floor((bytes / total) * 100)) : -1;
    if (percent !== shown && total > SHOWN_FROM) {
      shown = percent;
      const text =
        percent === 100
          ? ""
          : printable(`Reading the files of ${modelName} ${version}: ${percent} %`).slice(0, Math.max(20, (stderr.columns ?? 80) - 1));
      // Whoever closed standard error wants no progress.
      void stderr.write(`\r\u001b[K${text}`).catch(() => undefined);
    }
  };
}
