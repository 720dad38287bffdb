import { ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { highRiskDuty, isHighRisk } from "../highRisk";
import { indexed } from "../indexed";
import { lacks, type LacksOptions } from "../lacks";
import { law } from "../lawText";
import type { LintRule } from "../lintRule";
import type { ConfigValue } from "../fix";
import { setFix, TODO } from "../setFix";

interface Described extends LacksOptions {
  readonly key: string;
  readonly message: string;
  readonly article: string;
  readonly placeholder: ConfigValue;
}

const DESCRIBED: readonly Described[] = [
  { key: "origin", message: "Say where this data comes from", article: "AI Act Art. 10(2)(b)", placeholder: TODO },
  {
    key: "represents",
    message: "Say who this data represents, and who it leaves out",
    article: "AI Act Art. 10(3)",
    placeholder: TODO,
    sentence: true,
  },
  {
    key: "bias",
    message: "Say which bias was looked for, and what was done about it",
    article: "AI Act Art. 10(2)(f)",
    placeholder: { checked: TODO, groups: [], handled: TODO },
  },
  { key: "gaps", message: "Say what this data lacks, or that it lacks nothing", article: "AI Act Art. 10(2)(h)", placeholder: [] },
];

export const dataNotDescribed: LintRule = {
  meta: {
    code: "COMP06",
    name: "data-not-described",
    challenge: "compliance",
    severity: { development: "info", staging: "warning", production: "error" },
    summary:
      "Data that a high-risk model is trained and tested with has an origin, says whom it represents, which bias was looked for and what it lacks.",
    why: "A model repeats what its data holds. Whoever knows where the data comes from and whom it leaves out can tell for whom the model will be wrong, before it is.",
    article: "AI Act Art. 10",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    if (!isHighRisk(product)) {
      return [];
    }
    const duty = highRiskDuty(product);
    const learned = indexed(product.data).filter(([, { use }]) => use !== "live" && use !== "reference");
    if (learned.length === 0) {
      const message = `No data is described that the model learns from ${law(context, "AI Act Art. 10", duty)}.`;
      const fixes = context.config.source.has(["data"])
        ? []
        : [setFix("Add a place for the training data", ["data"], [{ path: TODO, use: "train" }])];
      return [{ message, at: ["data"], fixes }];
    }
    return learned.flatMap(([index]) =>
      DESCRIBED.filter((one) => lacks(context, ["data", index, one.key], one)).map(({ key, message, article, placeholder }) => ({
        message: `${message} ${law(context, article, duty)}.`,
        at: ["data", index, key],
        fixes: insertPart(context, ["data", index, key], placeholder),
      })),
    );
  },
};
