import type { ConfigPath } from "../../config/configPath";
import { LEGAL_GROUNDS } from "../../config/schema/gdprFields";
import { answerFixes, ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { documentTemplate } from "../documentTemplates";
import { setFix, TODO } from "../setFix";

const BASIS = ["gdpr", "legal_basis"] as const;
const GROUND = [...BASIS, "ground"] as const;
const BALANCING = [...BASIS, "balancing"] as const;
const WITHDRAW = [...BASIS, "withdraw"] as const;
const BALANCING_FILE = "docs/balancing-of-interests.md";

export const legalBasisMissing: LintRule = {
  meta: {
    code: "COMP14",
    name: "legal-basis-missing",
    challenge: "compliance",
    severity: { development: "warning", staging: "error", production: "error" },
    summary: "Personal data is used on exactly one of the six legal grounds, with what that ground needs.",
    why: "Without a ground the use is unlawful, however good the model is. People are told the ground, so that it cannot be changed later or mixed with another. An interest needs a written balancing, and consent a way to withdraw it.",
    article: "GDPR Art. 6(1)",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    if (product.personal_data !== "yes") {
      return [];
    }
    const mixed = mixedAt(context);
    if (mixed !== undefined) {
      const message = `Two legal grounds are mixed; people must be told one ${law(context, "GDPR Art. 6(1)", "gdpr")}.`;
      return [
        {
          message,
          at: mixed,
          fixes: answerFixes(mixed, LEGAL_GROUNDS),
        },
      ];
    }
    if (lacks(context, GROUND)) {
      const message = `Which of the six legal grounds allows this use of personal data ${law(context, "GDPR Art. 6(1)", "gdpr")}?`;
      return [{ message, at: GROUND, fixes: answerFixes(GROUND, LEGAL_GROUNDS) }];
    }
    return forGround(context);
  },
};

/** Where several grounds stand: in a list, or as words in one value. */
function mixedAt({ config }: LintContext): ConfigPath | undefined {
  return [BASIS, GROUND].find((path) => {
    const raw = config.source.raw(path);
    const text = Array.isArray(raw) ? raw.filter((one) => typeof one === "string").join(" ") : typeof raw === "string" ? raw : "";
    return Object.keys(LEGAL_GROUNDS).filter((ground) => new RegExp(`(?:^|[^a-z_])${ground}(?:$|[^a-z_])`).test(text)).length > 1;
  });
}

function forGround(context: LintContext): readonly RuleFinding[] {
  const { ground, balancing } = context.product.gdpr?.legal_basis ?? {};
  if (ground === "legitimate_interests" && (balancing?.trim().toLowerCase() === "none" || lacks(context, BALANCING))) {
    const message = `An interest is named without its balancing against those of the people ${law(context, "GDPR Art. 6(1)(f)", "gdpr")}.`;
    const files = [{ kind: "createFile" as const, path: BALANCING_FILE, content: BALANCING_TEMPLATE }];
    return [{ message, at: BALANCING, fixes: [{ ...setFix("Draft the balancing", BALANCING, BALANCING_FILE), files }] }];
  }
  if (ground === "consent" && lacks(context, WITHDRAW)) {
    const message = `Not said how people withdraw their consent ${law(context, "GDPR Art. 7(3)", "gdpr")}.`;
    return [{ message, at: WITHDRAW, fixes: insertPart(context, WITHDRAW, TODO) }];
  }
  return [];
}

const BALANCING_TEMPLATE = documentTemplate("Balancing of interests (GDPR Art. 6(1)(f))", [
  "The interest and whose it is",
  "Why the data is needed for it",
  "Effects on people, and what they expect",
  "Safeguards and how people object",
  "Result, by whom and when",
]);
