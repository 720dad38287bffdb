import type { ConfigPath } from "../../config/configPath";
import { ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { indexed } from "../indexed";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix, TODO } from "../setFix";

const PURPOSE = ["gdpr", "purpose"] as const;
const COMPATIBILITY = ["gdpr", "compatibility"] as const;

export const purposeNotCompatible: LintRule = {
  meta: {
    code: "COMP15",
    name: "purpose-not-compatible",
    challenge: "compliance",
    severity: { development: "info", staging: "warning", production: "error" },
    summary:
      "Personal data is used for the purpose that it was collected for, or it is said why another use is allowed, and each personal column is needed.",
    why: "People gave their data for something. Another use is allowed only when it fits, and that has to be judged before it starts. A column that nobody can give a reason for should not be there.",
    article: "GDPR Art. 5(1)(b), Art. 5(1)(c), Art. 6(4)",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    if (context.product.personal_data !== "yes") {
      return [];
    }
    const findings: RuleFinding[] = [];
    if (lacks(context, PURPOSE)) {
      const message = `Not said what the personal data is used for ${law(context, "GDPR Art. 5(1)(b)", "gdpr")}.`;
      findings.push({ message, at: PURPOSE, fixes: insertPart(context, PURPOSE, TODO) });
    }
    return [...collected(context), ...reasons(context), ...findings];
  },
};

function collected(context: LintContext): readonly RuleFinding[] {
  const use = context.product.gdpr?.purpose;
  return indexed(context.product.data).flatMap(([index, { collected_for: from }]) => {
    const at: ConfigPath = ["data", index, "collected_for"];
    if (lacks(context, at)) {
      const message = `Not said for what purpose this data was collected ${law(context, "GDPR Art. 5(1)(b)", "gdpr")}.`;
      return [{ message, at, fixes: insertPart(context, at, TODO) }];
    }
    if (
      from === undefined ||
      use === undefined ||
      lacks(context, PURPOSE) ||
      isSame(from, use) ||
      !lacks(context, [...COMPATIBILITY, "why"], { sentence: true })
    ) {
      return [];
    }
    const message = `Collected for ${from}, used for ${use}: say why that is compatible ${law(context, "GDPR Art. 6(4)", "gdpr")}.`;
    const fixes = context.config.source.has(COMPATIBILITY)
      ? insertPart(context, [...COMPATIBILITY, "why"], TODO)
      : [setFix("Add a place for the judgement", COMPATIBILITY, { why: TODO, by: TODO })];
    return [{ message, at, fixes }];
  });
}

function isSame(one: string, other: string): boolean {
  const plain = (text: string): string =>
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, " ");
  return plain(one) === plain(other);
}

function reasons(context: LintContext): readonly RuleFinding[] {
  const data = indexed(context.product.data);
  const [first] = data;
  if (first !== undefined && data.every(([index]) => lacks(context, ["data", index, "personal_fields"]))) {
    const at: ConfigPath = ["data", first[0], "personal_fields"];
    const message = `Not said which columns are personal, and why each is needed ${law(context, "GDPR Art. 5(1)(c)", "gdpr")}.`;
    const fixes = context.config.source.has(at) ? [] : [setFix("Add a place for the personal columns", at, [{ name: TODO, why: TODO }])];
    return [{ message, at, fixes }];
  }
  return data.flatMap(([index, { personal_fields: fields }]) =>
    indexed(fields).flatMap(([fieldIndex, { name }]) => {
      const at: ConfigPath = ["data", index, "personal_fields", fieldIndex, "why"];
      if (!lacks(context, at)) {
        return [];
      }
      const message = `Not said why the personal column "${name ?? ""}" is needed ${law(context, "GDPR Art. 5(1)(c)", "gdpr")}.`;
      return [{ message, at, fixes: insertPart(context, at, TODO) }];
    }),
  );
}
