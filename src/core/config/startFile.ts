import { scalarText } from "./edit/scalarText";

/** What a person knows of a model at the start. What is left out becomes a place to fill in, or `unsure`, which never counts as no. */
export interface StartAnswers {
  readonly name: string;
  readonly purpose?: string;
  readonly owner?: string;
  readonly risk?: "prohibited" | "high" | "limited" | "minimal" | "unsure";
  readonly personalData?: "yes" | "no" | "unsure";
  /** Relative to the folder of the new file. */
  readonly pipeline?: string;
  /** Path of the training data. */
  readonly trainingData?: string;
  readonly kpi?: { readonly name: string; readonly target: string; readonly data?: string };
  /** Who is told when a check fails. */
  readonly alert?: string;
  /** How often somebody looks at the model again, e.g. "6 months". */
  readonly reviewEvery?: string;
}

const TODO = "TODO";
/** The column of the comments, so that they stand below each other. */
const NOTES = 32;

/** The first `mlops.yaml` of a model: twelve lines that say what it is for and who answers for it. */
export function startFile(answers: StartAnswers): string {
  const { kpi, owner = TODO } = answers;
  const text = (value: string): string => scalarText(oneLine(value), false);
  const inside = (value: string): string => scalarText(oneLine(value), true);
  const lines = [
    "version: 1",
    `name: ${text(answers.name)}`,
    `purpose: ${text(answers.purpose ?? TODO)}`,
    noted("stage: development", "development | staging | production | retired"),
    `owner: ${text(owner)}`,
    noted(`risk: ${answers.risk ?? "unsure"}`, "prohibited | high | limited | minimal | unsure"),
    noted(`personal_data: ${answers.personalData ?? "unsure"}`, "yes | no | unsure"),
    `pipeline: ${text(answers.pipeline ?? TODO)}`,
    `data: [{path: ${inside(answers.trainingData ?? TODO)}, use: train}]`,
    `kpis: [{name: ${inside(kpi?.name ?? TODO)}, target: ${inside(kpi?.target ?? TODO)}, data: ${inside(kpi?.data ?? TODO)}}]`,
    `alert: ${text(answers.alert ?? owner)}`,
    `review: {every: ${inside(answers.reviewEvery ?? "6 months")}}`,
  ];
  return `${lines.join("\n")}\n`;
}

function noted(line: string, note: string): string {
  return `${line.padEnd(NOTES)}# ${note}`;
}

function oneLine(value: string): string {
  return value.replace(/\s+/g, " ").trim();
}
