import { object, text } from "./field";

const HIGH = { duty: "high-risk-annex-iii" } as const;

const ANNEX_IV = { article: "AI Act Annex IV", ...HIGH } as const;

export const DOCS_FIELD = object("Documents for users and authorities.", {
  instructions_for_use: text("File that tells users how to use the model, how accurate it is and where it fails.", "path", {
    article: "AI Act Art. 13",
    ...HIGH,
    example: "docs/ifu.md",
  }),
  annex_iv: object(
    "The technical documentation, a file for each heading of Annex IV.",
    {
      general: text("Purpose, provider, versions, hardware, interface.", "path", { ...ANNEX_IV, article: "AI Act Annex IV(1)" }),
      development: text("Methods, design choices, architecture, data, tests, security.", "path", {
        ...ANNEX_IV,
        article: "AI Act Annex IV(2)",
      }),
      monitoring: text("How it works, its limits, accuracy for each group, input data.", "path", {
        ...ANNEX_IV,
        article: "AI Act Annex IV(3)",
      }),
      metrics: text("Why these metrics fit.", "path", { ...ANNEX_IV, article: "AI Act Annex IV(4)" }),
      risks: text("The risk management system; without it, what `risks` holds.", "path", { ...ANNEX_IV, article: "AI Act Annex IV(5)" }),
      changes: text("What changed over time.", "path", { ...ANNEX_IV, article: "AI Act Annex IV(6)" }),
      standards: text("Standards or other solutions that were applied.", "path", { ...ANNEX_IV, article: "AI Act Annex IV(7)" }),
      declaration: text("The declaration of conformity; without it, what `conformity` holds.", "path", {
        ...ANNEX_IV,
        article: "AI Act Annex IV(8)",
      }),
      post_market: text("How it is watched after release; without it, what `monitoring` holds.", "path", {
        ...ANNEX_IV,
        article: "AI Act Annex IV(9)",
      }),
    },
    { ...ANNEX_IV, article: "AI Act Art. 11; AI Act Art. 18; AI Act Annex IV" },
  ),
});
