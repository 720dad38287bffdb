import { ONLY_A_PERSON } from "../answerFixes";
import { couldNotCheck } from "../couldNotCheck";
import type { Fix } from "../fix";
import { fieldState, requiredFields } from "../pipelineFields";
import { pipelineFix } from "../pipelineFix";
import { ALL_NAMED, partsText, placeOf, wholeText } from "../pipelineWords";
import type { PipelineContext, PipelineRule } from "../pipelineRule";
import type { PipelinePart } from "../sources/pipelineSource";
import { TODO } from "../setFix";

/** More choices would not be read. */
const MOST = 5;

export const pipelineOwnerMissing: PipelineRule = {
  meta: {
    code: "PIPE01",
    name: "pipeline-owner-missing",
    challenge: "responsibility",
    severity: { development: "warning", staging: "warning", production: "warning" },
    summary: "The pipeline file of another tool names who is responsible for it.",
    why: "A pipeline runs on although the person who wrote it has left. Whoever sees it fail, or has to say why a model was made, needs somebody to ask. Each tool has a place for an owner; where it has none, a comment at the top or CODEOWNERS names one.",
    article: null,
    suppressible: true,
    noFix: "Only you know who is responsible.",
    appliesTo: "pipeline",
  },
  check(context) {
    if (!requiredFields(context).includes("owner")) {
      return [];
    }
    const found = fieldState(context, "owner");
    switch (found.state) {
      case "given":
        return [];
      case "unknown":
        return [couldNotCheck(ALL_NAMED, found.why)];
      case "missing": {
        const { parts, written } = found;
        const text = written?.text.trim() ?? "";
        const what = partsText(context.file, parts) ?? wholeText(context.source);
        const message = `Nobody is responsible for ${what}${text === "" ? "" : `: "${text.slice(0, 60)}" cannot be reached`}.`;
        const fixes = ownerFixes(context, parts, written !== undefined);
        return [{ message, range: placeOf(context.file, parts, written), fixes, ...(fixes.length === 0 ? { noFix: ONLY_A_PERSON } : {}) }];
      }
    }
  },
};

/** Each candidate is a fix of its own that a person has to choose, because who answers for something is never guessed. */
function ownerFixes(context: PipelineContext, parts: readonly PipelinePart[], isWritten: boolean): readonly Fix[] {
  const candidates = context.facts.owners.known ? context.facts.owners.value : [];
  const fixes = candidates.flatMap(({ email, handle, source }): readonly Fix[] => {
    const owner = email ?? handle;
    const from = source === "codeowners" ? "CODEOWNERS" : "active in git";
    return owner === null ? [] : [pipelineFix(context, `Set the owner to ${owner} (${from})`, parts, "owner", owner)];
  });
  return [...fixes.slice(0, MOST), ...(isWritten ? [] : [pipelineFix(context, "Add a place to name the owner", parts, "owner", TODO)])];
}
