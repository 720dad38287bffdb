import { readFile } from "node:fs/promises";
import type { LintOptions } from "../../core/lint/workspace/fileLint";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { printable } from "../printable";
import { type FixedFile, fixFiles } from "./fixFiles";
import { plural } from "./lintReport";
import type { LintedScope } from "./lintScope";
import { unifiedDiff } from "./unifiedDiff";

/** Prints what `--fix` would change. */
export async function showDiff({ host, output }: CommandContext, scopes: readonly LintedScope[], options: LintOptions): Promise<number> {
  const fixed: FixedFile[] = [];
  for (const scope of scopes) {
    fixed.push(...(await fixFiles(scope, options, host.signal)));
  }
  fixed.sort((a, b) => (a.file.file < b.file.file ? -1 : 1));
  for (const { file, after } of fixed) {
    const mark = await byteOrderMark(file.path);
    await host.stdout.write(unifiedDiff(file.file, mark + file.text, mark + after));
  }
  await output.note(fixed.length === 0 ? "Nothing would change." : `${plural(fixed.length, "file")} would change.`);
  const unreadable = scopes.flatMap((scope) => scope.unreadable);
  for (const sentence of unreadable) {
    await host.stderr.write(`mlops: ${printable(sentence)}\n`);
  }
  return unreadable.length > 0 ? EXIT.unusable : fixed.length > 0 ? EXIT.findings : EXIT.fine;
}

/** The mark is no part of the text that was judged, but a patch must name it. */
async function byteOrderMark(path: string): Promise<string> {
  const bytes = await readFile(path);
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "\ufeff" : "";
}
