import { AI_ACT_FIELD, ANNEX_III_POINTS } from "../../config/schema/aiActFields";
import { answerFix } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { annexI, annexIiiPoints, highRiskDuty } from "../highRisk";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix, TODO } from "../setFix";

const RISK = ["risk"] as const;
const AI_ACT = ["ai_act"] as const;
const ANNEX_III = [...AI_ACT, "annex_iii"] as const;
const ANNEX_I = [...AI_ACT, "annex_i"] as const;
const SAFETY = [...ANNEX_I, "safety_component"] as const;
const ASSESSED = [...ANNEX_I, "third_party_assessment"] as const;
const PROFILING = [...AI_ACT, "profiling"] as const;
const EXCEPTION = [...AI_ACT, "exception"] as const;
const ASSESSMENT_FILE = "docs/ai-act-exception.md";

export const highRiskUnderstated: LintRule = {
  meta: {
    code: "COMP03",
    name: "high-risk-understated",
    challenge: "compliance",
    severity: { development: "error", staging: "error", production: "error" },
    summary: "A model in an area of Annex III or in a product of Annex I is high-risk, unless a full exception is written down.",
    why: "The area decides the class, not the wish. An exception needs a ground, an assessment and a registration, and is never open to a model that evaluates single people. A class that is set too low is found by the first authority that asks.",
    article: "AI Act Art. 6",
    suppressible: false,
    noFix: "Which areas the model works in is known only to the people who build it; completion lists all areas in plain words.",
    appliesTo: "product",
  },
  check(context) {
    return [...understated(context), ...halfSaid(context), ...excepted(context), ...unanswered(context)];
  },
};

function isBelowHigh({ product: { risk } }: LintContext): boolean {
  return risk === "limited" || risk === "minimal";
}

function isExcepted({ product: { ai_act: act } }: LintContext): boolean {
  return act?.exception?.ground !== undefined && act.exception.ground !== "none";
}

/** The first area with its letter and what it is about; undefined where the model works in none. */
function sayArea({ product }: LintContext): string | undefined {
  const [point] = annexIiiPoints(product);
  return point === undefined ? undefined : `Annex III ${point} (${ANNEX_III_POINTS[point].replace(/\.$/, "")})`;
}

function understated(context: LintContext): readonly RuleFinding[] {
  const { product } = context;
  // An exception is open to the areas of Annex III only.
  const area = isExcepted(context) ? undefined : sayArea(context);
  const isSafetyPart = annexI(product) === "yes";
  if (!isBelowHigh(context) || (area === undefined && !isSafetyPart)) {
    return [];
  }
  const what = area ?? `A safety part of a product under ${product.ai_act?.annex_i?.law ?? "Annex I"} that a body from outside assesses`;
  const duty = area === undefined ? "high-risk-annex-i" : "high-risk-annex-iii";
  const message = `${what} is high-risk, but risk is "${product.risk ?? ""}" ${law(context, "AI Act Art. 6", duty)}.`;
  const grounds = AI_ACT_FIELD.fields.exception.fields.ground.choices;
  const claims =
    isSafetyPart || isExcepted(context) || product.ai_act?.profiling === true
      ? []
      : Object.entries(grounds).filter(([ground]) => ground !== "none");
  const fixes = [
    answerFix(RISK, "high", area === undefined ? "the product makes it so." : "the area makes it so."),
    ...claims.map(([ground, explanation]) => ({
      ...setFix(`Claim the exception ${ground} and draft its assessment: ${explanation}`, EXCEPTION, {
        ground,
        assessment: ASSESSMENT_FILE,
        registration: TODO,
      }),
      files: [{ kind: "createFile" as const, path: ASSESSMENT_FILE, content: ASSESSMENT }],
    })),
  ];
  return [{ message, at: RISK, fixes }];
}

/** A product law alone makes no high risk: it takes a safety part and an assessment from outside. */
function halfSaid(context: LintContext): readonly RuleFinding[] {
  if (!isBelowHigh(context) || annexI(context.product) !== "unknown") {
    return [];
  }
  const halves = [
    {
      at: SAFETY,
      message: "Not said whether the model keeps the product safe, which may make it high-risk",
      yes: "the model keeps people or things safe in the product.",
      no: "the product is as safe without the model.",
    },
    {
      at: ASSESSED,
      message: "Not said whether a body from outside must assess the product, which may make the model high-risk",
      yes: "a body from outside must assess the product.",
      no: "the maker assesses the product alone.",
    },
  ];
  return halves
    .filter(({ at }) => lacks(context, at))
    .map(({ at, message, yes, no }) => ({
      message: `${message} ${law(context, "AI Act Art. 6(1)", "high-risk-annex-i")}.`,
      at,
      severity: "warning" as const,
      fixes: [answerFix(at, true, yes), answerFix(at, false, no)],
    }));
}

/** An exception that is claimed must be full, and is never open to a model that profiles. */
function excepted(context: LintContext): readonly RuleFinding[] {
  if (!isExcepted(context)) {
    return [];
  }
  const duty = highRiskDuty(context.product);
  if (context.product.ai_act?.profiling === true) {
    const area = sayArea(context);
    const message = `${area === undefined ? "Profiling" : `${area}: profiling`} rules out the exception ${law(context, "AI Act Art. 6(3)", duty)}.`;
    return [{ message, at: EXCEPTION, fixes: [answerFix(EXCEPTION, "none", "the model profiles people, so that no exception is open.")] }];
  }
  const findings: RuleFinding[] = [];
  if (lacks(context, PROFILING)) {
    const message = `An exception is claimed, but nothing says that the model does no profiling ${law(context, "AI Act Art. 6(3)", duty)}.`;
    findings.push({ message, at: PROFILING, fixes: profilingFixes() });
  }
  if (lacks(context, [...EXCEPTION, "assessment"])) {
    const message = `An exception is claimed without a documented assessment ${law(context, "AI Act Art. 6(4)", duty)}.`;
    const files = [{ kind: "createFile" as const, path: ASSESSMENT_FILE, content: ASSESSMENT }];
    findings.push({
      message,
      at: [...EXCEPTION, "assessment"],
      fixes: [{ ...setFix("Draft the assessment", [...EXCEPTION, "assessment"], ASSESSMENT_FILE), files }],
    });
  }
  if (lacks(context, [...EXCEPTION, "registration"])) {
    const message = `An exception is claimed without its registration in the EU database ${law(context, "AI Act Art. 49(2)", duty)}.`;
    findings.push({
      message,
      at: [...EXCEPTION, "registration"],
      fixes: insertPart(context, [...EXCEPTION, "registration"], TODO),
      noFix: "The EU database gives the number when the model is registered.",
    });
  }
  return findings;
}

/** What the class depends on has to be answered before a release; while the whole block lacks, other rules ask for it. */
function unanswered(context: LintContext): readonly RuleFinding[] {
  const { product, stage } = context;
  if (stage === "development" || product.ai_act === undefined) {
    return [];
  }
  const findings: RuleFinding[] = [];
  const severity = "warning";
  const noArea = { emptyIsAnswer: product.risk !== "high" || annexI(product) !== "no" };
  if (lacks(context, ANNEX_III, noArea)) {
    const fixes = noArea.emptyIsAnswer ? [answerFix(ANNEX_III, [], "the model works in no area of Annex III.")] : [];
    const message = `Not said in which area of Annex III the model works ${law(context, "AI Act Art. 6(2)", "high-risk-annex-iii")}.`;
    findings.push({ message, at: ANNEX_III, severity, fixes });
  }
  if (lacks(context, ANNEX_I)) {
    const message = `Not said whether the model is part of a product of Annex I ${law(context, "AI Act Art. 6(1)", "high-risk-annex-i")}.`;
    findings.push({ message, at: ANNEX_I, severity, fixes: [answerFix(ANNEX_I, "none", "the model is in no such product.")] });
  }
  if (annexIiiPoints(product).length > 0 && !isExcepted(context) && lacks(context, PROFILING)) {
    const message = `Not said whether the model profiles people ${law(context, "AI Act Art. 6(3)", "high-risk-annex-iii")}.`;
    findings.push({ message, at: PROFILING, severity, fixes: profilingFixes() });
  }
  return findings;
}

function profilingFixes(): RuleFinding["fixes"] {
  return [
    answerFix(PROFILING, true, "it evaluates features of single people."),
    answerFix(PROFILING, false, "it evaluates no features of single people."),
  ];
}

const ASSESSMENT = `# Why the model is not high-risk (AI Act Art. 6(3) and (4))

TODO: a person who knows the use fills this in before the model is offered or used. Not legal advice.

- Area of Annex III: TODO
- Ground (a, b, c or d) and why it fits: TODO
- Why the model does not materially influence a decision: TODO
- Why the model does not profile people: TODO
- Assessed by, on: TODO
- Registration in the EU database (Art. 49(2)): TODO
`;
