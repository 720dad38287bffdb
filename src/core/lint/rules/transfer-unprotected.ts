import type { ConfigPath } from "../../config/configPath";
import { GDPR_FIELD } from "../../config/schema/gdprFields";
import { answerFix, answerFixes, ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { countryOutsideEea, isInEea } from "../eea";
import { indexed } from "../indexed";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { TODO } from "../setFix";

const PROCESSORS = ["gdpr", "processors"] as const;
const TRANSFERS = ["gdpr", "transfers"] as const;

export const transferUnprotected: LintRule = {
  meta: {
    code: "COMP18",
    name: "transfer-unprotected",
    challenge: "compliance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "Each company that processes the data has a contract, and each transfer out of the EEA has a mechanism.",
    why: "Clouds, labelling services and programming interfaces process data on your behalf, and you answer for them. Data that leaves the EEA keeps its protection only by a decision, clauses or rules that have to be named.",
    article: "GDPR Art. 28, Art. 44-49",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    // While there is no block on data protection at all another rule asks for it.
    return product.personal_data === "yes" && product.gdpr !== undefined ? [...processors(context), ...transfers(context)] : [];
  },
};

function processors(context: LintContext): readonly RuleFinding[] {
  if (lacks(context, PROCESSORS, { emptyIsAnswer: true })) {
    const message = `Not said which companies process the data, or that none does ${law(context, "GDPR Art. 28", "gdpr")}.`;
    return [{ message, at: PROCESSORS, fixes: [answerFix(PROCESSORS, [], "no other company processes the data.")] }];
  }
  return indexed(context.product.gdpr?.processors).flatMap(([index, { name = "without a name", country }]) => {
    const at = (key: string): ConfigPath => [...PROCESSORS, index, key];
    const findings: RuleFinding[] = [
      { key: "contract", message: `No contract with the company ${name}`, article: "GDPR Art. 28(3)" },
      { key: "country", message: `Not said in which country the company ${name} processes the data`, article: "GDPR Art. 44" },
    ]
      .filter(({ key }) => lacks(context, at(key)))
      .map(({ key, message, article }) => ({
        message: `${message} ${law(context, article, "gdpr")}.`,
        at: at(key),
        fixes: insertPart(context, at(key), TODO),
      }));
    const outside = country === undefined ? null : countryOutsideEea(country);
    if (outside !== null && !hasTransferTo(context, outside)) {
      findings.push({
        message: `Data goes to ${outside} with no transfer mechanism stated ${law(context, "GDPR Art. 44", "gdpr")}.`,
        at: at("country"),
        fixes: [
          {
            title: `Add a transfer to ${outside}`,
            safe: false,
            changes: [{ kind: "append", path: TRANSFERS, value: { to: outside, recipient: name } }],
          },
        ],
      });
    }
    return findings;
  });
}

function hasTransferTo({ product }: LintContext, country: string): boolean {
  return indexed(product.gdpr?.transfers).some(([, { to }]) => to !== undefined && countryOutsideEea(to) === country);
}

function transfers(context: LintContext): readonly RuleFinding[] {
  if (lacks(context, TRANSFERS, { emptyIsAnswer: true })) {
    const message = `Not said whether data leaves the EEA ${law(context, "GDPR Art. 44", "gdpr")}.`;
    return [{ message, at: TRANSFERS, fixes: [answerFix(TRANSFERS, [], "no data leaves the EEA.")] }];
  }
  const { "49": exception, ...mechanisms } = GDPR_FIELD.fields.transfers.of.fields.mechanism.choices;
  return indexed(context.product.gdpr?.transfers).flatMap(([index, { to }]) => {
    const mechanism: ConfigPath = [...TRANSFERS, index, "mechanism"];
    const assessed: ConfigPath = [...TRANSFERS, index, "assessed"];
    // Data that stays in the area needs no mechanism.
    if (to !== undefined && isInEea(to)) {
      return [];
    }
    const country = to ?? "";
    if (lacks(context, [...TRANSFERS, index, "to"])) {
      const message = `Not said to which country the data goes ${law(context, "GDPR Art. 44", "gdpr")}.`;
      return [{ message, at: [...TRANSFERS, index, "to"], fixes: insertPart(context, [...TRANSFERS, index, "to"], TODO) }];
    }
    if (lacks(context, mechanism)) {
      const message = `Data goes to ${country} with no transfer mechanism stated ${law(context, "GDPR Art. 44-49", "gdpr")}.`;
      // The exceptions are for single cases, so that they come last.
      return [{ message, at: mechanism, fixes: [...answerFixes(mechanism, mechanisms), answerFix(mechanism, "49", exception)] }];
    }
    if (!lacks(context, assessed)) {
      return [];
    }
    const message = `Not said when the transfer to ${country} was assessed ${law(context, "GDPR Art. 46", "gdpr")}.`;
    return [{ message, at: assessed, fixes: insertPart(context, assessed, TODO) }];
  });
}
