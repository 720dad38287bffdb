import { choice, list, object, text, yesNo } from "./field";

const HIGH = { duty: "high-risk-annex-iii" } as const;

/** The risk register. */
export const RISKS_FIELD = list(
  "What can go wrong for people, and what is done about it.",
  object("One risk.", {
    id: text("Short name of the risk.", null, { example: "R1" }),
    what: text("What can go wrong.", null, { example: "indirect discrimination" }),
    who: list("Whom it would hurt.", text("A group of people."), { single: true, example: "[women, over 60]" }),
    misuse: yesNo("Whether it comes from a use that the model is not for.", { article: "AI Act Art. 9(2)(b)", ...HIGH }),
    measure: text("What is done about it.", null, { article: "AI Act Art. 9(2)(d)", ...HIGH }),
    residual: choice(
      "How much risk remains.",
      { none: "None.", low: "Little.", medium: "Some.", high: "Much." },
      { article: "AI Act Art. 9(5)", ...HIGH },
    ),
    accepted_by: text("E-mail address of the person who accepts what remains.", "email", { article: "AI Act Art. 9(5)", ...HIGH }),
    date: text("Day of that decision.", "date"),
  }),
  { article: "AI Act Art. 9", ...HIGH },
);

export const ROBUSTNESS_FIELD = object(
  "What happens when the model is wrong, fails or is attacked.",
  {
    fallback: text("What is used when the model does not answer.", null, { example: "alphabetical list" }),
    attacks: list(
      "Attacks that were tested.",
      choice("An attack.", {
        data_poisoning: "Someone slips false data into the training.",
        model_poisoning: "Someone slips a changed part into the model.",
        evasion: "Someone makes inputs that fool the model.",
        model_extraction: "Someone copies the model by asking it.",
        membership_inference: "Someone finds out who was in the training data.",
        model_inversion: "Someone rebuilds training data from the model.",
        prompt_injection: "Someone hides orders in a text that the model reads.",
      }),
      { single: true, article: "AI Act Art. 15(5)", ...HIGH, example: "[data_poisoning, evasion]" },
    ),
    tests: text("File that holds the results of these tests.", "path"),
    feedback_loop: text("How the model is kept from learning its own results.", null, { article: "AI Act Art. 15(4)", ...HIGH }),
  },
  { article: "AI Act Art. 15", ...HIGH },
);

export const LOGGING_FIELD = object(
  "What the model records while it works.",
  {
    events: list("What is recorded.", text("One thing that is recorded."), {
      single: true,
      example: "[input_hash, output, model_version]",
    }),
    where: text("Where the records are kept.", null, { example: "audit-log" }),
    retention: text("How long the records are kept; at least six months for high risk.", "duration", {
      article: "AI Act Art. 19; AI Act Art. 26(6)",
      ...HIGH,
      example: "6 months",
    }),
    note: text("Why records are kept for a shorter or longer time than the rules say.", "sentence"),
  },
  { article: "AI Act Art. 12; AI Act Art. 19; AI Act Art. 26(6)", ...HIGH },
);

export const INCIDENTS_FIELD = object(
  "What happens after a serious incident or a breach of personal data.",
  {
    contact: text("E-mail address that incidents are reported to.", "email"),
    authority: text("The authority that must be told."),
    plan: text("File that says what to do: serious incidents within 15 days, personal data within 72 hours.", "path"),
    breach_decided_by: text("E-mail address of the person who decides that personal data was breached.", "email", {
      article: "GDPR Art. 33; GDPR Art. 34",
      duty: "gdpr",
    }),
  },
  { article: "AI Act Art. 73; GDPR Art. 33; GDPR Art. 34", ...HIGH },
);
