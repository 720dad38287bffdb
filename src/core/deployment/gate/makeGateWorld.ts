import type { CancelSignal } from "../../base/cancel";
import { SharedWork } from "../../base/sharedWork";
import type { Product } from "../../config/product";
import type { RegulationCalendar } from "../../config/regulationCalendar";
import { openSignOffs } from "../../governance/openSignOffs";
import type { RegistryReader, Repositories } from "../../lint/workspace/lintPorts";
import type { MemoFiles } from "../../lint/workspace/memoFiles";
import { WorkspaceLint } from "../../lint/workspace/workspaceLint";
import { MLFLOW_TAG } from "../../tracking/run";
import type { GateGit, GateRegistry, GateWorld, StoredVersion } from "./gateWorld";

interface Forgetting {
  forget(): void;
}

/** What editor and command line compose the gate's world of. */
export interface GateParts extends Pick<GateWorld, "registry" | "results" | "logs" | "now" | "today" | "sha256"> {
  readonly files: MemoFiles;
  readonly repositories: Repositories & Forgetting;
  /** The stores of both registries. */
  readonly stores: Forgetting;
  /** Asks servers as well. */
  readonly lintRegistry: RegistryReader & Forgetting;
  readonly tree: Pick<GateGit, "tree" | "changedSince"> & Forgetting;
  readonly calendar: RegulationCalendar;
}

export function makeGateWorld(parts: GateParts): GateWorld {
  const { files, repositories, stores, lintRegistry, tree, calendar, results, logs, now, today, sha256 } = parts;
  // Sign-offs and the gate itself ask for the same version.
  const versions = new SharedWork<string, StoredVersion>();
  const registry: GateRegistry = {
    version: (config, product, version, signal) =>
      versions.get([config, version].join("\0"), signal, (shared) => parts.registry.version(config, product, version, shared)),
    digest: (config, product, version, signal, onRead) => parts.registry.digest(config, product, version, signal, onRead),
  };
  const ports = { files, repositories, registry: lintRegistry };
  const signOffs = openSignOffs({
    files,
    decisions: (folder, signal) => repositories.decisions(folder, signal),
    modelCommit: (config, product, signal) => modelCommit(registry, config, product, signal),
  });
  let lint = new WorkspaceLint(ports, calendar);
  return {
    ...{ files, registry, results, logs, calendar, now, today, sha256 },
    signOffs: (config, at, signal) => signOffs.register(config, at, signal),
    lint: (path, options, signal) => lint.lint(path, options, signal),
    git: {
      tree: (folder, signal) => tree.tree(folder, signal),
      changedSince: (folder, commit, signal) => tree.changedSince(folder, commit, signal),
      textAt: (path, commit, signal) => repositories.textAt(path, commit, signal),
    },
    forget: () => {
      [files, repositories, stores, lintRegistry, tree].forEach((one) => one.forget());
      versions.forgetAll();
      lint = new WorkspaceLint(ports, calendar);
    },
  };
}

/** Of the run that made the version that the file describes, so that who wrote its code cannot approve it. What cannot be had is judged by the gate itself. */
async function modelCommit(registry: GateRegistry, config: string, product: Product, signal: CancelSignal): Promise<string | null> {
  const { name, version } = product.model ?? {};
  if (name === undefined || version === undefined) {
    return null;
  }
  try {
    const { run } = await registry.version(config, product, version, signal);
    return run?.tags.get(MLFLOW_TAG.gitCommit) ?? null;
  } catch {
    signal.throwIfAborted();
    return null; // Without the registry the gate passes nothing.
  }
}
