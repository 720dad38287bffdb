import { realpath } from "node:fs/promises";

import { openRepositories } from "../../adapters/git/repositories";
import { openResultFiles } from "../../adapters/node/resultFiles";
import { AppError } from "../../core/base/appError";
import { openSignOffs } from "../../core/governance/openSignOffs";
import { signOffDraft } from "../../core/governance/signOffDraft";
import { type NeededSignOff, SIGN_OFF_SUBJECTS, type SignOffSubject } from "../../core/governance/signOffStanding";
import { readProductAt } from "../../core/lint/workspace/readProduct";
import { folderOf, inFolder } from "../../core/lint/workspace/workspacePath";
import { didYouMean } from "../closestWord";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { readToday } from "../lint/lintOptions";
import { openMonitoredFiles } from "../monitor/openMonitoring";
import { printable } from "../printable";
import { findOneProduct } from "../retrain/findOneProduct";
import { subjectWords } from "../../core/governance/subjectWords";

type Wanted = Pick<NeededSignOff, "subject" | "role" | "ask" | "why">;

/** `mlops request-sign-off`, once it is asked for. It never decides, signs or names anybody. */
export async function requestSignOff({ options, host, output }: CommandContext): Promise<number> {
  const today = readToday(options, host.now());
  const subject = readSubject(options.text("subject"));
  const openFiles = openMonitoredFiles();
  const { root, product: found } = await findOneProduct(options.args[0] ?? "", await realpath(host.cwd), openFiles, host.signal);
  const files = openFiles(root);
  const repositories = openRepositories(root);
  const signOffs = openSignOffs({ files, decisions: (folder, signal) => repositories.decisions(folder, signal) });
  const { needed, binding } = await signOffs.register(found.path, today, host.signal);
  const product = await readProductAt(found.path, files, host.signal);
  if (product === null) {
    throw new AppError("file/unreadable", `The file ${printable(found.path)} cannot be read.`);
  }
  const folder = folderOf(found.path);
  const there = new Set(await files.list(host.signal));
  const isTaken = (path: string): boolean => there.has(inFolder(folder, path));
  const drafts: (Wanted & { readonly file: string })[] = [];
  for (const wanted of wantedOf(needed, subject)) {
    const { path, content } = signOffDraft({ product, needed: wanted, binding, today, isTaken });
    const file = inFolder(folder, path);
    if (!(await openResultFiles(root).create(file, content, host.signal))) {
      throw new AppError("file/unwritable", `${printable(file)} came into being meanwhile and is not written over.`, {
        remedy: "Try again.",
      });
    }
    there.add(file);
    const { role, ask, why } = wanted;
    drafts.push({ subject: wanted.subject, role, ask, why, file });
  }
  const waiting = needed.filter(
    ({ standing, isMet, subject: about }) => !isMet && isAsked(standing) && (subject === null || about === subject),
  );
  await host.stdout.write(output.isJson ? `${JSON.stringify({ schema: 1, drafts })}\n` : drafts.map(told).join(""));
  if (drafts.length === 0) {
    const files = waiting.map(({ standing }) => printable(standing?.file ?? "")).join(", ");
    await output.note(waiting.length === 0 ? "No sign-off is due." : `What is due was asked for already: ${files}.`);
  }
  return EXIT.fine;
}

/** What to draft: all that is due and nobody was asked for, or a subject by its name, of each role that decides on it. */
function wantedOf(needed: readonly NeededSignOff[], subject: SignOffSubject | null): readonly Wanted[] {
  const open = needed.filter(({ isMet, standing }) => !isMet && !isAsked(standing));
  if (subject === null) {
    return open.filter(({ isDue }) => isDue);
  }
  return needed.some((one) => one.subject === subject)
    ? open.filter((one) => one.subject === subject)
    : [{ subject, role: null, ask: [], why: "Nothing asks for it; anybody may still decide and sign." }];
}

/** Whether a draft waits for a person, or for being committed. */
function isAsked(standing: NeededSignOff["standing"]): boolean {
  return standing?.state === "draft" || standing?.state === "uncommitted";
}

function told({ file, subject, ask, why }: Wanted & { readonly file: string }): string {
  const whom = ask.length === 0 ? "somebody who may decide that" : ask.join(", ");
  return `${printable(file)}\n  Ask ${printable(whom)} to sign the ${subjectWords(subject)}. ${printable(why)}\n`;
}

function readSubject(text: string | undefined): SignOffSubject | null {
  const subject = SIGN_OFF_SUBJECTS.find((one) => one === text);
  if (text !== undefined && subject === undefined) {
    const shown = printable(text.slice(0, 100));
    throw new AppError("usage", `Nobody signs a "${shown}".${didYouMean(text, SIGN_OFF_SUBJECTS)}`, {
      remedy: `Choose one of ${SIGN_OFF_SUBJECTS.join(", ")}.`,
    });
  }
  return subject ?? null;
}
