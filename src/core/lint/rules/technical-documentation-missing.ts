import { ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { couldNotCheck } from "../couldNotCheck";
import { documentTemplate } from "../documentTemplates";
import type { Fix } from "../fix";
import { highRiskDuty, isHighRisk } from "../highRisk";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix, TODO } from "../setFix";

interface Document {
  readonly path: readonly string[];
  readonly article: string;
  readonly title: string;
  /** Where a new one is created. */
  readonly file: string;
  readonly items: readonly string[];
}

const annexIv = (key: string, number: number, title: string, items: readonly string[]): Document => ({
  path: ["docs", "annex_iv", key],
  article: `AI Act Annex IV(${number})`,
  title,
  file: `docs/annex-iv-${number}-${key}.md`,
  items,
});

/** Headings 5, 8 and 9 are covered by the blocks `risks`, `conformity` and `monitoring`, each with a rule of its own. */
const DOCUMENTS: readonly Document[] = [
  {
    path: ["docs", "instructions_for_use"],
    article: "AI Act Art. 13",
    title: "Instructions for use",
    file: "docs/instructions-for-use.md",
    items: [
      "Provider and contact",
      "Purpose",
      "Accuracy, metrics and known limits",
      "Results for groups of people",
      "Input data",
      "Human oversight",
      "Resources, lifetime and maintenance",
      "Access to the logs",
    ],
  },
  annexIv("general", 1, "General description", [
    "Purpose, provider, version",
    "Interaction with other systems",
    "Versions of software",
    "Forms of supply",
    "Hardware",
    "Photos of the product",
    "User interface",
    "Instructions",
  ]),
  annexIv("development", 2, "Elements and development", [
    "Methods and parts of others",
    "Design logic, choices and trade-offs",
    "Architecture and computing power",
    "Data sheets",
    "Assessment of oversight",
    "Changes planned in advance",
    "Validation and tests, dated and signed",
    "Cybersecurity",
  ]),
  annexIv("monitoring", 3, "Monitoring, functioning and limits", ["Limits", "Accuracy for each group", "Foreseeable harm", "Input data"]),
  annexIv("metrics", 4, "Why these metrics fit", ["Metrics and why each fits the purpose"]),
  annexIv("changes", 6, "Changes over time", ["Changes by version"]),
  annexIv("standards", 7, "Standards and other solutions", ["Standards applied", "Other solutions and why"]),
];

const SIGNED_BY = ["evaluation", "signed_by"] as const;

export const technicalDocumentationMissing: LintRule = {
  meta: {
    code: "COMP04",
    name: "technical-documentation-missing",
    challenge: "compliance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "A high-risk model has instructions for use and a document for each heading of Annex IV, with a signed test report.",
    why: "The documents must be there before the model is offered or used, kept current, and kept for ten years. They are easy to write beside the work and hard to write from memory. Users need the instructions to use the model as it is meant.",
    article: "AI Act Art. 11, Art. 13, Annex IV",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    if (!isHighRisk(context.product)) {
      return [];
    }
    return [...DOCUMENTS.flatMap((document) => checkDocument(context, document)), ...unsignedReport(context)];
  },
};

function checkDocument(context: LintContext, { path, article, title, file, items }: Document): readonly (RuleFinding | CouldNotCheck)[] {
  const duty = highRiskDuty(context.product);
  const content = documentTemplate(title, items);
  if (lacks(context, path)) {
    return [{ message: `${title}: no document ${law(context, article, duty)}.`, at: path, fixes: [create(title, path, file, content)] }];
  }
  const written = context.config.source.raw(path);
  if (typeof written !== "string") {
    return [];
  }
  const fact = context.facts.path(written);
  if (!fact.known || fact.value.kind === "outside") {
    return [couldNotCheck(`whether the document ${written} exists`, fact.known ? "it lies outside of this workspace" : fact.why)];
  }
  if (fact.value.kind !== "missing") {
    return [];
  }
  const message = `${title}: the file ${written} does not exist ${law(context, article, duty)}.`;
  return [{ message, at: path, fixes: [create(title, path, written, content)] }];
}

function create(title: string, path: readonly string[], file: string, content: string): Fix {
  return {
    ...setFix(`Create ${file} from a template (${title.toLowerCase()})`, path, file),
    files: [{ kind: "createFile", path: file, content }],
  };
}

/** While there is no evaluation at all another rule asks for one. */
function unsignedReport(context: LintContext): readonly RuleFinding[] {
  if (context.product.evaluation === undefined || !lacks(context, SIGNED_BY)) {
    return [];
  }
  const message = `No signed test report ${law(context, "AI Act Annex IV(2)(g)", highRiskDuty(context.product))}.`;
  return [{ message, at: SIGNED_BY, fixes: insertPart(context, SIGNED_BY, TODO) }];
}
