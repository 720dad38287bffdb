import type { CancelSignal } from "../base/cancel";
import type { Policy } from "../config/policy";
import type { Product } from "../config/product";
import type { Fact } from "../lint/lintFacts";
import { fileIndexOf } from "../lint/workspace/fileIndex";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { parseOnce } from "../lint/workspace/readParsed";
import { reasonOf } from "../lint/workspace/reasonOf";
import { trainingFiles } from "../lint/workspace/trainingFiles";
import { folderOf, inFolder, resolvePath } from "../lint/workspace/workspacePath";
import { type ModelCode, wroteChange, wroteCode } from "./changeAuthors";
import { coveredHash } from "./coveredSections";
import { isSubject, judgeSignOff, type JudgedOrigin } from "./judgeSignOff";
import { whoMay } from "./neededSignOffs";
import { readSignOff, SIGN_OFF_FOLDER, type SignOff } from "./readSignOff";
import type { SignOffHistory } from "./signOffHistory";
import { originOf } from "./signOffOrigin";
import { type JudgedSignOffs, SIGN_OFF_SUBJECTS, type SignOffBinding, type SignOffStanding, wasApproved } from "./signOffStanding";
import { markSuperseded } from "./superseded";

export interface GatherSignOffs {
  readonly product: Product;
  readonly policy: Policy;
  /** The product's file, in the workspace. */
  readonly config: string;
  /** YYYY-MM-DD, or an RFC 3339 time. */
  readonly today: string;
  /** The commit of the run that made a version of the model, without one that of the file; null where nobody knows. Asked only for a decision that somebody made. */
  readonly modelCommit: (signal: CancelSignal, version?: string) => Promise<string | null>;
}

/** What is asked for sign-offs. */
export interface SignOffSources {
  readonly files: WorkspaceFiles;
  /** What git knows of the repository that holds a folder; unknown where there is none, or no trust. */
  readonly decisions: (folder: string, signal: CancelSignal) => Promise<Fact<SignOffHistory>>;
}

/**
 * Reads and judges the sign-offs beside a product's file that are about it. One that cannot be read, or whose history cannot be asked for, is "unknown".
 * @throws only when cancelled, or when the workspace cannot be listed.
 */
export async function gatherSignOffs(input: GatherSignOffs, sources: SignOffSources, signal: CancelSignal): Promise<JudgedSignOffs> {
  const folder = folderOf(input.config);
  const place = inFolder(folder, SIGN_OFF_FOLDER);
  const names = fileIndexOf(await sources.files.list(signal))
    .namesIn(place)
    .filter((name) => /\.ya?ml$/i.test(name));
  const history = await sources.decisions(folder, signal);
  const standings: SignOffStanding[] = [];
  for (const name of oldestFirst(names, place, history)) {
    const standing = await judgeFile(
      inFolder(place, name),
      `${SIGN_OFF_FOLDER}/${name}`,
      input,
      sources,
      { history, earlier: standings },
      signal,
    );
    standings.push(...(standing === null ? [] : [standing]));
  }
  if (history.known) {
    standings.push(...(await goneRejections(place, names, input, sources.files, history.value, signal)));
  }
  const aliases = names.length === 0 ? new Map<string, string>() : await aliasesOf(input, history, signal);
  let binding: SignOffBinding | undefined;
  return {
    ...{ standings: markSuperseded(standings), aliases },
    // Only whoever makes a sign-off asks for it, and it hashes most of the file.
    get binding() {
      return history.known ? (binding ??= bindingOf(input.product, history.value)) : null;
    },
  };
}

function bindingOf(product: Product, history: SignOffHistory): SignOffBinding {
  const covered = SIGN_OFF_SUBJECTS.map((subject) => [subject, coveredHash(subject, product, (text) => history.sha256(text))] as const);
  return { commit: history.head || null, covered: Object.fromEntries(covered) as SignOffBinding["covered"] };
}

/** What a decision approves begins where the one before it ended. */
function oldestFirst(names: readonly string[], place: string, history: Fact<SignOffHistory>): readonly string[] {
  if (!history.known) {
    return names;
  }
  const index = (name: string): number => history.value.commitsOf(inFolder(place, name)).at(-1)?.index ?? -1;
  return [...names].sort((left, right) => index(right) - index(left));
}

async function judgeFile(
  file: string,
  shown: string,
  { product, config, today, modelCommit }: GatherSignOffs,
  { files }: Pick<SignOffSources, "files">,
  { history, earlier }: { readonly history: Fact<SignOffHistory>; readonly earlier: readonly SignOffStanding[] },
  signal: CancelSignal,
): Promise<SignOffStanding | null> {
  let signOff: SignOff;
  let text: string | null;
  try {
    text = await files.readText(file, signal);
    if (text === null) {
      return null;
    }
    signOff = parseOnce(text, readSignOff);
  } catch (error) {
    signal.throwIfAborted();
    return unreadable(file, `${shown} cannot be read: ${reasonOf(error)}`);
  }
  if (!isAbout(signOff, product)) {
    return null;
  }
  const { email, name } = signOff;
  try {
    const known = history.known ? history.value : null;
    const person = email === null ? null : known === null ? email : await known.canonical(email, name, signal);
    const origin: JudgedOrigin =
      known === null
        ? { known: false, why: history.known ? "" : history.why }
        : await originFor(
            file,
            text,
            { signOff, person, product, config, modelCommit, files, earlier, head: known.headBlob(file) },
            known,
            signal,
          );
    const hash = known === null ? null : (content: string) => known.sha256(content);
    return judgeSignOff({ file, shown, signOff, person, sha256: hash?.(text) ?? null, origin, product, today, hash });
  } catch (error) {
    signal.throwIfAborted();
    const origin = { known: false, why: reasonOf(error) } as const;
    return judgeSignOff({ file, shown, signOff, person: email, sha256: null, origin, product, today, hash: null });
  }
}

/** What a rejection is that somebody really made. */
const GONE_AND_MADE: ReadonlySet<string> = new Set(["rejected", "stale", "expired"]);

/** Rejections that were taken away, here or by a commit: nobody gets rid of a no but by a later decision of the same person. */
async function goneRejections(
  place: string,
  names: readonly string[],
  { product, config, today, modelCommit }: GatherSignOffs,
  files: SignOffSources["files"],
  history: SignOffHistory,
  signal: CancelSignal,
): Promise<readonly SignOffStanding[]> {
  const missing = history.namesIn(place).filter((name) => !names.includes(name));
  const gone = [
    ...missing.map((name) => ({ name, blob: history.headBlob(inFolder(place, name)) })),
    ...history.removedFrom(place).filter(({ name }) => !names.includes(name)),
  ];
  const standings: SignOffStanding[] = [];
  for (const { name, blob } of gone) {
    const file = inFolder(place, name);
    try {
      const text = blob === null ? "" : await history.textOf(blob, signal);
      const signOff = readSignOff(text);
      if (signOff.decision !== "reject" || signOff.email === null || !isAbout(signOff, product)) {
        continue;
      }
      const person = await history.canonical(signOff.email, signOff.name, signal);
      const origin = await originFor(
        file,
        text,
        { signOff, person, product, config, modelCommit, files, earlier: [], head: blob },
        history,
        signal,
      );
      const hash = (content: string): string => history.sha256(content);
      const shown = `${SIGN_OFF_FOLDER}/${name}`;
      const standing = judgeSignOff({ file, shown, signOff, person, sha256: hash(text), origin, product, today, hash });
      // Also one of an earlier version, to which somebody may want to go back.
      if (GONE_AND_MADE.has(standing.state)) {
        standings.push({ ...standing, reason: `${standing.reason} The file was taken away since, and the decision stands.` });
      }
    } catch {
      signal.throwIfAborted(); // What nobody can read any more is told by the verification of records.
    }
  }
  return standings;
}

/** Several products may stand in one folder; a sign-off without a name is about each. */
function isAbout({ model }: SignOff, product: Product): boolean {
  const names = [product.name, product.model?.name].filter((name) => name !== undefined);
  return model.name === null || names.length === 0 || names.includes(model.name);
}

interface OriginWish extends Pick<GatherSignOffs, "product" | "config" | "modelCommit"> {
  readonly signOff: SignOff;
  readonly person: string | null;
  readonly files: SignOffSources["files"];
  /** Decisions from before, judged. */
  readonly earlier: readonly SignOffStanding[];
  /** Git's hash of what the file holds, or held last. */
  readonly head: string | null;
}

/** Decisions on the model itself; who wrote its code may still judge law and data. */
const OF_MODELS: ReadonlySet<string> = new Set(["launch", "review", "exception"]);
const UNSIGNED = { state: "none", signer: "" } as const;

async function originFor(
  file: string,
  text: string,
  wish: OriginWish,
  history: SignOffHistory,
  signal: CancelSignal,
): Promise<JudgedOrigin> {
  const { signOff, person, config, head } = wish;
  const origin = await originOf(file, text, head, history, signal);
  if (origin === null) {
    return { known: false, why: "the clone does not hold the whole history" };
  }
  const { decided, edited } = origin;
  if (decided === null || person === null || !isSubject(signOff.subject)) {
    return { known: true, decided, edited, isByAuthor: false, signature: UNSIGNED, isOwnKey: false, ownChange: null };
  }
  const isByAuthor = decided.author.email === person || decided.author.rawEmail === signOff.email;
  const signature = await history.signatureOf(decided.commit, signal);
  const wroteModel = async (): Promise<boolean> => {
    const code = OF_MODELS.has(signOff.subject ?? "") ? await codeOf(wish, signal) : null;
    return code !== null && (await wroteCode(person, code, history, signal));
  };
  const isOwn = isByAuthor && (await wroteChange(person, { subject: signOff.subject, config, decided }, history, signal));
  return {
    ...{ known: true, decided, edited, isByAuthor, signature },
    isOwnKey: isKeyOf(signature.signer, [person, signOff.email ?? person, decided.author.rawEmail]),
    ownChange: isOwn ? "change" : isByAuthor && (await wroteModel()) ? "model" : null,
  };
}

/** What the version that is to be approved was made of; null where nobody knows the commit of its run. */
async function codeOf({ product, config, modelCommit, files, earlier }: OriginWish, signal: CancelSignal): Promise<ModelCode | null> {
  const commit = await modelCommit(signal);
  if (commit === null) {
    return null;
  }
  const folder = folderOf(config);
  const { params_file: params, environment } = product.train ?? {};
  const named = [params, environment].flatMap((path) => (path === undefined ? [] : (resolvePath(folder, path) ?? [])));
  const training = await trainingFiles(product, folder, files, fileIndexOf(await files.list(signal)), signal);
  const last = earlier.filter((one) => one.subject === "launch" && wasApproved(one) && one.model.version !== product.model?.version).at(-1);
  const version = last?.model.version ?? null;
  return { files: [...training, ...named], commit, approved: version === null ? null : await modelCommit(signal, version) };
}

/** A signer is an address, or a name with an address in angle brackets. */
function isKeyOf(signer: string, addresses: readonly string[]): boolean {
  const [, inBrackets = signer] = /<([^<>]+)>\s*$/.exec(signer) ?? [];
  return addresses.includes(inBrackets.trim().toLowerCase());
}

/** How `.mailmap` calls those who may sign. */
async function aliasesOf(
  { product, policy }: GatherSignOffs,
  history: Fact<SignOffHistory>,
  signal: CancelSignal,
): Promise<ReadonlyMap<string, string>> {
  const aliases = new Map<string, string>();
  if (!history.known) {
    return aliases;
  }
  const roles = ["owner", "operator", "requirements", "data_steward", "compliance", "dpo"] as const;
  for (const email of new Set(roles.flatMap((role) => whoMay(role, product, policy)).map((one) => one.toLowerCase()))) {
    try {
      aliases.set(email, await history.value.canonical(email, null, signal));
    } catch {
      signal.throwIfAborted(); // Then the address stands for itself; what else is asked of git says why it fails.
    }
  }
  return aliases;
}

function unreadable(file: string, reason: string): SignOffStanding {
  const nobody = { name: null, email: null, role: null };
  return {
    ...{ file, subject: "", state: "unknown", cause: "unreadable", reason: `${reason}.`, who: nobody, person: null },
    remedy: "Mend the file, or take it back from git.",
    asked: { role: null, people: [] },
    ...{ decision: null, openConditions: [], evidence: [], statement: null, when: null, expires: null, until: null, supersedes: null },
    ...{
      commit: null,
      decidedIn: null,
      historyUnknown: null,
      model: { name: null, version: null, digest: null },
      signature: "unknown",
      sha256: null,
    },
  };
}
