import type { CancelSignal } from "../../base/cancel";
import { EMPTY_POLICY, mergePolicies, type Policy, type PolicyFile, toPolicy } from "../../config/policy";
import { readPolicyFile } from "../../config/readConfig";
import type { WorkspaceFiles } from "./lintPorts";
import { POLICY_PATH } from "./lintTarget";
import { parseOnce } from "./readParsed";
import { readWithIncludes } from "./readWithIncludes";
import { folderOf, foldersUp, inFolder, resolvePath } from "./workspacePath";

/** More policies one above the other are a circle. */
const MOST_BASES = 10;

/** The policy for a folder: the nearest `.mlops/policy.yaml` in it or above, over those that it extends. */
export async function findPolicy(folder: string, files: WorkspaceFiles, signal: CancelSignal): Promise<Policy> {
  for (const place of foldersUp(folder)) {
    const path = inFolder(place, POLICY_PATH);
    if ((await files.look(path, signal)).kind === "file") {
      return toPolicy(await readChain(path, files, signal));
    }
  }
  return EMPTY_POLICY;
}

/** A part that cannot be read counts as not written; the lint of the policy's own file says what is wrong with it. */
async function readChain(first: string, files: WorkspaceFiles, signal: CancelSignal): Promise<PolicyFile> {
  const chain: PolicyFile[] = [];
  const seen = new Set<string>();
  let path: string | null = first;
  while (path !== null && !seen.has(path) && chain.length < MOST_BASES) {
    seen.add(path);
    const text: string | null = await readOrNull(path, files, signal);
    if (text === null) {
      break;
    }
    const value: PolicyFile =
      parseOnce(text, readAlone) ?? (await readWithIncludes(path, (include) => readPolicyFile(text, include), files, signal)).value;
    chain.push(value);
    path = value.extends === undefined ? null : resolvePath(folderOf(path), value.extends);
  }
  return chain.reduceRight<PolicyFile>((base, own) => mergePolicies(base, own), {});
}

/** A policy that includes nothing, once for all products below it; null for one that does. */
function readAlone(text: string): PolicyFile | null {
  const included: string[] = [];
  const { value } = readPolicyFile(text, (path) => {
    included.push(path);
    return "";
  });
  return included.length === 0 ? value : null;
}

async function readOrNull(path: string, files: WorkspaceFiles, signal: CancelSignal): Promise<string | null> {
  try {
    return await files.readText(path, signal);
  } catch {
    signal.throwIfAborted();
    return null; // A policy that cannot be read is named by the lint of its own file.
  }
}
