import { ONLY_A_PERSON } from "../answerFixes";
import { couldNotCheck } from "../couldNotCheck";
import type { Fix } from "../fix";
import { type FieldState, fieldState, requiredFields } from "../pipelineFields";
import { pipelineFix } from "../pipelineFix";
import type { CouldNotCheck } from "../lintRule";
import type { PipelineContext, PipelineFinding, PipelineRule } from "../pipelineRule";
import { ALL_NAMED, partsText, placeOf, wholeText } from "../pipelineWords";
import { TODO } from "../setFix";

/** What each answer means; none of them is a guess of ours, so that a person has to choose. */
const PERSONAL_DATA: Readonly<Record<string, string>> = {
  unsure: "nobody has looked yet",
  yes: "it reads or makes data about people",
  no: "none of its data is about people",
};

export const pipelineFieldMissing: PipelineRule = {
  meta: {
    code: "PIPE02",
    name: "pipeline-field-missing",
    challenge: "compliance",
    severity: { development: "warning", staging: "warning", production: "warning" },
    summary:
      "The pipeline file of another tool says what it is for and whether it uses personal data, and whatever else the policy asks for.",
    why: "Whether a use is allowed depends on what a model is for and on whose data it sees. Who writes the pipeline knows; who is asked a year later does not. Which facts a file must name is set under `pipelines` in the policy.",
    article: "GDPR Art. 5(1)(b), 30",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "pipeline",
  },
  check: (context) =>
    requiredFields(context)
      .filter((field) => field !== "owner")
      .flatMap((field): readonly (PipelineFinding | CouldNotCheck)[] => {
        const found = fieldState(context, field);
        switch (found.state) {
          case "given":
            return [];
          case "unknown":
            return [couldNotCheck(ALL_NAMED, found.why)];
          case "missing":
            return [finding(context, field, found)];
        }
      }),
};

function finding(context: PipelineContext, field: string, { parts, written }: Extract<FieldState, { state: "missing" }>): PipelineFinding {
  const what = partsText(context.file, parts);
  return {
    message: messageOf(field, what ?? wholeText(context.source), what !== null && parts.length > 1),
    range: placeOf(context.file, parts, written),
    fixes: fixesOf(context, field, { state: "missing", parts, written }),
  };
}

function messageOf(field: string, what: string, isMany: boolean): string {
  const subject = what.charAt(0).toUpperCase() + what.slice(1);
  const does = isMany ? "do" : "does";
  switch (field) {
    case "purpose":
      return `${subject} ${does} not say what ${isMany ? "they are" : "it is"} for: a purpose in a sentence is missing.`;
    case "personal_data":
      return `${subject} ${does} not say whether personal data is used.`;
    default:
      return `${subject} ${does} not name "${field.slice(0, 60)}", which the policy asks for.`;
  }
}

function fixesOf(context: PipelineContext, field: string, { parts, written }: Extract<FieldState, { state: "missing" }>): readonly Fix[] {
  if (field === "personal_data") {
    return Object.entries(PERSONAL_DATA).map(([answer, meaning]) =>
      pipelineFix(context, `Set personal data to ${answer}: ${meaning}`, parts, field, answer),
    );
  }
  const title = field === "purpose" ? "Add a place to say what the pipeline is for" : `Add a place for ${field}`;
  return written === undefined ? [pipelineFix(context, title, parts, field, TODO)] : [];
}
