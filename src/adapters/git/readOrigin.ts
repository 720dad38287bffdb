import type { CancelSignal } from "../../core/base/cancel";
import { runGit } from "./runGit";

/** The repository that a folder lies in. */
export interface Origin {
  /** Address of the remote `origin`; null where there is none of this name. */
  readonly remote: string | null;
  /** Absolute path of the working tree. */
  readonly root: string;
}

/** Null without a repository, and where git cannot be asked. */
export async function readOrigin(folder: string, signal: CancelSignal): Promise<Origin | null> {
  try {
    const root = (await runGit(folder, ["rev-parse", "--show-toplevel"], signal)).replace(/\r?\n$/, "");
    return root === "" ? null : { root, remote: await remoteOf(folder, signal) };
  } catch {
    signal.throwIfAborted();
    return null; // No repository is a normal answer here, and whoever asks says what it means.
  }
}

async function remoteOf(folder: string, signal: CancelSignal): Promise<string | null> {
  try {
    const remote = (await runGit(folder, ["remote", "get-url", "origin"], signal)).trim();
    return remote === "" ? null : remote;
  } catch {
    signal.throwIfAborted();
    return null; // Git fails where the remote does not exist.
  }
}
