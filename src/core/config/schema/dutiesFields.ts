import { choice, list, object, text } from "./field";

const HIGH = { duty: "high-risk-annex-iii" } as const;

export const CONFORMITY_FIELD = object(
  "How it is shown that a high-risk model meets the rules.",
  {
    route: choice("Who assesses the model.", {
      annex_vi: "This organisation itself.",
      annex_vii: "A notified body.",
      annex_i: "As the law of the product asks.",
      pending: "Not decided yet.",
    }),
    notified_body: text("Name and number of the notified body."),
    quality_system: text("File that describes the quality management system.", null, { article: "AI Act Art. 17", ...HIGH }),
    declaration: text("The EU declaration of conformity, or pending.", null, { article: "AI Act Art. 47", ...HIGH }),
    ce: text("Where the CE mark is shown, or pending.", null, { article: "AI Act Art. 48", ...HIGH }),
    eu_database: text("Number in the EU database, or pending.", null, { article: "AI Act Art. 49", ...HIGH }),
  },
  { article: "AI Act Art. 16; AI Act Art. 17; AI Act Art. 43; AI Act Art. 47; AI Act Art. 48; AI Act Art. 49", ...HIGH },
);

export const DEPLOYER_DUTIES_FIELD = object(
  "What an organisation does that uses a high-risk model; not_applicable where it uses none itself.",
  {
    instructions_received: text("File with the provider's instructions for use, or not_applicable.", null, {
      article: "AI Act Art. 26(1)",
      ...HIGH,
    }),
    input_data: text("How input data is kept relevant and representative.", null, { article: "AI Act Art. 26(4)", ...HIGH }),
    monitoring: text("Who watches the model and suspends it when it does harm.", null, { article: "AI Act Art. 26(5)", ...HIGH }),
    logs: text("Where records are kept for at least six months.", null, { article: "AI Act Art. 26(6)", ...HIGH }),
    workers_told: text("Day on which workers and their representatives are told, or not_applicable.", null, {
      article: "AI Act Art. 26(7)",
      ...HIGH,
    }),
    people_told: text("Where people read that the model takes part in a decision on them, or not_applicable.", null, {
      article: "AI Act Art. 26(11)",
      ...HIGH,
    }),
    dpia: text("File of the data protection impact assessment that uses the provider's instructions.", null, {
      article: "AI Act Art. 26(9)",
      ...HIGH,
    }),
  },
  { short: "instructions_received", article: "AI Act Art. 26", ...HIGH },
);

export const FRIA_FIELD = object(
  "The fundamental rights impact assessment.",
  {
    needed: choice("Whether one is needed.", {
      yes: "Public body, public service, credit score or life and health insurance.",
      no: "None of these.",
      unsure: "Nobody has decided yet.",
    }),
    why: text("Why one is needed or not.", null, { example: "private employer, not 5(b) or 5(c)" }),
    file: text("File that holds the whole assessment.", "path"),
    process: text("Where in the work the model is used.", null, { article: "AI Act Art. 27(1)(a)", ...HIGH }),
    period: text("For how long and how often it is used.", null, { article: "AI Act Art. 27(1)(b)", ...HIGH }),
    people: list("Whom it affects.", text("A group of people."), { single: true, article: "AI Act Art. 27(1)(c)", ...HIGH }),
    harms: list("What harm it may do to them.", text("One harm."), { single: true, article: "AI Act Art. 27(1)(d)", ...HIGH }),
    oversight: text("How people oversee it.", null, { article: "AI Act Art. 27(1)(e)", ...HIGH }),
    measures: text("What is done when harm happens, and where people complain.", null, { article: "AI Act Art. 27(1)(f)", ...HIGH }),
    authority_told: text("Day on which the authority was told.", "date", { article: "AI Act Art. 27(3)", ...HIGH }),
  },
  { short: "needed", article: "AI Act Art. 27", ...HIGH },
);
