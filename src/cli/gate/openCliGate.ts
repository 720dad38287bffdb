import { createHash } from "node:crypto";

import { openTree } from "../../adapters/git/openTree";
import { openRepositories } from "../../adapters/git/repositories";
import { openGateLogs } from "../../adapters/node/gateLogs";
import { openGateRegistry } from "../../adapters/node/gateRegistry";
import { openLintRegistry } from "../../adapters/node/lintRegistry";
import { openAtOnce } from "../../adapters/node/openedFile";
import { openResultFiles } from "../../adapters/node/resultFiles";
import { AT_ONCE, openWorkspaceFiles } from "../../adapters/node/workspaceFiles";
import { readColumnNames } from "../../adapters/tabular/readColumnNames";
import type { Disposable } from "../../core/base/disposable";
import { makeGateWorld } from "../../core/deployment/gate/makeGateWorld";
import { type Gate, openGate } from "../../core/deployment/gate/openGate";
import { type OnHashed, sayHashing } from "../../core/deployment/hashProgress";
import { memoFiles } from "../../core/lint/workspace/memoFiles";
import { holdStores } from "../../core/tracking/heldStores";
import type { CommandContext } from "../command";
import { lintCalendar } from "../lint/lintCalendar";
import { printable } from "../printable";
import { openChosenStore } from "../openChosenStore";
import { readDotEnv } from "../storeChoice";

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
  const stores = holdStores({
    // A login goes only to the server that its own environment names; a file of the repository cannot have it sent elsewhere.
    open: async (location, signal) => openChosenStore({ location, uri: "" }, host.env, await readDotEnv(host.cwd), signal),
  });
  const files = memoFiles(openWorkspaceFiles(root, (path, cancel, reading) => readColumnNames(path, cancel, reading, openAtOnce), AT_ONCE));
  const lintRegistry = openLintRegistry(root, stores, true);
  const registry = openGateRegistry(root, stores);
  const world = makeGateWorld({
    files,
    repositories: openRepositories(root),
    stores,
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
  const gate = openGate(world);
  return {
    gate: {
      ...gate,
      judge: (wish, signal, onHashed = host.stderr.isTerminal ? readingLine(host.stderr) : undefined) => gate.judge(wish, signal, onHashed),
    },
    dispose: () => {
      lintRegistry.dispose();
      registry.dispose();
      stores.dispose();
    },
  };
}

/** One line of a terminal that is written anew while large files are read, and taken away at their end. */
function readingLine(stderr: CommandContext["host"]["stderr"]): OnHashed {
  return sayHashing((step) => {
    const text = printable(step ?? "").slice(0, Math.max(20, (stderr.columns ?? 80) - 1));
    // Whoever closed standard error wants no progress.
    void stderr.write(`\r\u001b[K${text}`).catch(() => undefined);
  });
}
