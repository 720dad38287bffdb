import type { CancelSignal } from "../base/cancel";
import type { Fact } from "../lint/lintFacts";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { reasonOf } from "../lint/workspace/reasonOf";
import { folderOf, inFolder, resolvePath } from "../lint/workspace/workspacePath";
import { readChain } from "./hashChain";
import { keptDeploymentFault, keptPlanFault, toldOf } from "./keptDeployments";
import type { SignOffs, SignOffWorld } from "./openSignOffs";
import { readSignOff, SIGN_OFF_FOLDER } from "./readSignOff";
import { REPORT_FOLDER, sealFault } from "./report/reportSeal";
import { holdsToday, type SignOffStanding } from "./signOffStanding";

/** A file as a commit left it; an empty text where the commit took it away. */
export interface CommittedVersion {
  readonly commit: string;
  readonly author: string;
  readonly text: string;
}

export interface RecordPorts extends Pick<SignOffWorld, "decisions"> {
  readonly files: Pick<WorkspaceFiles, "list" | "readText" | "sha256">;
  readonly signOffs: SignOffs;
  /** What a file held in each commit that changed it, newest first. @param path in the workspace. */
  readonly versions: (path: string, signal: CancelSignal) => Promise<Fact<readonly CommittedVersion[]>>;
  /** Of a text, hex. */
  readonly sha256: (text: string) => string;
}

/** Something that is not as it was written. */
export interface RecordFault {
  readonly kind: "sign_off" | "evidence" | "log" | "deployment" | "report";
  /** In the workspace. */
  readonly file: string;
  /** From 1; null where it is the file as a whole. */
  readonly line: number | null;
  readonly message: string;
  readonly remedy: string;
}

export interface Verification {
  readonly result: "fine" | "broken" | "could_not_judge";
  readonly products: number;
  readonly sign_offs: number;
  readonly logs: number;
  /** Of all logs that were read. */
  readonly lines: number;
  readonly reports: number;
  /** In the order of the products; within one, sign-offs, logs and reports. */
  readonly faults: readonly RecordFault[];
  /** What could not be looked up, a sentence each. */
  readonly unknown: readonly string[];
  /** What is worth knowing and no fault. */
  readonly notes: readonly string[];
}

export const NO_REPOSITORY = "there is no git repository";

const DEPLOYMENT_LOG = ".mlops/deployments.jsonl";
const LOGS = [".mlops/gate-log.jsonl", DEPLOYMENT_LOG];
const DEPLOYMENTS = ".mlops/deployments";
const FROM_GIT = "Compare it with the one in git, and find out who changed it.";

/**
 * Whether the records beside products are as they were written: sign-offs and their evidence, the logs of gate and deployments, what this machine kept of
 * deployments, and kept reports. A sign-off
 * that ended, or whose model has changed since, is no fault; one that breaks a rule is.
 * @param configs the products' files. @param today YYYY-MM-DD.
 */
export async function verifyRecords(
  configs: readonly string[],
  today: string,
  ports: RecordPorts,
  signal: CancelSignal,
): Promise<Verification> {
  const check = new RecordCheck(ports, signal);
  const folders = new Set<string>();
  const paths = await ports.files.list(signal);
  for (const config of configs) {
    await check.signOffsOf(config, today);
    const folder = folderOf(config);
    if (!folders.has(folder)) {
      folders.add(folder);
      await check.removedSignOffs(folder, paths);
      for (const log of LOGS) {
        const entries = await check.log(inFolder(folder, log));
        if (log === DEPLOYMENT_LOG) {
          await check.deployments(inFolder(folder, DEPLOYMENTS), entries);
        }
      }
      const reports = inFolder(folder, REPORT_FOLDER);
      for (const path of paths.filter((one) => folderOf(one) === reports)) {
        await check.report(path);
      }
    }
  }
  return check.result(configs.length);
}

class RecordCheck {
  private readonly faults: RecordFault[] = [];
  private readonly unknown: string[] = [];
  private readonly notes: string[] = [];
  private readonly signOffs = new Set<string>();
  private readonly counts = { logs: 0, lines: 0, reports: 0 };

  constructor(
    private readonly ports: RecordPorts,
    private readonly signal: CancelSignal,
  ) {}

  result(products: number): Verification {
    const { faults, notes, counts } = this;
    const unknown = [...new Set(this.unknown)];
    const result = faults.length > 0 ? "broken" : unknown.length > 0 ? "could_not_judge" : "fine";
    return { result, products, sign_offs: this.signOffs.size, ...counts, faults, unknown, notes };
  }

  async signOffsOf(config: string, today: string): Promise<void> {
    try {
      const { all } = await this.ports.signOffs.register(config, today, this.signal);
      for (const standing of all.filter(({ file }) => !this.signOffs.has(file))) {
        this.signOffs.add(standing.file);
        await this.signOff(standing, folderOf(config));
      }
    } catch (error) {
      this.signal.throwIfAborted();
      this.unknown.push(`The sign-offs of ${config} could not be judged: ${reasonOf(error)}.`);
    }
  }

  private async signOff(standing: SignOffStanding, folder: string): Promise<void> {
    const { file, state, cause, reason, remedy, evidence } = standing;
    if (cause === "unreadable" || state === "refused") {
      this.faults.push({ kind: "sign_off", file, line: null, message: reason, remedy: remedy ?? FROM_GIT });
    } else if (state === "unknown") {
      this.unknown.push(reason);
    } else if (state === "uncommitted") {
      this.notes.push(reason);
    } else if (holdsToday(standing)) {
      for (const { path, sha256 } of evidence) {
        await this.evidence(file, resolvePath(folder, path), path, sha256);
      }
    }
  }

  private async evidence(file: string, path: string | null, shown: string, sha256: string | null): Promise<void> {
    if (sha256 === null || path === null) {
      this.notes.push(
        `The sign-off ${file} rests on ${shown} without a hash in this workspace, so that nobody can tell whether it changed.`,
      );
      return;
    }
    const found = await this.ports.files.sha256(path, this.signal);
    if (found !== sha256) {
      const message = `The evidence ${shown} of the sign-off ${file} ${found === null ? "is not there any more" : "was changed after the decision"}.`;
      this.faults.push({ kind: "evidence", file: path, line: null, message, remedy: "Take it back from git, or ask for a new sign-off." });
    }
  }

  /** A decision that is taken away may have been a rejection. Drafts come and go. */
  async removedSignOffs(folder: string, paths: readonly string[]): Promise<void> {
    const place = inFolder(folder, SIGN_OFF_FOLDER);
    const history = await this.ports.decisions(folder, this.signal);
    if (!history.known) {
      return; // Where there are sign-offs, that is told already.
    }
    const here = new Set(paths);
    const missing = history.value.namesIn(place).filter((name) => !here.has(inFolder(place, name)));
    for (const name of missing) {
      const file = inFolder(place, name);
      this.faults.push({
        kind: "sign_off",
        file,
        line: null,
        message: `The sign-off ${file} is in git and not here.`,
        remedy: "Take it back from git.",
      });
    }
    for (const { name, commit, author, blob } of history.value.removedFrom(place)) {
      if (blob !== null && isDecided(await history.value.textOf(blob, this.signal))) {
        const file = inFolder(place, name);
        const message = `The sign-off ${file} was taken away by ${author.email} in the commit ${commit.slice(0, 10)}; a decision is added and never taken back.`;
        this.faults.push({
          kind: "sign_off",
          file,
          line: null,
          message,
          remedy: "Take it back from git; a later sign-off can supersede it.",
        });
      }
    }
  }

  /** @returns its entries, up to the first fault. */
  async log(path: string): Promise<readonly unknown[]> {
    const [text, versions] = await Promise.all([this.read(path), this.ports.versions(path, this.signal)]);
    if (text === undefined) {
      return [];
    }
    let entries: readonly unknown[] = [];
    if (text !== null) {
      const { lines, fault, unfinished } = readChain(text, this.ports.sha256);
      entries = lines.map(({ entry }) => entry);
      this.counts.logs++;
      this.counts.lines += lines.length;
      if (fault !== null) {
        this.faults.push({
          kind: "log",
          file: path,
          line: fault.line,
          message: `Line ${fault.line} of ${path} is broken: ${fault.why}.`,
          remedy: FROM_GIT,
        });
        return entries;
      }
      if (unfinished !== null) {
        this.notes.push(`The last line of ${path} was not finished by whoever wrote it; it counts for nothing.`);
      }
    }
    if (versions.known) {
      this.compareVersions(path, text ?? "", versions.value);
    } else if (text !== null && versions.why !== NO_REPOSITORY) {
      this.unknown.push(`Whether the end of ${path} was cut off could not be judged: ${versions.why}.`);
    } else if (text !== null) {
      this.notes.push(`Whether the end of ${path} was cut off cannot be told, because ${NO_REPOSITORY}.`);
    }
    return entries;
  }

  /** What this machine kept of deployments that the log tells of; it is not in git, and another machine has none of it. */
  async deployments(folder: string, entries: readonly unknown[]): Promise<void> {
    for (const entry of entries) {
      const told = toldOf(entry);
      if (told === null) {
        continue;
      }
      const place = `${folder}/${told.deployment}`;
      const faultIn = async (name: string, look: (text: string) => string | null): Promise<void> => {
        const file = `${place}/${name}`;
        const text = await this.read(file);
        const why = typeof text === "string" ? look(text) : null;
        if (why !== null) {
          const remedy = "Trust the log, and find out who changed the file; it can be deleted.";
          this.faults.push({ kind: "deployment", file, line: null, message: `The file ${file} ${why}.`, remedy });
        }
      };
      await faultIn("plan.json", (text) => keptPlanFault(text, told, this.ports.sha256));
      await faultIn("deployment.json", (text) => keptDeploymentFault(text, told));
    }
  }

  /** A whole chain may be a shorter one: each version has to begin with the one before. */
  private compareVersions(path: string, text: string, versions: readonly CommittedVersion[]): void {
    let later = { text, who: "here, which is not committed" };
    for (const { commit, author, text: earlier } of versions) {
      if (!later.text.startsWith(earlier)) {
        const line = firstDifference(later.text, earlier);
        const message = `Line ${line} of ${path} was ${later.text.length < earlier.length ? "cut off" : "replaced"} ${later.who}: the commit ${commit.slice(0, 10)} still holds it.`;
        this.faults.push({ kind: "log", file: path, line, message, remedy: FROM_GIT });
        return;
      }
      later = { text: earlier, who: `by ${author} in the commit ${commit.slice(0, 10)}` };
    }
  }

  async report(path: string): Promise<void> {
    const text = await this.read(path);
    if (typeof text !== "string") {
      return;
    }
    this.counts.reports++;
    const fault = sealFault(text, this.ports.sha256);
    if (fault !== null) {
      const message = `The report ${path} is not as it was made. ${fault}`;
      this.faults.push({ kind: "report", file: path, line: null, message, remedy: "Take it back from git, or make a new one." });
    }
  }

  /** Undefined where it cannot be read. */
  private async read(path: string): Promise<string | null | undefined> {
    try {
      return await this.ports.files.readText(path, this.signal);
    } catch (error) {
      this.signal.throwIfAborted();
      this.unknown.push(`${path} cannot be read: ${reasonOf(error)}.`);
      return undefined;
    }
  }
}

function isDecided(text: string): boolean {
  try {
    return readSignOff(text).decision !== null;
  } catch {
    return true; // What nobody can read may have been one.
  }
}

/** The first line, from 1, in which two texts differ. */
function firstDifference(left: string, right: string): number {
  const [some, others] = [left.split("\n"), right.split("\n")];
  return others.findIndex((line, index) => line !== some[index]) + 1;
}
