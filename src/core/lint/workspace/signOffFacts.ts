import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import { readSignOff, SIGN_OFF_FOLDER, type SignOff } from "../../governance/readSignOff";
import { isBot } from "../bots";
import type { Fact, SignOffFact } from "../lintFacts";
import { sameAddress } from "../person";
import { CUT_HISTORY } from "../repositoryFacts";
import type { FileIndex } from "./fileIndex";
import type { RepositoryFact, WorkspaceFiles } from "./lintPorts";
import { readParsed } from "./readParsed";
import { reasonOf } from "./reasonOf";
import { inFolder } from "./workspacePath";

/** A sign-off with what only some readers need: the commit that was looked at. */
export interface GatheredSignOff extends SignOffFact {
  readonly commit: string | null;
}

/** The sign-offs beside a product's file that are about it, by the name of their files. */
export async function gatherSignOffs(
  product: Product,
  folder: string,
  files: WorkspaceFiles,
  index: FileIndex,
  repository: Fact<RepositoryFact>,
  signal: CancelSignal,
): Promise<Fact<readonly GatheredSignOff[]>> {
  const place = inFolder(folder, SIGN_OFF_FOLDER);
  const signOffs: GatheredSignOff[] = [];
  for (const name of index.namesIn(place).filter((one) => /\.ya?ml$/i.test(one))) {
    const path = inFolder(place, name);
    try {
      const signOff = await readParsed(files, path, readSignOff, signal);
      if (signOff !== null && isAbout(signOff, product)) {
        signOffs.push(toFact(signOff, `${SIGN_OFF_FOLDER}/${name}`, writersOf(path, repository)));
      }
    } catch (error) {
      signal.throwIfAborted();
      return { known: false, why: `${SIGN_OFF_FOLDER}/${name} cannot be read: ${reasonOf(error)}` };
    }
  }
  return { known: true, value: signOffs };
}

/** Several products may stand in one folder; a sign-off without a name is about each. */
function isAbout({ model }: SignOff, product: Product): boolean {
  const names = [product.name, product.model?.name].filter((name) => name !== undefined);
  return model.name === null || names.length === 0 || names.includes(model.name);
}

interface Writer {
  readonly email: string;
  readonly name: string | null;
}

/** Empty where the file was not committed. */
function writersOf(path: string, repository: Fact<RepositoryFact>): Fact<readonly Writer[]> {
  if (!repository.known) {
    return repository;
  }
  const { activity, toRepository } = repository.value;
  const writers = activity.writersOf(toRepository(path));
  return writers === null
    ? CUT_HISTORY
    : { known: true, value: writers.map((email) => ({ email, name: activity.author(email)?.name ?? null })) };
}

/** A sign-off is added and never edited, so that anybody else who wrote to it counts for more than who added it. */
function toFact(signOff: SignOff, file: string, known: Fact<readonly Writer[]>): GatheredSignOff {
  const { subject, email, name, decision, when, expires, model, commit } = signOff;
  const writers = known.known ? known.value : [];
  const other = writers.find((writer) => !sameAddress(writer.email, email ?? ""));
  return {
    file,
    subject: subject ?? "",
    whoEmail: email,
    decision,
    when,
    expires,
    modelVersion: model.version,
    commitAuthor: known.known ? { known: true, value: (other ?? writers[0])?.email ?? null } : known,
    isBot: isBot(email, name) || writers.some((writer) => isBot(writer.email, writer.name)),
    commit,
  };
}
