import type { ConfigPath } from "../../config/configPath";
import { isDate, sayDate } from "../../config/dates";
import { FRIA_FIELD } from "../../config/schema/dutiesFields";
import { answerFix, answerFixes, ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { documentTemplate } from "../documentTemplates";
import type { ConfigValue } from "../fix";
import { annexIiiPoints, highRiskDuty, isHighRisk } from "../highRisk";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix, TODO } from "../setFix";

const DUTIES = ["deployer_duties"] as const;
const RECEIVED = [...DUTIES, "instructions_received"] as const;
const NEEDED = ["fria", "needed"] as const;
const FILE = ["fria", "file"] as const;
const FRIA_FILE = "docs/fria.md";
const NOT_APPLICABLE = "not_applicable";

export const deployerDutiesOpen: LintRule = {
  meta: {
    code: "COMP11",
    name: "deployer-duties-open",
    challenge: "compliance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary:
      "Whoever uses a high-risk model follows its instructions, tells workers and people, and assesses fundamental rights where that is due.",
    why: "Those who use a model have duties of their own, also when they made it themselves. Workers and their representatives are told before the first use, not after. Public bodies, credit scoring and life and health insurance need an assessment of fundamental rights.",
    article: "AI Act Art. 26, Art. 27",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    return isHighRisk(context.product) ? [...instructions(context), ...told(context), ...assessment(context)] : [];
  },
};

/** Providers may use their own model, so that each says whether it does. */
function instructions(context: LintContext): readonly RuleFinding[] {
  if (!lacks(context, RECEIVED)) {
    return [];
  }
  const isUser = isDeployer(context);
  const message = isUser
    ? "Not said where the provider's instructions for use are"
    : "Not said whether this organisation uses the model itself";
  const none = isUser ? [] : [answerFix(RECEIVED, NOT_APPLICABLE, "this organisation does not use the model itself.")];
  const fixes = [...none, ...insertPart(context, RECEIVED, TODO)];
  return [{ message: `${message} ${law(context, "AI Act Art. 26(1)", highRiskDuty(context.product))}.`, at: RECEIVED, fixes }];
}

function isDeployer({ product }: LintContext): boolean {
  return product.ai_act?.role === "deployer";
}

/** Whether this organisation uses the model itself, as deployers do and as providers may. */
function usesItself(context: LintContext): boolean {
  const isSaid = !lacks(context, RECEIVED) && context.product.deployer_duties?.instructions_received?.trim() !== NOT_APPLICABLE;
  return isDeployer(context) || isSaid;
}

function told(context: LintContext): readonly RuleFinding[] {
  if (!usesItself(context)) {
    return [];
  }
  const duty = highRiskDuty(context.product);
  const groups: readonly {
    readonly places: readonly ConfigPath[];
    readonly message: string;
    readonly article: string;
    readonly none: string;
  }[] = [
    {
      places: [
        [...DUTIES, "workers_told"],
        ["transparency", "workers_told"],
      ],
      message: "Workers and their representatives must be told before first use",
      article: "AI Act Art. 26(7)",
      none: "the model is not used at work.",
    },
    {
      places: [
        [...DUTIES, "people_told"],
        ["transparency", "affected_people_told"],
      ],
      message: "People must be told that the model takes part in a decision on them",
      article: "AI Act Art. 26(11)",
      none: "the model takes part in no decision on people.",
    },
  ];
  const missing = groups.flatMap(({ places, message, article, none }) => {
    const [at] = places;
    return at === undefined || places.some((place) => !lacks(context, place))
      ? []
      : [
          {
            message: `${message} ${law(context, article, duty)}.`,
            at,
            fixes: [...insertPart(context, at, TODO), answerFix(at, NOT_APPLICABLE, none)],
          },
        ];
  });
  return [...missing, ...toldTooLate(context, duty)];
}

/** A day that is still to come is a plan, which does not do once the model is in use. */
function toldTooLate({ product, stage, today, calendar }: LintContext, duty: string): readonly RuleFinding[] {
  if (stage !== "production") {
    return [];
  }
  const days = [
    { at: [...DUTIES, "workers_told"], day: product.deployer_duties?.workers_told },
    { at: ["transparency", "workers_told"], day: product.transparency?.workers_told },
  ];
  return days.flatMap(({ at, day }) =>
    day !== undefined && isDate(day) && day > today
      ? [
          {
            message: `Workers are told on ${sayDate(day)}, after the model is in use ${law({ calendar, today }, "AI Act Art. 26(7)", duty)}.`,
            at,
            fixes: [],
            noFix: "Workers have to be told first; then the day of that stands here.",
          },
        ]
      : [],
  );
}

function assessment(context: LintContext): readonly RuleFinding[] {
  const { product } = context;
  const points = annexIiiPoints(product);
  // Critical infrastructure alone is left out by the law itself.
  if (points.length > 0 && points.every((point) => point === "2")) {
    return [];
  }
  const duty = highRiskDuty(product);
  const { needed } = product.fria ?? {};
  if (needed === "unsure" || lacks(context, NEEDED)) {
    const message = `Not decided whether a fundamental rights impact assessment is needed ${law(context, "AI Act Art. 27(1)", duty)}.`;
    return [{ message, at: NEEDED, fixes: answerFixes(NEEDED, FRIA_FIELD.fields.needed.choices, ["unsure"]) }];
  }
  const due = points.find((point) => point === "5b" || point === "5c");
  const isOnlyProvider = !isDeployer(context) && product.deployer_duties?.instructions_received?.trim() === NOT_APPLICABLE;
  if (needed === "no" && due !== undefined && !isOnlyProvider) {
    const message = `Annex III ${due} needs a fundamental rights impact assessment by whoever uses the model ${law(context, "AI Act Art. 27(1)", duty)}.`;
    return [{ message, at: NEEDED, fixes: [answerFix(NEEDED, "yes", "the area makes it so.")] }];
  }
  return needed === "yes" && lacks(context, FILE) ? withoutFile(context, duty) : [];
}

/** What the assessment says, Art. 27(1)(a) to (f); the parts may stand in this file in place of a document. */
const PARTS: readonly { readonly key: string; readonly letter: string; readonly message: string; readonly placeholder: ConfigValue }[] = [
  { key: "process", letter: "a", message: "Not said where in the work the model is used", placeholder: TODO },
  { key: "period", letter: "b", message: "Not said for how long and how often the model is used", placeholder: TODO },
  { key: "people", letter: "c", message: "Not said whom the model affects", placeholder: [] },
  { key: "harms", letter: "d", message: "Not said what harm the model may do", placeholder: [] },
  { key: "oversight", letter: "e", message: "Not said how people oversee the model", placeholder: TODO },
  { key: "measures", letter: "f", message: "Not said what is done when harm happens", placeholder: TODO },
];

function withoutFile(context: LintContext, duty: string): readonly RuleFinding[] {
  const missing = PARTS.filter(({ key }) => lacks(context, ["fria", key]));
  if (missing.length < PARTS.length) {
    return missing.map(({ key, letter, message, placeholder }) => ({
      message: `${message} ${law(context, `AI Act Art. 27(1)(${letter})`, duty)}.`,
      at: ["fria", key],
      fixes: insertPart(context, ["fria", key], placeholder),
    }));
  }
  const message = `A fundamental rights impact assessment is needed but absent ${law(context, "AI Act Art. 27", duty)}.`;
  const files = [{ kind: "createFile" as const, path: FRIA_FILE, content: TEMPLATE }];
  const fixes = context.config.source.has(FILE) ? [] : [{ ...setFix("Draft the assessment", FILE, FRIA_FILE), files }];
  return [{ message, at: FILE, fixes }];
}

const TEMPLATE = documentTemplate("Fundamental rights impact assessment (AI Act Art. 27)", [
  "(a) Where in the work the model is used",
  "(b) For how long and how often",
  "(c) Whom it affects",
  "(d) What harm it may do to them",
  "(e) How people oversee it",
  "(f) What is done when harm happens, governance and complaints",
  "Told to the authority on",
]);
