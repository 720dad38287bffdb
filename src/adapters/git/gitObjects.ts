import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";

import { AppError } from "../../core/base/appError";
import { type CancelSignal, unlessCancelled } from "../../core/base/cancel";
import { GIT_CONFIG, gitEnvironment, GitFailure, readGitObject, SILENCE_LIMIT, toGitFailure } from "./runGit";

/** A git without a question ends after so many milliseconds. */
const IDLE_MS = 200;
const LINE_END = 10;

interface Question {
  readonly object: string;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Running {
  readonly git: ChildProcessWithoutNullStreams;
  readonly waiting: Question[];
  /** Begins to wait anew, for an answer or for a question. */
  readonly watch: () => void;
}

/**
 * Reads objects of one repository by one git for all of them, because starting it costs many times what it does. Git reads the repository's configuration, which
 * can name programs to run, so that this must not be used for a workspace that the user does not trust.
 */
export class GitObjects {
  private running: Running | null = null;

  /** @param root absolute path of the repository. */
  constructor(private readonly root: string) {}

  /** The bytes of a file, e.g. `<commit>:<path>`. @throws GitFailure where there is no such file, `git/unavailable` where git cannot run. */
  read(object: string, signal: CancelSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    // Questions are lines. Such a name has to be asked for alone.
    return /[\n\r\0]/.test(object) ? readGitObject(this.root, object, signal) : unlessCancelled(this.ask(object), signal);
  }

  private ask(object: string): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.running === null && !existsSync(this.root)) {
        throw new AppError("git/unavailable", `The folder ${this.root} does not exist any more.`);
      }
      this.running ??= this.start();
      const { waiting, git, watch } = this.running;
      waiting.push({ object, resolve, reject });
      // What is asked at once goes to git in one piece.
      git.stdin.cork();
      git.stdin.write(`${object}\n`);
      setImmediate(() => git.stdin.uncork());
      if (waiting.length === 1) {
        watch();
      }
    });
  }

  private start(): Running {
    const settings = GIT_CONFIG.flatMap((one) => ["-c", one]);
    const git = spawn("git", [...settings, "cat-file", "--batch"], { cwd: this.root, env: gitEnvironment(), windowsHide: true });
    const waiting: Question[] = [];
    let said = "";
    let timer: NodeJS.Timeout | undefined;
    const end = (error: Error): void => {
      clearTimeout(timer);
      this.forget(running);
      waiting.splice(0).forEach(({ reject }) => reject(error));
    };
    const watch = (): void => {
      clearTimeout(timer);
      if (waiting.length > 0) {
        holdProcess(git, true);
        timer = setTimeout(() => {
          end(new GitFailure(`git sent nothing for ${SILENCE_LIMIT / 1000} seconds`));
          git.kill();
        }, SILENCE_LIMIT);
      } else {
        // A program that is done does not wait for it; git ends with it.
        holdProcess(git, false);
        timer = setTimeout(() => {
          // From here on another one is asked.
          this.forget(running);
          git.stdin.end();
        }, IDLE_MS).unref();
      }
    };
    const running: Running = { git, waiting, watch };
    const answers = new Answers((bytes) => {
      const question = waiting.shift();
      if (bytes === null) {
        question?.reject(new GitFailure(`there is no file ${question.object}`));
      } else {
        question?.resolve(bytes);
      }
    });
    git.stdout.on("data", (chunk: Buffer) => {
      try {
        answers.take(chunk);
        watch();
      } catch (error) {
        end(error instanceof Error ? error : new Error(String(error)));
        git.kill();
      }
    });
    git.stderr.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString("utf8")}`.slice(-4000)));
    // A git that ended says so itself.
    git.stdin.on("error", () => undefined);
    git.on("error", (error) => end(toGitFailure(error, this.root)));
    git.on("close", () => end(toGitFailure(new Error(said.trim() || "git ended before it had answered"), this.root)));
    return running;
  }

  private forget(running: Running): void {
    if (this.running === running) {
      this.running = null;
    }
  }
}

/** Whether this program stays for a git that it started. */
function holdProcess(git: ChildProcessWithoutNullStreams, isHeld: boolean): void {
  for (const one of [git, git.stdin, git.stdout, git.stderr] as readonly { ref?(): void; unref?(): void }[]) {
    if (isHeld) {
      one.ref?.();
    } else {
      one.unref?.();
    }
  }
}

/** Takes git's answers apart: a line with hash, kind and length, the bytes and a line end; or one line that names what is missing. */
class Answers {
  private pieces: Buffer[] = [];
  private held = 0;
  /** How many bytes of a body are waited for with its line end; null while a line is. */
  private wanted: { readonly length: number; readonly isFile: boolean } | null = null;

  constructor(private readonly answer: (bytes: Uint8Array | null) => void) {}

  /** @throws GitFailure where git says something else. */
  take(chunk: Buffer): void {
    this.pieces.push(chunk);
    this.held += chunk.length;
    // Pieces of a long file are joined once, when all are there.
    if (this.wanted !== null && this.held <= this.wanted.length) {
      return;
    }
    let bytes = this.pieces.length === 1 ? chunk : Buffer.concat(this.pieces);
    for (let rest = this.next(bytes); rest !== null; rest = this.next(bytes)) {
      bytes = rest;
    }
    this.pieces = bytes.length === 0 ? [] : [bytes];
    this.held = bytes.length;
  }

  private next(bytes: Buffer): Buffer | null {
    if (this.wanted === null) {
      const end = bytes.indexOf(LINE_END);
      if (end < 0) {
        return null;
      }
      this.readLine(bytes.toString("utf8", 0, end));
      return bytes.subarray(end + 1);
    }
    const { length, isFile } = this.wanted;
    if (bytes.length <= length) {
      return null;
    }
    this.wanted = null;
    this.answer(isFile ? Uint8Array.prototype.slice.call(bytes, 0, length) : null);
    return bytes.subarray(length + 1);
  }

  private readLine(line: string): void {
    const [, kind = "", length = ""] = /^[\da-f]{40,64} (\w+) (\d+)$/.exec(line) ?? [];
    if (kind !== "") {
      this.wanted = { length: Number(length), isFile: kind === "blob" };
    } else if (/ (?:missing|ambiguous|submodule)$/.test(line)) {
      this.answer(null);
    } else {
      throw new GitFailure(`git answers "${line.slice(0, 200)}"`);
    }
  }
}
