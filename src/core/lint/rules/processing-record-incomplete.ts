import { ONLY_A_PERSON } from "../answerFixes";
import { blockFindings } from "../blockFindings";
import type { LintRule } from "../lintRule";
import { TODO } from "../setFix";

const GDPR = ["gdpr"] as const;
const ERASURE = [...GDPR, "erasure"] as const;

export const processingRecordIncomplete: LintRule = {
  meta: {
    code: "COMP16",
    name: "processing-record-incomplete",
    challenge: "compliance",
    severity: { development: "info", staging: "warning", production: "error" },
    summary: "What the record of processing needs is written down, and a request for deletion reaches the data and the model.",
    why: "The record is the first thing that an authority asks for. People may have their data deleted, and a model that was trained on it is the place that is forgotten. Both are easy to write down while the pipeline is being made.",
    article: "GDPR Art. 30, Art. 5(1)(e), Art. 13-15, Art. 17, Art. 32",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    if (product.personal_data !== "yes") {
      return [];
    }
    const record = blockFindings(context, {
      block: GDPR,
      words: "the record of processing",
      message: "Nothing is written down about how personal data is handled",
      article: "GDPR Art. 30",
      duty: "gdpr",
      expected: [
        { key: "controller", message: "Who decides why and how the data is used", article: "GDPR Art. 30(1)(a)" },
        { key: "people", message: "Whose data it is", article: "GDPR Art. 30(1)(c)", placeholder: [] },
        { key: "categories", message: "Which kinds of personal data there are", article: "GDPR Art. 30(1)(c)", placeholder: [] },
        { key: "recipients", message: "Who gets the data or the results", article: "GDPR Art. 30(1)(d)", placeholder: [] },
        { key: "retention", message: "How long the data is kept", article: "GDPR Art. 5(1)(e), Art. 30(1)(f)" },
        { key: "notice", message: "What people read about the use of their data", article: "GDPR Art. 13, Art. 14" },
        { key: "rights_contact", message: "Whom people ask for their data", article: "GDPR Art. 15" },
        { key: "security", message: "How the data is protected", article: "GDPR Art. 32", placeholder: [] },
      ].map((part) => ({
        placeholder: TODO,
        ...part,
        message: `Not written down: ${part.message.charAt(0).toLowerCase()}${part.message.slice(1)}`,
      })),
    });
    if (product.gdpr === undefined) {
      return record;
    }
    const erasure = blockFindings(context, {
      block: ERASURE,
      words: "the erasure block",
      message: "Not said how a deletion request reaches the data and the model",
      article: "GDPR Art. 17",
      duty: "gdpr",
      expected: [
        {
          key: "data",
          message: "Not said how a deletion request reaches all copies of the data",
          article: "GDPR Art. 17",
          placeholder: TODO,
        },
        { key: "model", message: "Not said how a deletion request reaches the model", article: "GDPR Art. 17", placeholder: TODO },
      ],
    });
    return [...record, ...erasure];
  },
};
