import type { ConfigPath } from "../../config/configPath";
import { answerFix, answerFixes, ONLY_A_PERSON } from "../answerFixes";
import { blockFindings, insertPart } from "../blockFindings";
import { couldNotCheck } from "../couldNotCheck";
import { indexed } from "../indexed";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { personalKind } from "../personalColumns";
import { isGiven } from "../isGiven";
import { TODO } from "../setFix";

const PERSONAL = ["personal_data"] as const;
const SPECIAL = ["gdpr", "special_categories"] as const;

export const personalDataUndecided: LintRule = {
  meta: {
    code: "COMP13",
    name: "personal-data-undecided",
    challenge: "compliance",
    severity: { development: "warning", staging: "error", production: "error" },
    summary: "It is decided whether the data is personal, the columns agree, and sensitive data has a condition that allows it.",
    why: "All of data protection hangs on this answer, and it is wrong more often than people think: pseudonyms, IP addresses and free texts are personal too. Sensitive data is banned unless one of ten conditions holds, so that the letter has to be named.",
    article: "GDPR Art. 4(1), Art. 9, Art. 10; AI Act Art. 4a",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    if (product.personal_data === "unsure" || lacks(context, PERSONAL)) {
      const message = `Not decided whether the data says anything about people ${law(context, "GDPR Art. 4(1)", "gdpr")}.`;
      return [{ message, at: PERSONAL, fixes: [setYes(), answerFix(PERSONAL, "no", "the data says nothing about people.")] }];
    }
    return product.personal_data === "no" ? looksPersonal(context) : [...specialCategories(context), ...biasUse(context)];
  },
};

/** Columns that speak against a "no". */
function looksPersonal(context: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  const seen = new Set<string>();
  return indexed(context.product.data).flatMap(([index, { path, expect, not_personal: cleared, personal_fields: declared }]) => {
    const fact = path === undefined ? undefined : context.facts.columns(path);
    const isCleared = (name: string): boolean => indexed(cleared).some(([, one]) => one.name === name && isGiven(one.why));
    const names = [...(fact?.known === true ? fact.value.names : []), ...Object.keys(expect?.columns ?? {})];
    const findings = indexed(declared).flatMap(([, { name }]) => (name === undefined ? [] : [declaredPersonal(context, index, name)]));
    for (const name of names) {
      const kind = personalKind(name);
      if (kind !== undefined && !seen.has(name) && !isCleared(name)) {
        seen.add(name);
        const message = `Column "${name}" looks like ${kind}, but personal_data is "no" ${law(context, "GDPR Art. 4(1)", "gdpr")}.`;
        findings.push({ message, at: ["data", index, "path"], fixes: [setYes(), ...clear(context, index, name)] });
      }
    }
    return fact?.known === false && path !== undefined ? [...findings, couldNotCheck(`the columns of ${path}`, fact.why)] : findings;
  });
}

function declaredPersonal(context: LintContext, index: number, name: string): RuleFinding {
  const message = `Column "${name}" is listed as personal, but personal_data is "no" ${law(context, "GDPR Art. 4(1)", "gdpr")}.`;
  return { message, at: ["data", index, "personal_fields"], fixes: [setYes()] };
}

function setYes(): RuleFinding["fixes"][number] {
  return answerFix(PERSONAL, "yes", "the data says something about people, maybe under pseudonyms.");
}

/** The reason is left for a person, so that the finding stays until it is written. */
function clear({ product }: LintContext, index: number, name: string): RuleFinding["fixes"] {
  const path: ConfigPath = ["data", index, "not_personal"];
  const isListed = product.data?.[index]?.not_personal?.some((one) => one?.name === name) === true;
  return isListed
    ? []
    : [
        {
          title: `Mark "${name}" as not personal, with a reason`,
          safe: false,
          changes: [{ kind: "append", path, value: { name, why: TODO } }],
        },
      ];
}

/** While there is no block on data protection at all other rules ask for it. */
function specialCategories(context: LintContext): readonly RuleFinding[] {
  const { product } = context;
  if (product.gdpr === undefined) {
    return [];
  }
  if (lacks(context, SPECIAL, { emptyIsAnswer: true })) {
    const message = `Not said whether the data holds sensitive kinds such as health or religion ${law(context, "GDPR Art. 9", "gdpr")}.`;
    return [{ message, at: SPECIAL, fixes: [answerFix(SPECIAL, [], "the data holds no sensitive kinds.")] }];
  }
  return indexed(product.gdpr.special_categories).flatMap(([index, { kind, condition }]) => {
    const isCriminal = kind === "criminal";
    if (isCriminal ? isGiven(condition) : /^(?:Art\. ?)?9\(2\)\([a-j]\)$/.test(condition?.trim() ?? "")) {
      return [];
    }
    const at = [...SPECIAL, index, "condition"];
    const what = (kind ?? "sensitive").replaceAll("_", " ");
    const message = isCriminal
      ? `Data on crimes needs official authority or a law that allows it ${law(context, "GDPR Art. 10", "gdpr")}.`
      : `No condition of Art. 9(2) is named that allows ${what} data ${law(context, "GDPR Art. 9(2)", "gdpr")}.`;
    return [{ message, at, fixes: isCriminal ? insertPart(context, at, TODO) : conditions(at) }];
  });
}

const CONDITIONS = {
  "9(2)(a)": "the person agreed explicitly.",
  "9(2)(b)": "duties and rights in employment and social security law.",
  "9(2)(c)": "someone's life, when the person cannot agree.",
  "9(2)(d)": "members of a foundation or association.",
  "9(2)(e)": "the person made it public.",
  "9(2)(f)": "legal claims.",
  "9(2)(g)": "substantial public interest that a law names.",
  "9(2)(h)": "health care under a duty of secrecy.",
  "9(2)(i)": "public health.",
  "9(2)(j)": "research, statistics or archives under a law.",
} as const;

function conditions(at: ConfigPath): RuleFinding["fixes"] {
  return answerFixes(at, CONDITIONS);
}

/** All six conditions have to hold. */
function biasUse(context: LintContext): readonly RuleFinding[] {
  return indexed(context.product.data).flatMap(([index, { bias_use_of_special_data: use }]) => {
    if (use === undefined) {
      return [];
    }
    const message = `Sensitive data for finding bias may not be passed on ${law(context, "AI Act Art. 4a", "bias-special-data")}.`;
    const at: ConfigPath = ["data", index, "bias_use_of_special_data", "not_passed_on"];
    const passedOn = use.not_passed_on === false ? [{ message, at, fixes: [keepsIt(index)] }] : [];
    return [
      ...passedOn,
      ...blockFindings(context, {
        block: ["data", index, "bias_use_of_special_data"],
        words: "the six conditions",
        message: "Sensitive data for finding bias needs six conditions",
        article: "AI Act Art. 4a",
        duty: "bias-special-data",
        expected: [
          { key: "why_necessary", message: "Not said why other data does not do", placeholder: TODO },
          { key: "limits", message: "Not said how use for other ends is prevented", placeholder: TODO },
          { key: "security", message: "Not said how the data is protected", placeholder: TODO },
          { key: "not_passed_on", message: "Not said whether somebody else gets the data", fixes: [keepsIt(index)] },
          { key: "deleted_when", message: "Not said when the data is deleted", placeholder: TODO },
          { key: "recorded", message: "Not said where this use is recorded", placeholder: TODO },
        ].map((part) => ({ ...part, article: "AI Act Art. 4a" })),
      }),
    ];
  });
}

function keepsIt(index: number): RuleFinding["fixes"][number] {
  return answerFix(["data", index, "bias_use_of_special_data", "not_passed_on"], true, "nobody else gets the data.");
}
