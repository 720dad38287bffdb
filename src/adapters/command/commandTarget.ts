import { spawn } from "node:child_process";
import * as v from "valibot";

import { AppError, toUserText } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type {
  DeployDraft,
  DeployTarget,
  ScoringInput,
  ScoringResult,
  TargetFacts,
  TargetHealth,
  TargetStep,
} from "../../core/deployment/deployTarget";
import type { TargetSpec } from "../../core/deployment/targetSpec";
import { findSecrets } from "../../core/lint/secrets";
import { type HttpAnswer, sendHttp } from "../node/httpJson";
import { findProgram, isBatchFile } from "../node/jobs/findProgram";
import { endGroup } from "../node/jobs/processIdentity";
import { pause } from "../node/pause";
import { scoreByHttp } from "../node/scoreByHttp";
import { fillRelease } from "./fillRelease";

export interface CommandTargetOptions {
  /** Of this process; the command inherits it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const RUN = "run-command";
const WAIT = "wait";
const ASK_MS = 10_000;
const SCORE_MS = 60_000;
const POLL_MS = 500;
const KILL_MS = 3000;
/** Last words may come after the end. */
const LAST_WORDS_MS = 1000;
const LONGEST_LINE = 4000;

/** What an address for health may tell beside its status. */
const toldVersion = v.object({ model_version: v.union([v.string(), v.number()]) });

/**
 * A command of the team's own. It gets its words filled in, and the same in the environment as `MLOPS_MODEL`, `MLOPS_VERSION`, `MLOPS_TARGET`,
 * `MLOPS_PREVIOUS` and `MLOPS_SOURCE`. What is there is told by the address for health, where there is one and it answers JSON with
 * `model_version`.
 */
export function createCommandTarget(options: CommandTargetOptions): DeployTarget {
  return new CommandTarget(options.env);
}

class CommandTarget implements DeployTarget {
  readonly type = "command";
  readonly stop = null;
  readonly restart = null;
  readonly scale = null;

  constructor(private readonly env: CommandTargetOptions["env"]) {}

  async inspect(spec: TargetSpec, signal: CancelSignal): Promise<TargetFacts> {
    signal.throwIfAborted();
    const told = await this.ask(spec, signal);
    const version = told.kind === "answer" ? versionIn(told.answer) : null;
    const isMissing = !spec.shell && this.program(spec, spec.command) === null;
    const name = spec.command?.[0] ?? "";
    const message = isMissing
      ? `There is no program "${oneLine(name)}".`
      : version === null
        ? "The command can be run."
        : `Version ${version} answers at ${told.url}.`;
    return {
      health: { ok: !isMissing, message },
      version,
      canTell: version !== null,
      since: null,
      state: version ?? "",
      warnings: spec.shell ? ["The command is read by a shell."] : [],
      blockers: [],
      webUrl: spec.address,
    };
  }

  steps(draft: DeployDraft): readonly TargetStep[] {
    const { spec, isRollback, version, previous } = draft;
    const command = (isRollback ? spec.rollbackCommand : null) ?? spec.command;
    if (command === null) {
      throw new AppError("usage", `The target ${spec.name} names no command.`, { remedy: "Add command, such as [./release.sh]." });
    }
    const what = isRollback ? `go back to version ${version}` : `release version ${version}`;
    const from = previous === null || previous === version ? "" : `, from version ${previous}`;
    const run: TargetStep = {
      id: RUN,
      text: `Run the command to ${what} of ${spec.model}${from}.`,
      risk: "What it does is known to its author only.",
      action: { kind: "command", argv: fillRelease(command, draft), shell: spec.shell, cwd: spec.folder },
    };
    const url = urlOf(spec, spec.health);
    return url === null
      ? [run]
      : [run, { id: WAIT, text: `Wait until ${url} answers.`, risk: null, action: { kind: "own", what: `GET ${url} until it answers` } }];
  }

  async apply(draft: DeployDraft, step: TargetStep, log: (line: string) => void, signal: CancelSignal): Promise<void> {
    signal.throwIfAborted();
    if (step.id === WAIT) {
      await this.untilAnswers(draft, log, signal);
    } else if (step.id === RUN && step.action.kind === "command") {
      await this.run(draft, step.action, log, signal);
    } else {
      throw new AppError("usage", `"${oneLine(step.id)}" is no step of this target.`);
    }
  }

  async health(spec: TargetSpec, signal: CancelSignal): Promise<TargetHealth> {
    signal.throwIfAborted();
    const nothing = { version: null, requests: null, replicas: null, since: null };
    const told = await this.ask(spec, signal);
    if (told.kind === "none") {
      return { ...nothing, state: "unknown", message: "Nothing says whether it works: the target names no address for health." };
    }
    if (told.kind === "silent") {
      return { ...nothing, state: "stopped", message: told.why };
    }
    const { status } = told.answer;
    return isGood(status)
      ? { ...nothing, version: versionIn(told.answer), state: "healthy", message: `${told.url} answers.` }
      : { ...nothing, state: "unhealthy", message: `${told.url} answers with HTTP ${status}.` };
  }

  async score(spec: TargetSpec, input: ScoringInput, signal: CancelSignal): Promise<ScoringResult | null> {
    signal.throwIfAborted();
    const url = urlOf(spec, spec.score);
    if (url === null) {
      return null;
    }
    return scoreByHttp({ url, timeoutMs: SCORE_MS }, input, signal);
  }

  /** A rolling release leaves the version before answering for a while, which is no answer yet. */
  private async untilAnswers({ spec, version, previous }: DeployDraft, log: (line: string) => void, signal: CancelSignal): Promise<void> {
    for (let isSaid = false; ;) {
      const told = await this.ask(spec, signal);
      const there = told.kind === "answer" ? versionIn(told.answer) : null;
      const isBefore = there !== null && there !== version && there === previous;
      if (told.kind === "none" || (told.kind === "answer" && isGood(told.answer.status) && !isBefore)) {
        return;
      }
      if (isBefore && !isSaid) {
        isSaid = true;
        log(`Version ${there} answers still.`);
      }
      await pause(POLL_MS, signal);
    }
  }

  private async ask(
    spec: TargetSpec,
    signal: CancelSignal,
  ): Promise<
    | { readonly kind: "none"; readonly url: null }
    | { readonly kind: "silent"; readonly url: string; readonly why: string }
    | { readonly kind: "answer"; readonly url: string; readonly answer: HttpAnswer }
  > {
    const url = urlOf(spec, spec.health);
    if (url === null) {
      return { kind: "none", url };
    }
    try {
      return { kind: "answer", url, answer: await sendHttp({ method: "GET", url, timeoutMs: ASK_MS, signal }) };
    } catch (error) {
      signal.throwIfAborted();
      return { kind: "silent", url, why: toUserText(error) };
    }
  }

  private program({ folder }: TargetSpec, command: readonly string[] | null): string | null {
    const name = command?.[0] ?? "";
    return name === "" ? null : findProgram(name, folder, this.env);
  }

  private async run(
    draft: DeployDraft,
    { argv, shell, cwd }: Extract<TargetStep["action"], { kind: "command" }>,
    log: (line: string) => void,
    signal: CancelSignal,
  ): Promise<void> {
    const { spec } = draft;
    const program = shell ? (argv[0] ?? "") : this.program(spec, argv);
    if (program === null) {
      throw new AppError("usage", `There is no program "${oneLine(argv[0] ?? "")}".`, { remedy: "Correct the command, or install it." });
    }
    if (!shell && isBatchFile(program)) {
      throw new AppError("usage", `${oneLine(program)} is a batch file, in which no argument is safe.`, { remedy: "Name a program." });
    }
    const code = await runLines(program, shell ? [] : argv.slice(1), { cwd, shell, env: { ...this.env, ...wordsOf(draft) } }, log, signal);
    if (code !== 0) {
      throw new AppError("store/unsupported", `The command ended with ${typeof code === "number" ? `exit code ${code}` : code}.`, {
        remedy: "Its last words are in the log.",
      });
    }
  }
}

/** In a process group of its own, so that what the command started ends with it. @returns the exit code, or the signal that ended it. */
function runLines(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly shell: boolean; readonly env: Readonly<Record<string, string | undefined>> },
  log: (line: string) => void,
  signal: CancelSignal,
): Promise<number | string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      detached: process.platform !== "win32",
    });
    const { pid } = child;
    let force: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      if (pid !== undefined) {
        endGroup(pid, false);
        force = setTimeout(() => endGroup(pid, true), KILL_MS);
      }
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const done = (): void => {
      clearTimeout(force);
      signal.removeEventListener("abort", onAbort);
    };
    const lines = [child.stdout, child.stderr].map((stream) => lineReader(stream, log));
    child.on("error", (error) => {
      done();
      reject(new AppError("usage", `The command cannot be started: ${oneLine(error.message)}.`, { cause: error }));
    });
    let isOver = false;
    const finish = (code: number | null, by: string | null): void => {
      if (isOver) {
        return;
      }
      isOver = true;
      done();
      child.stdout.destroy();
      child.stderr.destroy();
      lines.forEach((flush) => flush());
      try {
        signal.throwIfAborted();
        resolve(code ?? by ?? "an unknown signal");
      } catch (reason) {
        reject(reason instanceof Error ? reason : new Error(String(reason)));
      }
    };
    // A server that the command left running may hold its output open for ever.
    child.on("exit", (code, by) => setTimeout(() => finish(code, by), LAST_WORDS_MS));
    child.on("close", finish);
  });
}

/** Hands lines on as they end, without what looks like a secret. @returns hands the last one on. */
function lineReader(stream: NodeJS.ReadableStream, log: (line: string) => void): () => void {
  let rest = "";
  const hand = (line: string): void => {
    const [secret] = findSecrets([line, ...line.split(/\s+/)]);
    const plain = oneLine(line, LONGEST_LINE);
    if (plain !== "") {
      log(secret === undefined ? plain : `*** (a line that holds ${secret.what})`);
    }
  };
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const parts = (rest + text).split(/\r\n|[\r\n]/);
    rest = (parts.pop() ?? "").slice(-LONGEST_LINE * 4);
    parts.forEach(hand);
  });
  return () => hand(rest);
}

function wordsOf({ spec, version, previous, source }: DeployDraft): Readonly<Record<string, string>> {
  return {
    MLOPS_MODEL: spec.model,
    MLOPS_VERSION: version,
    MLOPS_TARGET: spec.name,
    MLOPS_PREVIOUS: previous ?? "",
    MLOPS_SOURCE: source ?? "",
  };
}

function urlOf({ address }: TargetSpec, place: string | null): string | null {
  if (place === null) {
    return null;
  }
  return /^https?:\/\//i.test(place) ? place : address === null ? null : `${address}/${place.replace(/^\/+/, "")}`;
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}

function versionIn({ status, text }: HttpAnswer): string | null {
  if (!isGood(status)) {
    return null;
  }
  try {
    const found = v.safeParse(toldVersion, JSON.parse(text));
    const version = found.success ? oneLine(String(found.output.model_version), 100) : "";
    return version === "" ? null : version;
  } catch {
    return null; // Most answers for health are no JSON.
  }
}
