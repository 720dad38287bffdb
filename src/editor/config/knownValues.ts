import * as vscode from "vscode";

import type { KnownValues } from "../../core/lint/configSuggestions";
import type { OwnerCandidate } from "../../core/lint/lintFacts";
import { toRepositoryFacts } from "../../core/lint/repositoryFacts";
import { findPolicy } from "../../core/lint/workspace/findPolicy";
import { folderOf, relativePath } from "../../core/lint/workspace/workspacePath";
import type { LintPlace } from "./configParts";

export const NOTHING_KNOWN: KnownValues = { people: [], named: new Map(), files: [] };

/** Who may answer for what the file describes, most active first. A folder that is not trusted is not asked, because that runs git. */
export async function peopleAround({ path, ports }: LintPlace, today: string, signal: AbortSignal): Promise<readonly OwnerCandidate[]> {
  if (!vscode.workspace.isTrusted) {
    return [];
  }
  const repository = await ports.repositories.find(folderOf(path), signal);
  if (!repository.known) {
    return [];
  }
  const { activity, codeowners } = repository.value;
  const config = repository.value.toRepository(path);
  const { owners } = toRepositoryFacts({ activity, codeowners, config, training: [], today });
  return owners.known ? owners.value : [];
}

/** All files as the configuration would write them: those of its own folder first, then those above. */
export async function filesAround({ path, ports }: LintPlace, signal: AbortSignal): Promise<readonly string[]> {
  const folder = folderOf(path);
  const paths = (await ports.files.list(signal)).filter((one) => one !== path).map((one) => relativePath(folder, one));
  return [...paths.filter((one) => !one.startsWith("../")), ...paths.filter((one) => one.startsWith("../"))];
}

/** The people whom the policy names, by role. */
export async function peopleOfPolicy({ path, ports }: LintPlace, signal: AbortSignal): Promise<KnownValues["named"]> {
  return (await findPolicy(folderOf(path), ports.files, signal)).people;
}
