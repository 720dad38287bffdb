import { userInfo } from "node:os";

import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { runGit } from "./runGit";

/** As git calls whoever works in a folder, else as the system does; null where neither tells. */
export async function whoAsks(folder: string, signal: CancelSignal): Promise<string | null> {
  const byGit = await runGit(folder, ["config", "user.name"], signal).catch(() => "");
  signal.throwIfAborted();
  try {
    return oneLine(byGit, 100) || oneLine(userInfo().username, 100) || null;
  } catch {
    return null; // A user without an entry in the system's list, as in containers.
  }
}
