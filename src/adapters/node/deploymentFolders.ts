import { createHash, randomUUID } from "node:crypto";
import { appendFile, readdir, rm, stat, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { AppError, isAppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { DeployPlan } from "../../core/deployment/deployPlan";
import type { Deployment, DeploymentEntry } from "../../core/deployment/deployment";
import type { DeploymentJournal, DeploymentRef, TargetHold } from "../../core/deployment/deploymentJournal";
import { inFolder, folderOf } from "../../core/lint/workspace/workspacePath";
import { createFile, makeFolder, replaceFile, textOf } from "./atomicFile";
import { appendChainedLine } from "./chainedLog";
import { readRecordLog } from "./recordLogs";
import { errnoOf } from "./errnoOf";
import { withFileLock } from "./jobs/fileLock";
import { isJobId } from "./jobs/jobPlaces";
import { readLogTail } from "./jobs/jobLog";
import { livenessOf, markOf, type ProcessMark } from "./jobs/processIdentity";
import { readDeploymentText } from "./readDeploymentText";

type Place = Parameters<DeploymentJournal["holder"]>[0];

/** A hold shows that its process lives, for machines and containers that cannot ask the system about it. */
const BEAT_MS = 5000;
/** One of another machine that has not shown life for so long is left over; the clocks of two machines may differ by some of it. */
const SILENT_MS = 300_000;
const LOG_TAIL_BYTES = 200_000;
const LOG_NAME = "deployments.jsonl";

/** Who has a target. */
interface Holder {
  readonly token: string;
  readonly deployment: string;
  readonly mark: ProcessMark;
}

/** The deployments of a workspace in `.mlops/deployments/<id>/` and the log `.mlops/deployments.jsonl` beside each product's file. @param root absolute. */
export function openDeploymentFolders(root: string): DeploymentJournal {
  return new DeploymentFolders(root);
}

class DeploymentFolders implements DeploymentJournal {
  /** Folders of deployments whose end was read once: it is not written again. */
  private readonly over = new Set<string>();

  constructor(private readonly root: string) {}

  async hold(place: Place, id: string, signal: CancelSignal): ReturnType<DeploymentJournal["hold"]> {
    const all = this.folder(place.config);
    await makeFolder(all, shownFolder(place.config));
    await createFile(join(all, ".gitignore"), "*\n");
    const path = this.holdFile(place);
    const mine: Holder = { token: randomUUID(), deployment: id, mark: await markOf(process.pid) };
    const by = await withFileLock(join(all, ".holds.lock"), signal, async () => {
      const holder = await this.living(path);
      if (holder === null) {
        await replaceFile(path, JSON.stringify(mine));
      }
      return holder;
    });
    return by === null ? { kind: "held", hold: heldFile(path, mine.token) } : { kind: "taken", by: by.deployment };
  }

  async holder(place: Place, signal: CancelSignal): Promise<string | null> {
    signal.throwIfAborted();
    return (await this.living(this.holdFile(place)))?.deployment ?? null;
  }

  async begin(plan: DeployPlan, deployment: Deployment, signal: CancelSignal): Promise<boolean> {
    signal.throwIfAborted();
    const folder = this.folderOf(deployment);
    await makeFolder(folder, shownFolder(deployment.config));
    if ((await textOf(join(folder, "deployment.json"))) !== null) {
      return false;
    }
    await replaceFile(join(folder, "plan.json"), JSON.stringify(plan));
    return createFile(join(folder, "deployment.json"), textFor(deployment));
  }

  write(deployment: Deployment): Promise<void> {
    return replaceFile(join(this.folderOf(deployment), "deployment.json"), textFor(deployment));
  }

  async note(ref: DeploymentRef, lines: string): Promise<void> {
    await appendFile(join(this.folderOf(ref), "log.txt"), lines, "utf8").catch((error: unknown) => {
      throw new AppError("file/unwritable", `The log of ${oneLine(ref.id)} was not written: the system answers ${errnoOf(error)}.`, {
        cause: error,
      });
    });
  }

  async read(ref: DeploymentRef, signal: CancelSignal): Promise<Deployment | null> {
    signal.throwIfAborted();
    const path = join(this.folderOf(ref), "deployment.json");
    const text = await textOf(path);
    return text === null ? null : here(readDeploymentText(text, ref.id, path), ref.config);
  }

  async plan(ref: DeploymentRef, signal: CancelSignal): Promise<DeployPlan | null> {
    signal.throwIfAborted();
    const text = await textOf(join(this.folderOf(ref), "plan.json"));
    try {
      const plan = text === null ? null : (JSON.parse(text) as DeployPlan | null);
      return plan?.schema === 1 && plan.deploymentId === ref.id ? plan : null;
    } catch {
      return null;
    }
  }

  log(ref: DeploymentRef, signal: CancelSignal): Promise<string> {
    signal.throwIfAborted();
    return readLogTail(join(this.folderOf(ref), "log.txt"), LOG_TAIL_BYTES);
  }

  async unfinished(config: string, signal: CancelSignal): Promise<readonly Deployment[]> {
    const open: Deployment[] = [];
    for (const id of await idsIn(this.folder(config))) {
      const folder = this.folderOf({ id, config });
      if (this.over.has(folder)) {
        continue;
      }
      const found = await this.readable({ id, config }, signal);
      if (found?.state === "running") {
        open.push(...(found.config === config ? [found] : []));
      } else if (found !== null) {
        this.over.add(folder);
      }
    }
    return open;
  }

  history(config: string, signal: CancelSignal): ReturnType<DeploymentJournal["history"]> {
    signal.throwIfAborted();
    return readRecordLog<DeploymentEntry>(this.logFile(config));
  }

  async append(config: string, entry: DeploymentEntry, signal: CancelSignal): Promise<void> {
    await appendChainedLine(this.logFile(config), entry, inFolder(folderOf(config), `.mlops/${LOG_NAME}`), signal);
  }

  private async living(path: string): Promise<Holder | null> {
    const holder = holderOf(await textOf(path));
    if (holder === null) {
      return null;
    }
    const liveness = await livenessOf(holder.mark);
    if (liveness !== "elsewhere") {
      return liveness === "here" ? holder : null;
    }
    const shown = await stat(path).catch(() => null);
    return shown !== null && Math.abs(Date.now() - shown.mtimeMs) < SILENT_MS ? holder : null;
  }

  private async readable(ref: DeploymentRef, signal: CancelSignal): Promise<Deployment | null> {
    try {
      return await this.read(ref, signal);
    } catch (error) {
      if (!isAppError(error)) {
        throw error;
      }
      return null; // A damaged file holds no right; the log knows what ended how.
    }
  }

  private holdFile({ config, target }: Place): string {
    // Names of targets may hold anything, and products of one folder share it.
    const key = createHash("sha256")
      .update(JSON.stringify([basename(config), target]))
      .digest("hex")
      .slice(0, 16);
    return join(this.folder(config), `.hold-${key}.json`);
  }

  private logFile(config: string): string {
    return join(this.beside(config), LOG_NAME);
  }

  private folder(config: string): string {
    return join(this.beside(config), "deployments");
  }

  private folderOf({ id, config }: DeploymentRef): string {
    if (!isJobId(id)) {
      throw new AppError("usage", `"${oneLine(id, 120)}" is no id of a deployment.`);
    }
    return join(this.folder(config), id);
  }

  private beside(config: string): string {
    if (config.split(/[/\\]/).includes("..")) {
      throw new AppError("usage", `${oneLine(config)} lies outside of the workspace.`);
    }
    return join(this.root, dirname(config), ".mlops");
  }
}

function heldFile(path: string, token: string): TargetHold {
  const beat = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, BEAT_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      try {
        if (holderOf(await textOf(path))?.token === token) {
          await rm(path, { force: true });
        }
      } catch {
        // It counts for nothing once this process is gone.
      }
    },
  };
}

function holderOf(text: string | null): Holder | null {
  try {
    const holder = JSON.parse(text ?? "null") as Partial<Holder> | null;
    return typeof holder?.token === "string" && typeof holder.deployment === "string" && typeof holder.mark?.pid === "number"
      ? (holder as Holder)
      : null;
  } catch {
    return null;
  }
}

async function idsIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && isJobId(entry.name)).map(({ name }) => name);
  } catch {
    return []; // A folder that is not there has no deployments.
  }
}

function shownFolder(config: string): string {
  return inFolder(folderOf(config), ".mlops/deployments");
}

/** The same file as it is called from this workspace: it may have been begun with a folder above or below opened. */
function here(deployment: Deployment, config: string): Deployment {
  return { ...deployment, config: inFolder(folderOf(config), basename(deployment.config)) };
}

function textFor(deployment: Deployment): string {
  return `${JSON.stringify(deployment, undefined, 1)}\n`;
}
