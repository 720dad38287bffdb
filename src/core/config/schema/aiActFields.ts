import { choice, list, map, object, text, yesNo } from "./field";

const HIGH = { duty: "high-risk-annex-iii" } as const;

/** The points of Annex III, each in plain words. */
export const ANNEX_III_POINTS = {
  "1a": "Identifying people from afar by biometric features.",
  "1b": "Sorting people by sensitive features with biometrics.",
  "1c": "Recognising emotions.",
  "2": "Safety of critical infrastructure: traffic, water, gas, heating, electricity, digital.",
  "3a": "Who gets access to education.",
  "3b": "Judging what people have learned.",
  "3c": "Which level of education someone may reach.",
  "3d": "Watching for cheating in tests.",
  "4a": "Recruiting: job advertisements, screening and rating of applicants.",
  "4b": "Decisions on work: promotion, dismissal, tasks, monitoring and rating of workers.",
  "5a": "Who gets public benefits and services.",
  "5b": "Credit scores and creditworthiness of people, except for finding fraud.",
  "5c": "Risk and price of life and health insurance.",
  "5d": "Emergency calls and who is helped first.",
  "6a": "Police: risk of becoming a victim.",
  "6b": "Police: lie detectors and similar tools.",
  "6c": "Police: reliability of evidence.",
  "6d": "Police: risk of offending, not by profiling alone.",
  "6e": "Police: profiling during an investigation.",
  "7a": "Migration: lie detectors and similar tools.",
  "7b": "Migration: risk that a person poses.",
  "7c": "Migration: asylum, visa and residence applications.",
  "7d": "Migration: finding or recognising people, except for checking travel documents.",
  "8a": "Courts: finding and applying facts and law.",
  "8b": "Elections: influencing how people vote.",
} as const;

/** The uses that Art. 5 bans, each in plain words. */
export const PROHIBITED_USES = {
  manipulation: "Manipulates or deceives people so that they come to harm.",
  exploits_weakness: "Exploits age, disability or poverty of people.",
  social_scoring: "Scores people by their behaviour and treats them worse elsewhere.",
  predicts_crime: "Predicts crimes of a person by profiling alone.",
  scrapes_faces: "Collects faces from the internet or cameras without aim.",
  emotions_at_work_or_school: "Reads emotions at work or in education.",
  biometric_categories: "Derives race, opinions, belief or sexuality from biometric features.",
  live_biometric_police: "Recognises people in public spaces live for the police.",
  intimate_imagery: "Makes intimate images of real people without their consent.",
  child_abuse_material: "Makes images of child abuse.",
} as const;

const answers = {
  yes: "The model does this.",
  no: "The model does not do this.",
  unsure: "Nobody has decided yet.",
} as const;

export const RISK_FIELD = choice(
  "Risk class under the AI Act.",
  {
    prohibited: "Banned by Art. 5.",
    high: "In an area of Annex III or in a product of Annex I, with many duties.",
    limited: "People must be told that it is AI (Art. 50).",
    minimal: "No special duties.",
    unsure: "Nobody has decided yet.",
  },
  { article: "AI Act Art. 5; AI Act Art. 6; AI Act Art. 50" },
);

export const AI_ACT_FIELD = object("What the model is under the AI Act.", {
  role: choice(
    "What this organisation is for the model.",
    {
      provider: "Makes it, or has it made, and offers or uses it under its own name.",
      deployer: "Uses it under its own responsibility.",
      importer: "Brings one from outside the EU to the market.",
      distributor: "Passes one on.",
      product_manufacturer: "Sells it inside a product of its own name.",
      unsure: "Nobody has decided yet.",
    },
    { article: "AI Act Art. 3; AI Act Art. 25" },
  ),
  prohibited_check: object(
    "The answer to the question whether the model does anything that Art. 5 bans.",
    {
      answer: choice("Whether the model does anything that Art. 5 bans.", answers),
      reason: text("Why that is the answer.", "sentence"),
      answers: map("Answers for single bans, by name.", choice("Whether the model does this.", answers), {
        example: "{social_scoring: no}",
      }),
      by: text("E-mail address of the person who answered.", "email"),
      date: text("Day of the answer.", "date"),
    },
    { short: "answer", article: "AI Act Art. 5", duty: "prohibited" },
  ),
  annex_iii: list(
    "Points of Annex III in which the model works; an empty list for none.",
    choice("A point of Annex III.", ANNEX_III_POINTS),
    { single: true, article: "AI Act Art. 6(2); AI Act Annex III", ...HIGH, example: '["4a"]' },
  ),
  annex_i: object(
    "The product law of Annex I under which the model falls, or none.",
    {
      law: text("The law, or none.", null, { example: "Regulation (EU) 2017/745 (medical devices)" }),
      safety_component: yesNo("Whether the model keeps people or things safe in the product."),
      third_party_assessment: yesNo("Whether a body from outside must assess the product."),
    },
    { short: "law", article: "AI Act Art. 6(1); AI Act Annex I", duty: "high-risk-annex-i" },
  ),
  profiling: yesNo("Whether the model evaluates features of single people, such as performance, health or behaviour.", {
    article: "AI Act Art. 6(3); GDPR Art. 4(4)",
    ...HIGH,
  }),
  exception: object(
    "Why a model in an area of Annex III is not high-risk, or none.",
    {
      ground: choice("Which exception.", {
        none: "No exception is claimed.",
        "6(3)(a)": "It does a narrow procedural task.",
        "6(3)(b)": "It improves what a person has finished.",
        "6(3)(c)": "It finds patterns in decisions and does not replace a person's judgement.",
        "6(3)(d)": "It only prepares an assessment.",
      }),
      assessment: text("File that shows why the exception holds.", "path"),
      registration: text("Number of the registration in the EU database.", null, { article: "AI Act Art. 49(2)" }),
    },
    { short: "ground", article: "AI Act Art. 6(3); AI Act Art. 6(4); AI Act Art. 49(2)", ...HIGH },
  ),
  placed_on_market: text("Day on which the model is first offered or used.", "date", { article: "AI Act Art. 111(2)" }),
});
