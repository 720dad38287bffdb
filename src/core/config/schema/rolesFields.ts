import { object, text } from "./field";

const person = {
  name: text("Name of the person.", null, { example: "Ana Ruiz" }),
  email: text("E-mail address at which this person or team answers.", "email", { example: "ana@example.org" }),
  team: text("Team that shares this role.", null, { example: "ml-ops" }),
  deputy: text("E-mail address of the person who stands in when this one is away.", "email", { example: "leo@example.org" }),
  trained: text("Day of the last training that this person had for this role.", "date", {
    article: "AI Act Art. 4",
    duty: "ai-literacy",
    example: "2026-09-01",
  }),
} as const;

/** Who answers for what. */
export const ROLES_FIELD = object("Who answers for the model, each with an address.", {
  owner: object("Who is responsible for the model.", person, { short: "email" }),
  operator: object(
    "Who runs the model day to day and answers its alerts.",
    { ...person, on_call: text("File that says who is on call and how to reach them.", "path", { example: "docs/on-call.md" }) },
    { short: "email" },
  ),
  requirements: object("Who makes sure that the model meets its requirements at launch and at each later review.", person, {
    short: "email",
  }),
  data_steward: object("Who confirms that the data is complete and correct.", person, { short: "email", article: "AI Act Art. 10" }),
  compliance: object("Who judges the legal side, and is asked early.", person, { short: "email" }),
  dpo: object(
    "The data protection officer, or the reason why none is needed.",
    {
      ...person,
      not_needed: text("Why this organisation needs no data protection officer.", "sentence", { article: "GDPR Art. 37" }),
    },
    { short: "email", article: "GDPR Art. 37; GDPR Art. 38; GDPR Art. 39" },
  ),
});
