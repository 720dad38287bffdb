import type { ConfigPath } from "../../config/configPath";
import { answerFix, ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { indexed } from "../indexed";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { findSecrets } from "../secrets";
import { setFix, TODO } from "../setFix";

const BASE = ["base_model"] as const;

export const licenceOrSecret: LintRule = {
  meta: {
    code: "COMP19",
    name: "licence-or-secret",
    challenge: "compliance",
    severity: { development: "info", staging: "warning", production: "warning" },
    summary: "Data, model and base model have a licence, a base model has its provider's documents, and no secret stands in the file.",
    why: "A licence that forbids the use is cheap to find at the start and dear after the release. The provider of a base model owes documents that your own duties build on. A secret in a file is read by everybody who reads the file, also in old commits, so that it must be replaced at its source.",
    article: "AI Act Art. 53, Art. 55",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    return [...licences(context), ...baseModel(context), ...secrets(context)];
  },
};

function licences(context: LintContext): readonly RuleFinding[] {
  const { product } = context;
  const data = indexed(product.data)
    .filter(([, { use }]) => use === undefined || use === "train" || use === "validation")
    .map(([index, { path }]) => ({ at: ["data", index, "license"], of: path ?? "the data" }));
  const model = product.model === undefined ? [] : [{ at: ["model", "license"], of: "the model" }];
  return [...data, ...model]
    .filter(({ at }) => lacks(context, at))
    .map(({ at, of }) => ({
      message: `Licence of ${of} is not stated.`,
      at,
      fixes: insertPart(context, at, TODO),
    }));
}

function baseModel(context: LintContext): readonly RuleFinding[] {
  const name = context.product.base_model?.name;
  if (lacks(context, [...BASE, "name"])) {
    const message = `Not said which model this one builds on, or that it builds on none ${law(context, "AI Act Art. 53", "gpai")}.`;
    const fixes = [answerFix(BASE, "none", "this model builds on no other.")];
    return [{ message, at: BASE, fixes: context.product.base_model === undefined ? fixes : [] }];
  }
  if (name === undefined || name.trim().toLowerCase() === "none") {
    return [];
  }
  const parts: readonly { readonly key: string; readonly message: string }[] = [
    { key: "license", message: "Licence of the base model is not stated." },
    {
      key: "provider_docs",
      message: `Documents of the base model's provider are not linked ${law(context, "AI Act Art. 53(1)(b), Annex XII", "gpai")}.`,
    },
    ...providing(context),
  ];
  return parts
    .map(({ key, message }) => ({ at: [...BASE, key], message }))
    .filter(({ at }) => lacks(context, at))
    .map(({ at, message }) => ({ message, at, fixes: insertPart(context, at, TODO) }));
}

/** Whoever offers a general-purpose model to others owes these as well. */
function providing(context: LintContext): readonly { readonly key: string; readonly message: string }[] {
  return context.product.base_model?.provided_by_us === true
    ? [
        { key: "copyright_policy", message: `No policy on copyright ${law(context, "AI Act Art. 53(1)(c)", "gpai")}.` },
        { key: "training_summary", message: `No public summary of the training content ${law(context, "AI Act Art. 53(1)(d)", "gpai")}.` },
      ]
    : [];
}

/** Always an error that nobody may silence. The secret itself is not repeated, because findings end up in logs. */
function secrets({ config }: LintContext): readonly RuleFinding[] {
  return findSecrets(config.source.raw([])).map(({ path, what }: { readonly path: ConfigPath; readonly what: string }) => ({
    message: `This looks like ${what}. Replace it at its source, because it stays in old commits, and keep the new one out of this file.`,
    at: path,
    severity: "error",
    suppressible: false,
    fixes: [setFix("Take the secret out of this file", path, TODO)],
  }));
}
