import { choice, list, object, text, yesNo } from "./field";

const GDPR = { duty: "gdpr" } as const;

/** The six legal grounds, each in plain words. */
export const LEGAL_GROUNDS = {
  consent: "The person agreed freely and may withdraw at any time.",
  contract: "It is needed for a contract with the person, or for steps before one that the person asked for.",
  legal_obligation: "A law demands it.",
  vital_interests: "It protects someone's life.",
  public_task: "It is needed for a task in the public interest that a law gives.",
  legitimate_interests: "An interest of the organisation outweighs the person's, as a written balancing shows.",
} as const;

export const PERSONAL_DATA_FIELD = choice(
  "Whether the data says anything about people, also under pseudonyms.",
  { yes: "It does.", no: "It does not.", unsure: "Nobody has decided yet." },
  { article: "GDPR Art. 4(1)", ...GDPR },
);

const compatibility = object(
  "Why a use that differs from the purpose of collection is allowed.",
  {
    why: text("Link between the purposes, context, kind of data, effects on people and safeguards.", "sentence"),
    by: text("E-mail address of the person who judged.", "email"),
    date: text("Day of the judgement.", "date"),
    file: text("File that holds the judgement.", "path"),
  },
  { short: "why", article: "GDPR Art. 6(4)", ...GDPR },
);

const processors = list(
  "Companies that process the data on behalf of this organisation; an empty list for none.",
  object("One company.", {
    name: text("Name of the company."),
    service: text("What it does.", null, { example: "hosting" }),
    contract: text("File of the contract.", "path", { article: "GDPR Art. 28(3)", ...GDPR }),
    country: text("Country of the processing, as two letters.", null, { example: "DE" }),
    sub_processors: list("Companies that it uses in turn.", text("Name of a company."), { single: true }),
  }),
  { article: "GDPR Art. 28", ...GDPR },
);

const transfers = list(
  "Transfers to countries outside the EEA; an empty list for none.",
  object("One transfer.", {
    to: text("Country, as two letters.", null, { example: "US" }),
    recipient: text("Who receives the data."),
    mechanism: choice("What makes the transfer lawful.", {
      adequacy: "The Commission decided that the country protects data well enough.",
      scc: "Standard contractual clauses.",
      bcr: "Binding corporate rules.",
      "49": "An exception of Art. 49.",
    }),
    assessed: text("Day on which the transfer was assessed.", "date"),
  }),
  { article: "GDPR Art. 44; GDPR Art. 45; GDPR Art. 46; GDPR Art. 49", ...GDPR },
);

export const GDPR_FIELD = object(
  "How personal data is handled.",
  {
    controller: text("The organisation that decides why and how the data is used.", null, { article: "GDPR Art. 30(1)(a)", ...GDPR }),
    purpose: text("What the data is used for.", null, { article: "GDPR Art. 5(1)(b)", ...GDPR, example: "recruiting" }),
    compatibility,
    legal_basis: object(
      "The legal ground of the processing.",
      {
        ground: choice("One of the six grounds.", LEGAL_GROUNDS, { article: "GDPR Art. 6(1)", ...GDPR }),
        note: text("What makes the ground fit.", null, { example: "steps before a contract" }),
        balancing: text("File of the balancing of interests, or none.", null, { article: "GDPR Art. 6(1)(f)", ...GDPR }),
        withdraw: text("How people withdraw their consent.", null, { article: "GDPR Art. 7(3)", ...GDPR }),
        law: text("The law that demands it or gives the task.", null, { article: "GDPR Art. 6(3)", ...GDPR }),
      },
      { short: "ground", article: "GDPR Art. 6(1)", ...GDPR },
    ),
    people: list("Whose data it is.", text("A group of people."), { single: true, article: "GDPR Art. 30(1)(c)", ...GDPR }),
    categories: list("Kinds of personal data.", text("One kind."), { single: true, article: "GDPR Art. 30(1)(c)", ...GDPR }),
    special_categories: list(
      "Kinds of sensitive data; an empty list for none.",
      object("One kind of sensitive data, with the condition that allows it.", {
        kind: choice("The kind.", {
          health: "Health.",
          racial_or_ethnic_origin: "Racial or ethnic origin.",
          political_opinions: "Political opinions.",
          religion: "Religion or belief.",
          trade_union: "Membership of a trade union.",
          genetic: "Genetic data.",
          biometric: "Biometric data that identifies a person.",
          sex_life: "Sex life or sexual orientation.",
          criminal: "Crimes and convictions (Art. 10).",
        }),
        condition: text("The letter of Art. 9(2), or the law of Art. 10.", null, { example: '"9(2)(a)"' }),
        source: text("Why the condition holds.", null),
      }),
      { article: "GDPR Art. 9; GDPR Art. 10", ...GDPR },
    ),
    recipients: list("Who gets the data or the results.", text("A person, department or company."), {
      single: true,
      article: "GDPR Art. 30(1)(d)",
      ...GDPR,
    }),
    retention: text("How long the data is kept.", null, { article: "GDPR Art. 5(1)(e); GDPR Art. 30(1)(f)", ...GDPR }),
    erasure: object(
      "How a request for deletion is carried out.",
      {
        data: text("How the data is deleted from all copies.", null, { example: "docs/erasure.md" }),
        model: text("How the deletion reaches the model.", null, { example: "retrained every 6 months without deleted rows" }),
      },
      { article: "GDPR Art. 17", ...GDPR },
    ),
    notice: text("What people read about the use of their data.", "path", {
      article: "GDPR Art. 13; GDPR Art. 14",
      ...GDPR,
      example: "docs/privacy-notice.md",
    }),
    source: text("Where the data comes from, if not from the people.", null, { article: "GDPR Art. 14", ...GDPR }),
    rights_contact: text("E-mail address for people who ask for their data.", "email", { article: "GDPR Art. 15", ...GDPR }),
    automated_decision: object(
      "Whether the model decides on people without a person.",
      {
        alone: yesNo("Whether it decides alone, with legal or similar effect."),
        ground: choice("What allows it.", {
          "22(2)(a)": "It is needed for a contract with the person.",
          "22(2)(b)": "A law allows it.",
          "22(2)(c)": "The person agreed explicitly.",
        }),
        human_review: text("How a person reviews a decision.", null, { example: "recruiter decides" }),
        contest: text("How people contest a decision."),
        logic: text("What people are told about how it decides, and what follows.", null, { article: "GDPR Art. 13(2)(f)", ...GDPR }),
      },
      { article: "GDPR Art. 22", ...GDPR },
    ),
    dpia: object(
      "The data protection impact assessment.",
      {
        needed: choice("Whether one is needed.", {
          yes: "It is.",
          no: "It is not.",
          unsure: "Nobody has decided yet.",
        }),
        why: text("Why one is needed or not.", "sentence"),
        file: text("File that holds it.", "path"),
        date: text("Day on which it was finished.", "date"),
        criteria: list(
          "Which of the nine warning signs hold.",
          choice("A warning sign.", {
            evaluation: "People are rated or predicted.",
            automated_decision: "A machine decides with legal or similar effect.",
            systematic_monitoring: "People are watched systematically.",
            sensitive_data: "Sensitive data is used.",
            large_scale: "Very much data or very many people.",
            matching: "Sets of data are combined.",
            vulnerable_people: "Children, workers, patients or others who can hardly refuse.",
            new_technology: "Technology is used in a new way.",
            blocks_rights: "It keeps people from a right, a service or a contract.",
          }),
          { single: true, article: "GDPR Art. 35(1)", ...GDPR },
        ),
        prior_consultation: text("What the authority answered, where high risk remains.", null, { article: "GDPR Art. 36", ...GDPR }),
      },
      { short: "needed", article: "GDPR Art. 35; GDPR Art. 36", ...GDPR },
    ),
    processors,
    transfers,
    security: list("How the data is protected.", text("One measure."), {
      single: true,
      article: "GDPR Art. 25; GDPR Art. 32; GDPR Art. 30(1)(g)",
      ...GDPR,
      example: "[encryption at rest, role-based access]",
    }),
  },
  { article: "GDPR Art. 30", ...GDPR },
);
