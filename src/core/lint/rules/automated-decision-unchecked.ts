import { GDPR_FIELD } from "../../config/schema/gdprFields";
import { answerFix, answerFixes, ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { couldNotCheck } from "../couldNotCheck";
import { documentTemplate } from "../documentTemplates";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix, TODO } from "../setFix";

const DECISION = ["gdpr", "automated_decision"] as const;
const ALONE = [...DECISION, "alone"] as const;
const GROUND = [...DECISION, "ground"] as const;
const DPIA = ["gdpr", "dpia"] as const;
const NEEDED = [...DPIA, "needed"] as const;
const FILE = [...DPIA, "file"] as const;
const DPIA_FILE = "docs/dpia.md";
/** So many of the nine warning signs mean as a rule that an assessment is due. */
const SIGNS = 2;

export const automatedDecisionUnchecked: LintRule = {
  meta: {
    code: "COMP17",
    name: "automated-decision-unchecked",
    challenge: "compliance",
    severity: { development: "off", staging: "error", production: "error" },
    summary:
      "A model that decides on people alone has a ground and a review by a person, and an impact assessment is there where one is due.",
    why: "People have a right not to be subject to a machine's decision alone, but for three grounds, and then a person reviews it on request. Rating people, sensitive data and new technology call for an assessment before the processing starts, not after.",
    article: "GDPR Art. 22, Art. 35, Art. 36",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    return context.product.personal_data === "yes" ? [...decision(context), ...assessment(context)] : [];
  },
};

function decision(context: LintContext): readonly RuleFinding[] {
  if (lacks(context, ALONE)) {
    const message = `Not said whether the model decides on people without a person ${law(context, "GDPR Art. 22", "gdpr")}.`;
    const fixes = [
      answerFix(ALONE, true, "it decides alone, with legal or similar effect."),
      answerFix(ALONE, false, "a person decides, or nothing of weight is decided."),
    ];
    return [{ message, at: ALONE, fixes }];
  }
  if (context.product.gdpr?.automated_decision?.alone !== true) {
    return [];
  }
  const grounds = GDPR_FIELD.fields.automated_decision.fields.ground.choices;
  const parts = [
    {
      at: GROUND,
      message: "The model decides alone, and no ground allows it",
      article: "GDPR Art. 22(2)",
      fixes: answerFixes(GROUND, grounds),
    },
    ...(["human_review", "contest"] as const).map((key) => ({
      at: [...DECISION, key],
      message: `The model decides alone, and nothing says how people ${key === "contest" ? "contest a decision" : "get a review by a person"}`,
      article: "GDPR Art. 22(3)",
      fixes: insertPart(context, [...DECISION, key], TODO),
    })),
  ];
  return parts
    .filter(({ at }) => lacks(context, at))
    .map(({ at, message, article, fixes }) => ({ message: `${message} ${law(context, article, "gdpr")}.`, at, fixes }));
}

/** What calls for an assessment, in words; undefined where nothing in the file does. */
function trigger({ product }: LintContext): string | undefined {
  const criteria = (product.gdpr?.dpia?.criteria ?? []).filter((one) => one !== undefined);
  if (product.gdpr?.automated_decision?.alone === true) {
    return "A machine decides on people alone";
  }
  if (product.ai_act?.profiling === true) {
    return product.risk === "high" ? "Profiling with effects on people" : "Profiling of people";
  }
  if ((product.gdpr?.special_categories ?? []).length > 0) {
    return "Sensitive data";
  }
  if (product.risk === "high") {
    return "High risk with personal data";
  }
  return criteria.length >= SIGNS ? `${criteria.length} of the nine warning signs` : undefined;
}

function assessment(context: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  const { product } = context;
  const why = trigger(context);
  const needed = product.gdpr?.dpia?.needed;
  if (needed === "yes") {
    return lacks(context, FILE)
      ? [withDraft(context, `An impact assessment is needed and none is linked ${law(context, "GDPR Art. 35(1)", "gdpr")}.`, FILE)]
      : missingFile(context);
  }
  if (why === undefined) {
    return needed === "unsure"
      ? [undecided(`Not decided whether an impact assessment is needed ${law(context, "GDPR Art. 35", "gdpr")}.`)]
      : [];
  }
  if (needed === "no" && isJustified(context)) {
    return [];
  }
  if (needed === "no") {
    const isOpen = !isNamedByLaw(context);
    const message = `${why}: an impact assessment (DPIA) is needed first${isOpen ? ", or a reason why not" : ""} ${law(context, "GDPR Art. 35(3)", "gdpr")}.`;
    const reason = isOpen ? insertPart(context, [...DPIA, "why"], TODO) : [];
    return [{ message, at: NEEDED, fixes: [answerFix(NEEDED, "yes", "what the model does calls for one."), ...reason] }];
  }
  const message = `${why}: an impact assessment (DPIA) is needed first ${law(context, "GDPR Art. 35", "gdpr")}.`;
  return lacks(context, FILE) ? [withDraft(context, message, DPIA)] : [undecided(message)];
}

function undecided(message: string): RuleFinding {
  const fixes = [
    answerFix(NEEDED, "yes", "what the model does calls for one."),
    answerFix(NEEDED, "no", "it does not, for a reason that is written beside it."),
  ];
  return { message, at: NEEDED, fixes };
}

/** Deciding alone, and profiling that has effects of weight, as it has in an area of high risk. */
function isNamedByLaw({ product: { gdpr, ai_act: act, risk } }: LintContext): boolean {
  return gdpr?.automated_decision?.alone === true || (act?.profiling === true && risk === "high");
}

/** The warning signs are a rule of thumb that a reason may outweigh; what the law itself names is not. */
function isJustified(context: LintContext): boolean {
  return !isNamedByLaw(context) && !lacks(context, [...DPIA, "why"], { sentence: true });
}

function withDraft({ config }: LintContext, message: string, at: readonly string[]): RuleFinding {
  const files = [{ kind: "createFile" as const, path: DPIA_FILE, content: TEMPLATE }];
  if (config.source.has(FILE)) {
    return { message, at, fixes: [] };
  }
  const fix = config.source.has(DPIA)
    ? setFix("Draft the impact assessment", FILE, DPIA_FILE)
    : setFix("Draft the impact assessment", DPIA, { needed: "unsure", file: DPIA_FILE });
  return { message, at, fixes: [{ ...fix, files }] };
}

function missingFile(context: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  const file = context.product.gdpr?.dpia?.file ?? "";
  const fact = context.facts.path(file);
  if (!fact.known || fact.value.kind === "outside") {
    return [couldNotCheck(`whether the impact assessment ${file} exists`, fact.known ? "it lies outside of this workspace" : fact.why)];
  }
  return fact.value.kind === "missing"
    ? [
        {
          message: `The impact assessment ${file} does not exist ${law(context, "GDPR Art. 35(1)", "gdpr")}.`,
          at: FILE,
          fixes: [
            { ...setFix(`Create ${file} from a template`, FILE, file), files: [{ kind: "createFile", path: file, content: TEMPLATE }] },
          ],
        },
      ]
    : [];
}

const TEMPLATE = documentTemplate("Data protection impact assessment (GDPR Art. 35)", [
  "(a) What is processed and why",
  "(b) Why it is necessary and proportionate",
  "(c) Risks for people",
  "(d) Measures against these risks",
  "Advice of the data protection officer",
  "Views of the people concerned",
  "What remains, and whether the authority is consulted (Art. 36)",
]);
