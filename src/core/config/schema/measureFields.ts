import { list, object, text } from "./field";

/** What the model must reach. */
export const KPIS_FIELD = list(
  "What the model must reach, fixed before it is measured.",
  object("One figure with its target.", {
    name: text("Name of the metric, as the runs record it.", null, { example: "f1" }),
    target: text("The bound that must hold, with a comparison.", "target", {
      article: "AI Act Art. 9(8)",
      duty: "high-risk-annex-iii",
      example: '">= 0.80"',
    }),
    warn: text("A stricter bound from which people are warned.", "target", { example: '">= 0.85"' }),
    by: text("Column that splits people into groups, each of which is judged.", null, { example: "sex" }),
    data: text("Data on which the figure is measured.", "path", { example: "data/test.parquet" }),
    why: text("Why this figure and this target fit the purpose.", null, { article: "AI Act Annex IV(4)", duty: "high-risk-annex-iii" }),
  }),
  { article: "AI Act Art. 9(8); AI Act Art. 15(3)", duty: "high-risk-annex-iii" },
);

/** The last measurement of the model. */
export const EVALUATION_FIELD = object(
  "The last measurement of the model.",
  {
    report: text("File that holds the results.", "path", { example: "reports/eval.json" }),
    commit: text("Commit that was measured.", null, { example: "3f2c1ab" }),
    date: text("Day of the measurement.", "date"),
    signed_by: text("E-mail address of the person who answers for the results.", "email", {
      article: "AI Act Annex IV(2)(g)",
      duty: "high-risk-annex-iii",
    }),
  },
  { short: "report", article: "AI Act Annex IV(2)(g)", duty: "high-risk-annex-iii" },
);
