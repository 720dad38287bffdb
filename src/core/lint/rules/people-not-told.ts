import type { ConfigPath } from "../../config/configPath";
import { TRANSPARENCY_FIELD } from "../../config/schema/transparencyFields";
import { applies, dutyOn } from "../../config/regulationCalendar";
import { answerFixes, ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import type { Fix } from "../fix";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix, TODO } from "../setFix";

const BLOCK = ["transparency"] as const;
const SAYS = [...BLOCK, "says_it_is_ai"] as const;
const MARKING = [...BLOCK, "marking"] as const;

interface Use {
  /** Words of `tags` and `task` that tell this use, without regard to case and with `_` and `-` as spaces. */
  readonly words: RegExp;
  /** Words that look like this use and are not, such as a model that finds what others made. */
  readonly not?: RegExp;
  readonly at: ConfigPath;
  readonly message: string;
  readonly article: string;
  /** Answers that do not do for this use. */
  readonly except: readonly string[];
}

const DETECTS = /\bdetect(?:s|ion|or|ing)?\b/;

const USES: readonly Use[] = [
  {
    words: /\b(?:chat ?bots?|chat|conversational|voice (?:bot|assistant)|virtual assistant|dialog(?:ue)?)\b/,
    at: SAYS,
    message: "People must be told that they talk to an AI",
    article: "AI Act Art. 50(1)",
    except: ["no", "not_applicable"],
  },
  {
    not: DETECTS,
    words:
      /\b(?:generat(?:ed|es|ive)(?: content| ai| images?| texts?| audio| video)?|(?:text|image|audio|video|speech|music|code) generation|text to (?:image|speech|video|audio|music)|image to image|deep ?fakes?)\b/,
    at: MARKING,
    message: "Generated content must be marked so that machines can tell",
    article: "AI Act Art. 50(2)",
    except: ["none", "not_applicable"],
  },
  {
    words: /\b(?:emotions?(?: recognition| detection)?|biometric categori[sz]ation)\b/,
    at: [...BLOCK, "emotion_notice"],
    message: "People must be told that emotions are recognised or that they are sorted by biometric features",
    article: "AI Act Art. 50(3)",
    except: ["no", "none", "not_applicable"],
  },
  {
    not: DETECTS,
    words: /\b(?:deep ?fakes?|face swap|voice cloning)\b/,
    at: [...BLOCK, "deepfake_label"],
    message: "A deepfake must be labelled so that people see it",
    article: "AI Act Art. 50(4)",
    except: ["no", "none", "not_applicable"],
  },
];

export const peopleNotTold: LintRule = {
  meta: {
    code: "COMP12",
    name: "people-not-told",
    challenge: "compliance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "People are told that they deal with AI, and generated content is marked.",
    why: "People may know whether a person or a machine talks to them, and whether an image is real. This holds for every class of risk. It applies now, but for older generative models, whose marking is due later.",
    article: "AI Act Art. 50",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    const words = [...(product.tags ?? []), product.task].filter((word) => word !== undefined).map(plainWords);
    const findings = USES.filter((use) => words.some((word) => use.words.test(word) && use.not?.test(word) !== true)).flatMap((use) =>
      checkUse(context, use),
    );
    const isDue = product.risk === "limited" || product.risk === "high";
    if (findings.length > 0 || !isDue || !lacks(context, BLOCK)) {
      return findings;
    }
    const message = `Not said whether people are told that they deal with AI ${law(context, "AI Act Art. 50", "transparency")}.`;
    const fixes = [setFix("Add the transparency block", BLOCK, { affected_people_told: TODO }), ...optionsOf(SAYS, [])];
    return [{ message, at: BLOCK, fixes, ...weight(context, "transparency") }];
  },
};

/** Longer words are no tags. */
const MAX_LENGTH = 200;

function plainWords(word: string): string {
  return word.slice(0, MAX_LENGTH).toLowerCase().replaceAll(/[_-]+/g, " ");
}

function checkUse(context: LintContext, { at, message, article, except }: Use): readonly RuleFinding[] {
  const duty = at === MARKING ? markingDuty(context) : "transparency";
  const raw = context.config.source.raw(at);
  const answer = raw === false ? "no" : typeof raw === "string" ? raw.trim().toLowerCase() : "";
  if (!except.includes(answer) && !lacks(context, at)) {
    return [];
  }
  const options = optionsOf(at, except);
  const fixes = options.length > 0 ? options : insertPart(context, at, TODO);
  return [{ message: `${message} ${law(context, article, duty)}.`, at, fixes, ...weight(context, duty) }];
}

/** Models that were on the market before the general date have more time for marking. */
function markingDuty({ product, calendar }: LintContext): string {
  const placed = product.ai_act?.placed_on_market;
  return placed !== undefined && placed < dutyOn(calendar, "transparency").date ? "marking-older-systems" : "transparency";
}

/** What is not due yet weighs a warning at most; that ends by itself on the day. */
function weight({ calendar, today, stage }: LintContext, duty: string): Pick<RuleFinding, "severity"> {
  return stage === "production" && !applies(calendar, duty, today) ? { severity: "warning" } : {};
}

function optionsOf(at: ConfigPath, except: readonly string[]): readonly Fix[] {
  const { says_it_is_ai: says, marking } = TRANSPARENCY_FIELD.fields;
  const field = at === SAYS ? says : at === MARKING ? marking : null;
  return field === null ? [] : answerFixes(at, field.choices, except);
}
