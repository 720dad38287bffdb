import type { ConfigPath } from "./configPath";
import { AI_ACT_FIELD, RISK_FIELD } from "./schema/aiActFields";
import { DATA_FIELD } from "./schema/dataFields";
import { COST_FIELD, DEPLOY_FIELD } from "./schema/deployFields";
import { DOCS_FIELD } from "./schema/docsFields";
import { CONFORMITY_FIELD, DEPLOYER_DUTIES_FIELD, FRIA_FIELD } from "./schema/dutiesFields";
import { choice, list, number, object, text } from "./schema/field";
import type { Infer } from "./schema/field";
import { GDPR_FIELD, PERSONAL_DATA_FIELD } from "./schema/gdprFields";
import { EVALUATION_FIELD, KPIS_FIELD } from "./schema/measureFields";
import { BASE_MODEL_FIELD, LINT_FIELD, MODEL_FIELD, REVIEW_FIELD } from "./schema/modelFields";
import { MONITORING_FIELD } from "./schema/monitoringFields";
import { OVERSIGHT_FIELD } from "./schema/oversightFields";
import { INCIDENTS_FIELD, LOGGING_FIELD, RISKS_FIELD, ROBUSTNESS_FIELD } from "./schema/riskFields";
import { ROLES_FIELD } from "./schema/rolesFields";
import { TRACKING_FIELD, TRAIN_FIELD } from "./schema/trainFields";
import { TRANSPARENCY_FIELD } from "./schema/transparencyFields";

/** All of an mlops.yaml, in the order in which people read it. */
export const PRODUCT_FIELDS = object("One model with all that is needed to make it, ship it and answer for it.", {
  version: number("Version of this file format; always 1.", { min: 1, max: 1, integer: true }),
  name: text("Short name of the model.", null, { example: "churn-model" }),
  purpose: text("What the model is for, in one sentence.", "sentence", {
    article: "AI Act Art. 3(12); GDPR Art. 5(1)(b)",
    example: "Predict which customers may leave, so that support can call them first.",
  }),
  not_for: list("What the model must not be used for.", text("One such use."), {
    single: true,
    article: "AI Act Art. 13(3)(b)",
    duty: "high-risk-annex-iii",
    example: "[automatic rejection]",
  }),
  stage: choice("How far the model has come.", {
    development: "It is being made.",
    staging: "It is tried before release.",
    production: "It is in use.",
    retired: "It is no longer in use.",
  }),
  task: text("What kind of result the model gives.", null, { example: "classification" }),
  architecture: text("How the model is built.", null, { example: "gradient boosting" }),
  tags: list("Words by which the model is found, such as chat, generated_content, emotion_recognition or deepfake.", text("One word."), {
    single: true,
    article: "AI Act Art. 50",
    duty: "transparency",
    example: "[chat]",
  }),
  tracking: TRACKING_FIELD,
  pipeline: text("File that says how the model is made, so that it can be made again.", "path", { example: "dvc.yaml" }),
  train: TRAIN_FIELD,
  model: MODEL_FIELD,
  base_model: BASE_MODEL_FIELD,
  roles: ROLES_FIELD,
  data: DATA_FIELD,
  kpis: KPIS_FIELD,
  evaluation: EVALUATION_FIELD,
  monitoring: MONITORING_FIELD,
  deploy: DEPLOY_FIELD,
  cost: COST_FIELD,
  risk: RISK_FIELD,
  ai_act: AI_ACT_FIELD,
  risks: RISKS_FIELD,
  oversight: OVERSIGHT_FIELD,
  robustness: ROBUSTNESS_FIELD,
  logging: LOGGING_FIELD,
  transparency: TRANSPARENCY_FIELD,
  conformity: CONFORMITY_FIELD,
  deployer_duties: DEPLOYER_DUTIES_FIELD,
  fria: FRIA_FIELD,
  incidents: INCIDENTS_FIELD,
  docs: DOCS_FIELD,
  personal_data: PERSONAL_DATA_FIELD,
  gdpr: GDPR_FIELD,
  review: REVIEW_FIELD,
  lint: LINT_FIELD,
});

/** An mlops.yaml as rules see it: short forms and aliases are moved to where they stand for. */
export type Product = Infer<typeof PRODUCT_FIELDS>;

/** A key at the top of the file that stands for a place below; what it holds is read as if it were written there. */
export interface Alias {
  readonly from: string;
  readonly to: ConfigPath;
  /** One plain sentence for completion and hover. */
  readonly about: string;
}

/** `owner: x` is `roles: {owner: {email: x}}`, and `alert: x` is `monitoring: {alert: [{to: x}]}`; both follow from the short forms there. */
export const ALIASES: readonly Alias[] = [
  { from: "owner", to: ["roles", "owner"], about: "Who is responsible for the model." },
  { from: "alert", to: ["monitoring", "alert"], about: "Who is told when a check fails." },
];
