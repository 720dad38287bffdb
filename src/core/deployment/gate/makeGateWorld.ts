import type { RegulationCalendar } from "../../config/regulationCalendar";
import type { RegistryReader, Repositories } from "../../lint/workspace/lintPorts";
import type { MemoFiles } from "../../lint/workspace/memoFiles";
import { WorkspaceLint } from "../../lint/workspace/workspaceLint";
import type { GateGit, GateWorld } from "./gateWorld";

interface Forgetting {
  forget(): void;
}

/** What editor and command line compose the gate's world of. */
export interface GateParts extends Pick<GateWorld, "registry" | "results" | "signOffs" | "logs" | "now" | "today" | "sha256"> {
  readonly files: MemoFiles;
  readonly repositories: Repositories & Forgetting;
  /** Asks servers as well. */
  readonly lintRegistry: RegistryReader & Forgetting;
  readonly tree: Pick<GateGit, "tree" | "changedSince"> & Forgetting;
  readonly calendar: RegulationCalendar;
}

export function makeGateWorld(parts: GateParts): GateWorld {
  const { files, repositories, lintRegistry, tree, calendar, registry, results, signOffs, logs, now, today, sha256 } = parts;
  const ports = { files, repositories, registry: lintRegistry };
  let lint = new WorkspaceLint(ports, calendar);
  return {
    ...{ files, registry, results, signOffs, logs, calendar, now, today, sha256 },
    lint: (path, options, signal) => lint.lint(path, options, signal),
    git: {
      tree: (folder, signal) => tree.tree(folder, signal),
      changedSince: (folder, commit, signal) => tree.changedSince(folder, commit, signal),
      textAt: (path, commit, signal) => repositories.textAt(path, commit, signal),
    },
    forget: () => {
      [files, repositories, lintRegistry, tree].forEach((one) => one.forget());
      lint = new WorkspaceLint(ports, calendar);
    },
  };
}
