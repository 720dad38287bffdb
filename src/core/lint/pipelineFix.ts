import { applyEdits, type TextEdit } from "../base/textEdit";
import { isGivenField } from "./pipelineFields";
import type { Fix } from "./fix";
import type { PipelineContext } from "./pipelineRule";
import { writeHeader } from "./sources/headerComment";
import type { PipelineField, PipelineFile, PipelinePart } from "./sources/pipelineSource";

/** In more parts a comment that holds for all is easier to read and to keep. */
const MOST_PARTS = 8;

/**
 * A fix that writes a field into the parts, in the place that the tool has for it, or into the comment at the top. A person has to choose
 * it. The edits are made when they are asked for, because most fixes are only shown.
 */
export function pipelineFix(context: PipelineContext, title: string, parts: readonly PipelinePart[], field: string, value: string): Fix {
  let edits: readonly TextEdit[] | undefined;
  const { commentIsLost } = context.source;
  return {
    title: commentIsLost !== null && parts.length === 0 ? `${title}, in a comment (${lowerFirst(commentIsLost)})` : title,
    safe: false,
    changes: [],
    get edits() {
      edits ??= fixEdits(context, parts, field, value);
      return edits;
    },
  };
}

/** Nothing is written that is not found again when the file is read anew. */
function fixEdits(context: PipelineContext, parts: readonly PipelinePart[], field: string, value: string): readonly TextEdit[] {
  const { file, source } = context;
  const inParts =
    parts.length > 0 && parts.length <= MOST_PARTS && !file.fields.has(field) ? editsInParts(context, parts, field, value) : null;
  if (inParts !== null) {
    return inParts;
  }
  const edits = writeHeader(file.text, field, value);
  const after = source.read(file.path, applyEdits(file.text, edits));
  return after.fields.get(field)?.text === value ? edits : [];
}

/** Part by part, each in the text that the one before left; null where one of them has no place for the field. */
function editsInParts(
  { file, source }: PipelineContext,
  parts: readonly PipelinePart[],
  field: string,
  value: string,
): readonly TextEdit[] | null {
  const found = parts.map((part) => part.write(field, value));
  const edits: TextEdit[] = [];
  for (const one of found) {
    if (one === null) {
      return null;
    }
    // Parts that share a block, such as default_args of several DAGs, are written once.
    edits.push(...one.filter((edit) => !edits.some((other) => isSame(edit, other))));
  }
  try {
    const after = source.read(file.path, applyEdits(file.text, edits));
    return isWritten(file, after, parts, field, value) ? edits : null;
  } catch {
    return null; // Edits of different parts overlap, as two do that are written on one line.
  }
}

function isWritten(before: PipelineFile, after: PipelineFile, parts: readonly PipelinePart[], field: string, value: string): boolean {
  const names = new Set(parts.map(({ name }) => name));
  return (
    after.unreadable === before.unreadable &&
    after.parts.length === before.parts.length &&
    after.parts.every((part, index) => part.name === before.parts[index]?.name) &&
    after.parts.every((part) => !names.has(part.name) || isWrittenIn(part.fields.get(field), field, value))
  );
}

function isWrittenIn(found: PipelineField | undefined, field: string, value: string): boolean {
  return found?.text === value || isGivenField(field, found);
}

function isSame(left: TextEdit, right: TextEdit): boolean {
  return left.range.start === right.range.start && left.range.end === right.range.end && left.text === right.text;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
