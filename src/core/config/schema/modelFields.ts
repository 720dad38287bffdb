import { list, object, text, yesNo } from "./field";

export const MODEL_FIELD = object(
  "The model that this file describes, as the registry holds it.",
  {
    registry: text("Kind of the registry.", null, { example: "mlflow" }),
    name: text("Name of the model in the registry.", null, { example: "churn-model" }),
    version: text("Version of the model.", null, { example: '"14"' }),
    digest: text("Hash of the model's files.", "digest", {
      example: '"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
    }),
    license: text("Licence under which the model may be used.", null, { example: "proprietary" }),
  },
  { short: "name" },
);

export const BASE_MODEL_FIELD = object(
  "The model that this one builds on, or none.",
  {
    name: text("Name of the model, or none.", null, { example: "xlm-roberta-base" }),
    version: text("Version of the model."),
    license: text("Licence under which it may be used.", null, { example: "mit" }),
    provider_docs: text("The documents that its provider gives.", null, {
      article: "AI Act Art. 53(1)(b); AI Act Annex XII",
      duty: "gpai",
      example: "docs/base-model.md",
    }),
    provided_by_us: yesNo("Whether this organisation offers it to others as a general-purpose model.", {
      article: "AI Act Art. 53; AI Act Art. 55",
      duty: "gpai",
    }),
    copyright_policy: text("How the rights of authors are respected.", null, { article: "AI Act Art. 53(1)(c)", duty: "gpai" }),
    training_summary: text("The public summary of the training content.", null, { article: "AI Act Art. 53(1)(d)", duty: "gpai" }),
  },
  { short: "name", article: "AI Act Art. 53; AI Act Art. 55", duty: "gpai" },
);

export const REVIEW_FIELD = object(
  "When the model is looked at again.",
  {
    every: text("Time between two reviews.", "duration", { example: "6 months" }),
    last: text("Day of the last review.", "date"),
    next: text("Day of the next review.", "date"),
  },
  { short: "every" },
);

export const LINT_FIELD = object("Findings that are left as they are for now.", {
  ignore: list(
    "Findings that are left as they are, each with a reason and an end.",
    object("One rule that is silent until a day.", {
      rule: text("Code or name of the rule.", null, { example: "COST03" }),
      why: text("Why the finding is left as it is.", "sentence"),
      until: text("Last day on which the rule is silent.", "date"),
      by: text("E-mail address of the person who decided that.", "email"),
    }),
  ),
});
