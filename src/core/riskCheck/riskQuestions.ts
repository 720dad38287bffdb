import { isMissingSentence } from "../config/placeholder";
import { AI_ACT_FIELD, ANNEX_III_POINTS, PROHIBITED_USES, RISK_FIELD } from "../config/schema/aiActFields";
import { hasFormat } from "../config/textFormats";
import type { OwnerCandidate } from "../lint/lintFacts";
import { isReachable } from "../lint/person";
import { LATER, peopleChoices } from "../newModel/newModelChoices";
import type { Choice } from "../newModel/newModelQuestion";
import { riskClassOf } from "./riskClass";
import { listOf, NONE_OF_THESE, type RiskDraft, type RiskQuestion, type RiskQuestionId } from "./riskQuestion";

/** Kinds of use that Art. 50 is about; each is written as a tag of the model, by which lint knows what has to be said. */
export const TOLD_USES: Readonly<Record<string, string>> = {
  chat: "People talk or write with it.",
  generated_content: "It makes text, images, sound or video.",
  emotion_recognition: "It recognises emotions, or sorts people by biometric features.",
  deepfake: "It makes images, sound or video that look like real people, places or events.",
};

const LATER_UNSURE: Choice = {
  value: null,
  label: "Unsure",
  detail: "It stays an open point that lint reminds of, and never counts as no.",
};
const ADVICE = "Not legal advice; ask whoever is responsible for compliance where you are unsure";

/** The questions in their order; which ones there are depends on what was answered. Nothing is chosen beforehand. */
export function riskQuestions(draft: RiskDraft, people: readonly OwnerCandidate[]): readonly RiskQuestion[] {
  const areas = listOf(draft, "areas") ?? [];
  const banned = listOf(draft, "banned");
  return [
    sentence("purpose", "What is the model for? One sentence.", "The risk class depends on the use. Leave it empty to decide later"),
    one("role", "What is your organisation for this model?", "A provider has most duties; whoever only uses it has others", [
      ...choicesOf(AI_ACT_FIELD.fields.role.choices, ["unsure"], "AI Act Art. 3"),
      LATER_UNSURE,
    ]),
    several(
      "banned",
      "Does it do any of what is banned?",
      "Choose all that are true",
      choicesOf(PROHIBITED_USES, [], "AI Act Art. 5"),
      "It does none of this",
    ),
    ...(banned?.length === 0
      ? [
          sentence(
            "bannedWhy",
            "Why does it do none of what is banned? One sentence.",
            "It is kept with the answer. Leave it empty to decide later",
          ),
          address("bannedBy", "Who answers for that?", people),
        ]
      : []),
    several(
      "areas",
      "In which of these areas does it work?",
      "Choose all that are true",
      choicesOf(ANNEX_III_POINTS, [], "AI Act Annex III"),
      "It works in none of these areas",
    ),
    one(
      "product",
      "Is it part of a product that has a safety law of its own?",
      "Machines, toys, lifts, medical devices, cars and others of Annex I",
      [
        { value: "no", label: "No", description: "AI Act Art. 6(1)", detail: "It is in no such product." },
        { value: "yes", label: "Yes", description: "AI Act Art. 6(1)", detail: "It is built into such a product, or is one." },
        LATER_UNSURE,
      ],
    ),
    ...(draft.product === "yes" ? productQuestions() : []),
    one("profiling", "Does it evaluate features of single people?", "For example their work, health, money, behaviour or where they are", [
      { value: "yes", label: "Yes", description: "AI Act Art. 6(3)", detail: "It profiles people, so that no exception is open." },
      { value: "no", label: "No", description: "AI Act Art. 6(3)", detail: "It evaluates no features of single people." },
      LATER_UNSURE,
    ]),
    ...(areas.length > 0 && draft.profiling !== "yes"
      ? [
          one("exception", "Is one of these all that it does in that area?", "An exception has to be assessed, documented and registered", [
            ...choicesOf(AI_ACT_FIELD.fields.exception.fields.ground.choices, [], "AI Act Art. 6(3)"),
            LATER_UNSURE,
          ]),
        ]
      : []),
    several(
      "told",
      "Do people meet what it makes?",
      "Choose all that are true",
      choicesOf(TOLD_USES, [], "AI Act Art. 50"),
      "None of this",
    ),
    classQuestion(draft),
  ];
}

function productQuestions(): readonly RiskQuestion[] {
  return [
    {
      ...base("law", "Which law is that?", "For example Regulation (EU) 2017/745 (medical devices). Leave it empty to decide later"),
      choices: null,
      takesText: true,
      mayBeEmpty: true,
    },
    one("safety", "Does the model keep people or things safe in the product?", ADVICE, [
      { value: "yes", label: "Yes", detail: "Its failure endangers health, safety or property." },
      { value: "no", label: "No", detail: "The product is as safe without it." },
      LATER_UNSURE,
    ]),
    one("assessed", "Must a body from outside assess the product?", ADVICE, [
      { value: "yes", label: "Yes", detail: "A notified body has to assess it before it is sold." },
      { value: "no", label: "No", detail: "The maker assesses it alone." },
      LATER_UNSURE,
    ]),
  ];
}

/** What follows from the answers comes first, and is not chosen for anybody: each class may be taken. */
function classQuestion(draft: RiskDraft): RiskQuestion {
  const { risk, why } = riskClassOf(draft);
  const all = choicesOf(RISK_FIELD.choices, []);
  const follows = all
    .filter(({ value }) => value === risk)
    .map((choice) => ({ ...choice, description: "follows from your answers", detail: why }));
  return one("risk", "Which risk class is written down?", `${why} ${ADVICE}`, [...follows, ...all.filter(({ value }) => value !== risk)]);
}

function base(id: RiskQuestionId, title: string, hint: string): Omit<RiskQuestion, "choices"> {
  return { id, title, hint, takesText: false, proposal: "", mayBeEmpty: false, many: false, fault: () => null };
}

function one(id: RiskQuestionId, title: string, hint: string, choices: readonly Choice[]): RiskQuestion {
  return { ...base(id, title, hint), choices };
}

/** @param none what it means that none of the choices is true. */
function several(id: RiskQuestionId, title: string, hint: string, choices: readonly Choice[], none: string): RiskQuestion {
  const exclusive = { value: NONE_OF_THESE, label: "None of these", detail: `${none}.` };
  return { ...base(id, title, hint), many: true, choices: [exclusive, LATER_UNSURE, ...choices] };
}

function sentence(id: RiskQuestionId, title: string, hint: string): RiskQuestion {
  return {
    ...base(id, title, hint),
    choices: null,
    takesText: true,
    mayBeEmpty: true,
    fault: (typed) => (isMissingSentence(typed, "staging") ? "Write a sentence of at least three words, or leave this empty." : null),
  };
}

function address(id: RiskQuestionId, title: string, people: readonly OwnerCandidate[]): RiskQuestion {
  return {
    ...base(id, title, "Choose somebody, or type an e-mail address"),
    choices: people.length === 0 ? [LATER] : peopleChoices(people),
    takesText: true,
    fault: (typed) => (hasFormat(typed, "email") && isReachable(typed) ? null : "This is no e-mail address that somebody could write to."),
  };
}

/** Words of the schema as entries: the word itself is the label, what it means stands below. */
function choicesOf(choices: Readonly<Record<string, string>>, except: readonly string[], description?: string): readonly Choice[] {
  return Object.entries(choices)
    .filter(([value]) => !except.includes(value))
    .map(([value, detail]) => ({ value, label: labelOf(value), detail, ...(description === undefined ? {} : { description }) }));
}

function labelOf(value: string): string {
  const words = /^\d/.test(value) ? value : value.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
