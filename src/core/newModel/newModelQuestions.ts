import { parseDuration } from "../config/dates";
import { isMissingSentence } from "../config/placeholder";
import { AI_ACT_PLAIN_RISKS, PLAIN_PERSONAL_DATA } from "./legalChoices";
import type { Choice, NewModelDraft, NewModelFacts, Question, QuestionId } from "./newModelQuestion";
import { hasFormat } from "../config/textFormats";
import { configKindOf } from "../lint/workspace/lintTarget";
import { isReachable } from "../lint/person";
import { dataChoices, LATER, peopleChoices, pipelineChoices } from "./newModelChoices";

export const DEFAULT_FILE = "mlops.yaml";
const LONGEST = 200;

/** The questions for a new model in their order. Which ones there are depends on what was answered, and on the folder. */
export function newModelQuestions(draft: NewModelDraft, facts: NewModelFacts): readonly Question[] {
  return [
    text("name", "What is the model called?", "A short name, for example churn-model", { fault: nameFault }),
    ...(facts.taken.includes(DEFAULT_FILE) ? [fileQuestion(draft, facts)] : []),
    text(
      "purpose",
      "What is it for? One sentence.",
      "For example: Predict which customers may leave, so that support can call them first. Leave it empty to decide later",
      {
        mayBeEmpty: true,
        fault: (typed) => (isMissingSentence(typed, "staging") ? "Say in a sentence what the model is for, or leave this empty." : null),
      },
    ),
    choose("owner", "Who answers for the model?", "Choose somebody, or type an e-mail address", peopleChoices(facts.people), addressFault),
    choose(
      "personalData",
      "Does the data say anything about people, also under pseudonyms?",
      "Unsure is an honest answer: it stays an open point",
      PLAIN_PERSONAL_DATA,
    ),
    choose(
      "risk",
      "Which risk class does the EU AI Act give it?",
      "Unsure is an honest answer: it stays an open point",
      AI_ACT_PLAIN_RISKS,
    ),
    choose("pipeline", "Which file says how it is made?", "Choose a file, or type its path", pipelineChoices(facts.pipelines), pathFault),
    choose("data", "Which data is it trained with?", "Choose a file, or type its path", dataChoices(facts.files), pathFault),
    text("kpi", "By which figure is it judged?", "The name of a metric, for example f1. Leave it empty to decide later", {
      mayBeEmpty: true,
      fault: lineFault,
    }),
    ...(typeof draft.kpi === "string" ? [targetQuestion(draft.kpi)] : []),
    choose(
      "alert",
      "Who is told when something goes wrong?",
      "Choose somebody, or type an e-mail address",
      alertChoices(draft, facts),
      addressFault,
    ),
    choose(
      "review",
      "How often does somebody look at it again?",
      "Choose, or type a length of time such as 4 months",
      REVIEWS,
      durationFault,
    ),
  ];
}

function text(
  id: QuestionId,
  title: string,
  hint: string,
  { fault, mayBeEmpty = false, proposal = "" }: Pick<Question, "fault"> & Partial<Pick<Question, "mayBeEmpty" | "proposal">>,
): Question {
  return { id, title, hint, choices: null, takesText: true, proposal, mayBeEmpty, fault };
}

/** @param fault leaves out for a question that takes its choices only. */
function choose(id: QuestionId, title: string, hint: string, choices: readonly Choice[], fault?: Question["fault"]): Question {
  return { id, title, hint, choices, takesText: fault !== undefined, proposal: "", mayBeEmpty: false, fault: fault ?? (() => null) };
}

/** There is an mlops.yaml already, and no file is ever overwritten. */
function fileQuestion({ name }: NewModelDraft, { taken }: NewModelFacts): Question {
  const proposal = `${fileStem(name ?? "")}.mlops.yaml`;
  return text("file", `There is an ${DEFAULT_FILE} here already. What is the new file called?`, "A name that ends in .mlops.yaml", {
    proposal,
    fault: (typed) => {
      if (configKindOf(typed) !== "product" || /[/\\:*?"<>|]/.test(typed)) {
        return "A name without folders that ends in .mlops.yaml, for example churn.mlops.yaml.";
      }
      return taken.some((one) => one.toLowerCase() === typed.toLowerCase()) ? "There is a file with this name already." : null;
    },
  });
}

/** A name of a file that every system takes. */
function fileStem(name: string): string {
  const stem = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  return stem === "" ? "model" : stem;
}

function targetQuestion(kpi: string): Question {
  return text("target", `Which bound must ${kpi} keep?`, "A comparison, for example >= 0.80. Leave it empty to decide later", {
    mayBeEmpty: true,
    fault: (typed) => (/\d/.test(typed) && hasFormat(typed, "target") ? null : "Write a comparison with a number, for example >= 0.80."),
  });
}

/** The owner first, who is told where nobody else is named. */
function alertChoices({ owner }: NewModelDraft, { people }: NewModelFacts): readonly Choice[] {
  const others = peopleChoices(people);
  return typeof owner === "string"
    ? [{ value: owner, label: owner, description: "answers for the model" }, ...others.filter(({ value }) => value !== owner)]
    : others;
}

const REVIEWS: readonly Choice[] = [
  { value: "3 months", label: "Every 3 months" },
  { value: "6 months", label: "Every 6 months", description: "the usual" },
  { value: "1 year", label: "Every year" },
  LATER,
];

function nameFault(typed: string): string | null {
  return typed.trim() === "" ? "The model needs a name." : lineFault(typed);
}

function lineFault(typed: string): string | null {
  return typed.length > LONGEST ? `At most ${LONGEST} characters.` : null;
}

function addressFault(typed: string): string | null {
  return hasFormat(typed, "email") && isReachable(typed) ? null : "This is no e-mail address that somebody could write to.";
}

function pathFault(typed: string): string | null {
  return hasFormat(typed, "path") ? null : "Write a path from the new file's folder, with forward slashes.";
}

function durationFault(typed: string): string | null {
  return parseDuration(typed) === undefined ? "Write a length of time, for example 6 months." : null;
}
