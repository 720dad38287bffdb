import { stringify } from "yaml";

import { indexed } from "../../lint/indexed";
import { isGiven } from "../../lint/isGiven";
import { prose, row } from "../../training/runbook/markdown";
import { STATUS_WORDS } from "../annex/judgedItem";
import { NOTICE, type ReportAudience } from "../report/complianceReport";
import { signOffWord } from "../report/gaps";
import type { ReportFacts } from "../report/reportFacts";
import { madeLine } from "../report/reportMarkdown";
import { sayField } from "../report/sayField";
import { givenOf, measuredFigures, redactor, redactStrings } from "./exportFacts";
import { licenceOf } from "./licences";

/** What Hugging Face calls the tasks that a pipeline may have, as far as models beside languages and pictures have them. */
const PIPELINES: ReadonlySet<string> = new Set([
  ...["tabular-classification", "tabular-regression", "time-series-forecasting", "text-classification", "token-classification"],
  ...["question-answering", "summarization", "translation", "text-generation", "text-ranking", "feature-extraction", "fill-mask"],
  ...["sentence-similarity", "image-classification", "object-detection", "image-segmentation", "automatic-speech-recognition"],
  ...["audio-classification", "reinforcement-learning", "graph-ml", "zero-shot-classification", "image-to-text", "text-to-image"],
]);
const LIBRARIES: readonly (readonly [RegExp, string])[] = [
  [/scikit|sklearn/i, "sklearn"],
  [/transformer/i, "transformers"],
  [/keras/i, "keras"],
  [/fastai/i, "fastai"],
];
const LONGEST = 20_000;

/** A model card as Hugging Face reads it: front matter and Markdown, with its seal still open. What the file does not say is said to be not written down. */
export function modelCard(facts: ReportFacts, audience: ReportAudience): string {
  const clean = redactor(facts, audience);
  const said = (text: string): string => prose(clean(text), LONGEST);
  const front = redactStrings(frontMatter(facts), clean);
  return ["---", stringify(front, { lineWidth: 0 }).trimEnd(), "---", "", ...body(facts, said), madeLine(facts.today), ""].join("\n");
}

function frontMatter(facts: ReportFacts): Readonly<Record<string, unknown>> {
  const { product } = facts;
  const licence = product.model?.license;
  const known = isGiven(licence) ? licenceOf(licence) : null;
  const base = product.base_model?.name;
  const task = product.task?.trim().toLowerCase().replace(/\s+/g, "-") ?? "";
  const library = LIBRARIES.find(([pattern]) => pattern.test(product.architecture ?? ""))?.[1];
  const figures = measuredFigures(facts);
  const name = product.model?.name ?? product.name ?? facts.path;
  return defined({
    model_name: name,
    ...(isGiven(licence) ? (known === null ? { license: "other", license_name: slug(licence) } : { license: known.hub }) : {}),
    base_model: isGiven(base) && base !== "none" && /^[\w.-]+(?:\/[\w.-]+)?$/.test(base) ? base : undefined,
    pipeline_tag: PIPELINES.has(task) ? task : undefined,
    library_name: library,
    tags: [...new Set([...givenOf(product.tags), ...(task === "" || PIPELINES.has(task) ? [] : [task]), "mlops"])],
    metrics: [...new Set(figures.map(({ name: metric }) => slug(metric)))],
    "model-index":
      figures.length === 0
        ? undefined
        : [
            {
              name,
              results: [...new Set(figures.map(({ data }) => data))].map((data) => ({
                task: { type: task === "" ? "other" : task },
                dataset: { type: slug(data ?? "unnamed"), name: data ?? "unnamed" },
                metrics: figures
                  .filter((figure) => figure.data === data)
                  .map(({ name: metric, value, slice }) => ({
                    type: slug(metric),
                    value,
                    name: slice === null ? metric : `${metric} (${slice})`,
                  })),
              })),
            },
          ],
  });
}

function body(facts: ReportFacts, said: (text: string) => string): readonly string[] {
  const { product, version, digest, groups, register } = facts;
  const item = (label: string, value: unknown): string => `- **${label}:** ${said(sayField(value) ?? "not written down")}`;
  const figures = measuredFigures(facts);
  const items = groups.flatMap(({ items: of }) => of).filter(({ asked }) => asked !== "no");
  return [
    `# ${said(product.model?.name ?? product.name ?? facts.path)}`,
    "",
    said(product.purpose ?? "The purpose is not written down."),
    "",
    "## Model Details",
    "",
    ...[
      item("Version", version),
      item("Digest", digest),
      item("Developed by", product.gdpr?.controller),
      item("Architecture", product.architecture),
    ],
    ...[item("Licence", product.model?.license), item("Built on", product.base_model), item("Stage", product.stage)],
    "",
    "## Uses",
    "",
    said(product.purpose ?? "Not written down."),
    "",
    "### Out-of-Scope Use",
    "",
    ...listed(givenOf(product.not_for), said),
    "",
    "## Bias, Risks, and Limitations",
    "",
    ...table(
      ["risk", "whom it hurts", "measure", "what remains"],
      indexed(product.risks).map(([, { what, who, measure, residual }]) => [what, sayField(who), measure, residual]),
      said,
    ),
    ...listed(
      indexed(product.data).flatMap(([, { path, represents, bias, gaps }]) =>
        (
          [
            ["represents", represents],
            ["bias", sayField(bias)],
            ["gaps", sayField(gaps)],
          ] as const
        ).flatMap(([label, text]) => (isGiven(text) ? [`${path ?? "data"}, ${label}: ${text}`] : [])),
      ),
      said,
    ),
    "",
    "## Training Details",
    "",
    "### Training Data",
    "",
    ...table(
      ["data", "used for", "origin", "licence", "preparation"],
      indexed(product.data).map(([, { path, use, origin, license, steps }]) => [path, use, origin, license, sayField(steps)]),
      said,
    ),
    ...[item("Pipeline", product.pipeline), item("Parameters", product.train?.params), item("Environment", product.train?.environment)],
    "",
    "## Evaluation",
    "",
    ...table(
      ["figure", "value", "target", "data"],
      figures.map(({ name, slice, value, target, data }) => [slice === null ? name : `${name} (${slice})`, String(value), target, data]),
      said,
    ),
    item("Report", product.evaluation),
    "",
    "## Environmental Impact",
    "",
    item("Cost", product.cost?.budget),
    "",
    "## Governance",
    "",
    said(NOTICE),
    "",
    ...[item("Risk class (AI Act)", product.risk), item("Our role", product.ai_act?.role), item("Personal data", product.personal_data)],
    ...[item("Legal basis", product.gdpr?.legal_basis?.ground), item("Human oversight", product.oversight)],
    "",
    ...table(
      ["decision", "state"],
      register.needed.map((need) => [need.role === null ? need.subject : `${need.subject} (${need.role})`, signOffWord(need)]),
      said,
    ),
    ...table(
      ["item", "status"],
      items.map(({ article, title, status }) => [`${article}: ${title}`, STATUS_WORDS[status]]),
      said,
    ),
    "## Model Card Contact",
    "",
    ...[
      item("Owner", product.roles?.owner),
      item("Operation", product.roles?.operator),
      item("Questions about personal data", product.gdpr?.rights_contact),
    ],
    "",
  ];
}

function listed(texts: readonly string[], said: (text: string) => string): readonly string[] {
  return texts.length === 0 ? ["Not written down."] : texts.map((text) => `- ${said(text)}`);
}

function table(
  head: readonly string[],
  rows: readonly (readonly (string | null | undefined)[])[],
  said: (text: string) => string,
): readonly string[] {
  return rows.length === 0
    ? ["None.", ""]
    : [row(head), row(head.map(() => "---")), ...rows.map((cells) => row(cells.map((cell) => said(cell ?? "")))), ""];
}

function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 90) || "unnamed"
  );
}

function defined(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}
