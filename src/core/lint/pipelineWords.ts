import type { TextRange } from "../base/textEdit";
import type { PipelineField, PipelineFile, PipelinePart, PipelineSource } from "./sources/pipelineSource";

/** What could not be checked, in the same words in each rule, so that a reason is told once a file. */
export const ALL_NAMED = "all that this file must name";

/** The whole file, as a sentence calls it. */
export function wholeText({ isPipeline }: PipelineSource): string {
  return isPipeline ? "this pipeline" : "this catalog";
}

/** More names would hide what the sentence says. */
const MOST_NAMES = 3;

/** The parts that something holds for: `the stages "prepare" and "train"`; null where it holds for the whole file. */
export function partsText(file: PipelineFile, parts: readonly PipelinePart[]): string | null {
  const [first] = parts;
  if (first === undefined || parts.length === file.parts.length) {
    return null;
  }
  const names = parts.slice(0, MOST_NAMES).map(({ name }) => `"${name.slice(0, 60)}"`);
  const all = parts.length > MOST_NAMES ? [...names, `${parts.length - MOST_NAMES} more`] : names;
  const last = all.at(-1) ?? "";
  return all.length === 1 ? `the ${first.what} ${last}` : `the ${first.what}s ${all.slice(0, -1).join(", ")} and ${last}`;
}

/** What is marked: what stands in place of an answer, else the first part that lacks it, else what stands for the file. */
export function placeOf(file: PipelineFile, parts: readonly PipelinePart[], written: PipelineField | undefined): TextRange {
  return written !== undefined && written.range.end > written.range.start ? written.range : (parts[0]?.range ?? file.range);
}
