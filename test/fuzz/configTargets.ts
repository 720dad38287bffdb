import { hoverAt } from "../../src/core/config/hoverAt";
import { completionsAt } from "../../src/core/config/completionsAt";
import { parseDuration } from "../../src/core/config/dates";
import { toTextEdits } from "../../src/core/config/edit/toTextEdits";
import { POLICY_FIELDS } from "../../src/core/config/policy";
import { ALIASES, PRODUCT_FIELDS } from "../../src/core/config/product";
import { readConfig, readPolicyFile } from "../../src/core/config/readConfig";
import { parseTarget } from "../../src/core/config/target";
import { readTrackingField } from "../../src/core/config/trackingField";
import { commentsIn } from "../../src/core/config/yaml/commentsIn";
import { readKpiDirections } from "../../src/core/compare/kpiDirections";
import { parseCondaEnv, parsePythonEnv } from "../../src/core/compare/parsePythonEnvironment";
import { parseRequirements } from "../../src/core/compare/parseRequirements";
import { readContract } from "../../src/core/dataCheck/odcs";
import { readEvaluationFigures } from "../../src/core/deployment/gate/evaluationFigures";
import { documentPart } from "../../src/core/governance/annex/documentPart";
import { readMetricsFile } from "../../src/core/kpi/metricsFile";
import { applyEdits } from "../../src/core/base/textEdit";
import { ALL_RULES } from "../../src/core/lint/allRules";
import { Codeowners } from "../../src/core/lint/codeowners";
import { canonicalCron, readPace } from "../../src/core/lint/schedule";
import { ALL_SOURCES } from "../../src/core/lint/sources/allSources";
import { readDvcStages } from "../../src/core/lint/workspace/dvcOutputs";
import { readOldProduct } from "../../src/core/lint/workspace/readProduct";
import { parseDataSource } from "../../src/core/monitoring/dataSource";
import { parseBudget } from "../../src/core/cost/parseBudget";
import { readFilterText } from "../../src/core/table/readFilterText";
import { mlprojectEntry } from "../../src/core/training/paramSources/mlprojectFields";
import { paramsFileFields } from "../../src/core/training/paramSources/paramsFileFields";
import { parseFilter, parseOrderBy } from "../../src/core/tracking/filter/parseFilter";
import { readDispatchWorkflow } from "../../src/adapters/githubActions/dispatchWorkflow";
import { lintCase } from "../builders/lintCase";
import { lintContext } from "../builders/lintContext";
import { fixtures, type FuzzTarget, ofText, texts } from "./fuzzTarget";

const PRODUCT = fixtures("lint/complete.yaml");
const SMALL = texts(
  "version: 1\nname: churn\nowner: ana@example.org\npurpose: Keeps customers.\n",
  "version: 1\nname: churn\ndata:\n  - {path: data/train.csv, use: train}\nkpis:\n  - name: f1\n    target: '>= 0.8' # high\n",
  "version: 1\nname: churn\ntrain: {engine: local, command: [python, train.py], params: {lr: 0.1}}\ndeploy:\n  targets: [{name: staging, type: mlflow_alias, alias: champion}]\nmonitoring: {reference: a.csv, live: b.csv, schedule: daily}\n",
);
const CALENDAR = lintContext("").calendar;
const KEYS = [
  "owner:",
  "roles:\n  data: ",
  "$include: x.yaml\n",
  "kpis:\n",
  "target: '>= ",
  "data:\n  - path: ",
  "deploy:\n",
  "version: 1\n",
  "lint-ignore",
];

/** Where a file of another tool stands, so that its format is known by its name. */
const PIPELINES: Readonly<Record<string, readonly [path: string, ...fixtures: string[]]>> = {
  dvc: ["dvc.yaml", "good.yaml", "good-comment.yaml", "bad.yaml"],
  mlproject: ["MLproject", "good.MLproject", "bad.MLproject"],
  githubActions: [".github/workflows/train.yml", "good.yml", "bad.yml"],
  prefect: ["prefect.yaml", "good.yaml", "bad.yaml"],
  kedro: ["conf/base/catalog.yml", "good.yml", "bad.yml"],
  databricks: ["databricks.yml", "good.yml", "bad.yml"],
  azureMl: ["pipeline.yml", "good.yml", "bad.yml"],
  kubeflow: ["pipeline.yaml", "good.yaml", "bad.yaml"],
  argo: ["workflow.yaml", "good.yaml", "bad.yaml"],
  ray: ["job.yaml", "good.yaml", "bad.yaml"],
  zenml: ["run.yaml", "good.yaml", "bad.yaml"],
  airflow: ["dags/train.py", "good.py", "bad.py", "bad-decorator.py"],
};

const pipelines = Object.entries(PIPELINES).map(([folder, [path, ...files]]): FuzzTarget => {
  const seeds = fixtures(...files.map((file) => `pipelines/${folder}/${file}`));
  return { name: `pipeline-${folder.toLowerCase()}`, kind: "text", seeds, share: 40, open: ofText((text) => readPipeline(path, text)) };
});

/** Every format looks at the file; one that takes it for its own reads it and says where each field stands. */
function readPipeline(path: string, text: string): void {
  for (const source of ALL_SOURCES) {
    source.matches(path);
    if (source.detect(path, text)) {
      const file = source.read(path, text);
      JSON.stringify(file.parts);
    }
  }
}

function target(name: string, seeds: FuzzTarget["seeds"], run: (text: string) => unknown, more: Partial<FuzzTarget> = {}): FuzzTarget {
  return { name, kind: "text", seeds, open: ofText(run), ...more };
}

/** What people and their tools write into a repository. */
export const configTargets: readonly FuzzTarget[] = [
  target(
    "mlops-yaml",
    () => [...SMALL(), ...PRODUCT()],
    (text) => [readConfig(text), readOldProduct(text), commentsIn(text)],
    { words: KEYS, share: 30 },
  ),
  target("mlops-yaml-lint", () => [...SMALL(), ...PRODUCT()], lint, { words: KEYS, share: 8 }),
  target("mlops-yaml-edit", SMALL, edit, { words: KEYS, share: 30 }),
  target("mlops-yaml-editor", SMALL, complete, { words: KEYS, share: 20 }),
  target("policy", texts("version: 1\nrules:\n  owner-missing: {severity: error}\nextends: [base.yaml]\nroles: [data, risk]\n"), (text) =>
    readPolicyFile(text),
  ),
  target(
    "tracking-field",
    texts("tracking: http://host:5000\n", "tracking: [{uri: mlruns}, {uri: 'sqlite:///x.db'}]\n"),
    readTrackingField,
  ),
  target(
    "kpi-directions",
    texts("kpis: [{name: f1, target: '>= 0.8'}]\n", "kpis: {f1: '> 1', loss: {target: '< 2'}}\n"),
    readKpiDirections,
  ),
  target("small-texts", texts(">= 0.8", "between 1 and 2", "2w", "P1D", "0 3 * * 1", "every monday", "models:/m/1", "100 EUR"), smallTexts),
  target(
    "run-filter",
    texts(
      "metrics.acc > 0.9 and params.`a b` like '%x%'",
      "tags.\"mlflow.user\" != 'x' order by metrics.f1 desc",
      "acc>0.9 !dirty name:abc",
    ),
    filters,
  ),
  target(
    "dvc-lock",
    texts(
      "schema: '2.0'\nstages:\n  train:\n    cmd: python train.py\n    deps: [{path: a.csv, md5: d41d8cd98f00b204e9800998ecf8427e}]\n    outs: [{path: model.pkl, md5: d41d8cd98f00b204e9800998ecf8427e.dir}]\n",
      "stages:\n  a:\n    foreach: [1]\n    do: {cmd: x, wdir: w, outs: [m, {n: {cache: false}}]}\n",
    ),
    readDvcStages,
  ),
  target("params-file", texts("lr: 0.1\nlayers: [64, 32]\nmodel: {depth: 3, name: a}\n", '{"lr": 0.1, "x": [1, "a"]}'), (text) => [
    paramsFileFields(text, "params.yaml"),
    paramsFileFields(text, "p.json"),
  ]),
  target("mlproject-entry", fixtures("pipelines/mlproject/good.MLproject"), (text) => mlprojectEntry(text, "MLproject")),
  target("dispatch-workflow", fixtures("pipelines/githubActions/good.yml"), (text) => readDispatchWorkflow(text, "train.yml")),
  target(
    "data-contract",
    texts(
      "apiVersion: v3.0.2\nkind: DataContract\nid: x\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    physicalName: data.csv\n    properties:\n      - {name: a, logicalType: integer, required: true, unique: true, logicalTypeOptions: {minimum: 1, maximum: 9}}\n      - {name: d, logicalType: date, logicalTypeOptions: {minimum: '2026-01-01'}}\n      - {name: s, logicalType: string, logicalTypeOptions: {pattern: '^a+$', maxLength: 3}, quality: [{rule: nullCheck, mustBe: 0}]}\n    quality: [{rule: rowCount, mustBeGreaterThan: 10}]\nslaProperties: [{property: frequency, value: 1, unit: d}]\n",
    ),
    (text) => readContract(text, "c.yaml", "data.csv"),
    { share: 30 },
  ),
  target(
    "metrics-file",
    texts(
      '{"f1": 0.8, "by": {"a": 1}}',
      '[{"date": "2026-11-01", "f1": 0.8}, {"metric": "f1", "value": 1}]',
      '{"time": 1, "a": 2}\n{"time": 2, "a": 3}\n',
      "date,f1,auc\n2026-11-01,0.8,0.9\n2026-11-02,,x\n",
    ),
    (text) => [readMetricsFile(text), readMetricsFile(text, "csv"), readMetricsFile(text, "json")],
  ),
  target(
    "evaluation-json",
    texts('{"metrics": {"f1": 0.8, "auc": NaN}, "by": [{"group": "a", "f1": {"value": 0.7}}], "dataset": {"name": "test"}}'),
    (text) => readEvaluationFigures(text, "json"),
    { kind: "json" },
  ),
  target("evaluation-yaml", texts("metrics: {f1: 0.8}\nby:\n  - {sex: f, f1: 0.7}\n  - {sex: m, f1: .nan}\n"), (text) =>
    readEvaluationFigures(text, "yaml"),
  ),
  target("document", texts("# Plan\n\n## 1(e) Hardware\n\nTODO\n\n### More\n- [ ] x\n<!-- y -->\n"), (text) => [
    documentPart(text, null, "1(e)"),
    documentPart(text, "Hardware", "1(e)"),
  ]),
  target("codeowners", texts("# c\n* @org/ml\n/data/ a@example.org @b\n*.py\n[Section]\n\\#x @a\ndocs/* @d\n"), codeowners),
  target(
    "requirements",
    texts("numpy==1.2\n-r x.txt\npandas[a,b]>=1,<2; python_version < '3'\ngit+https://x/y@z#egg=q\n"),
    parseRequirements,
  ),
  target("python-env", texts("python: 3.10.1\nbuild_dependencies: [pip==1]\n"), parsePythonEnv),
  target(
    "conda-env",
    texts("name: x\ndependencies:\n  - python=3.10\n  - numpy=1.26.4=py311\n  - pip:\n      - mlflow==2.0\n"),
    parseCondaEnv,
  ),
  ...pipelines,
];

function lint(text: string): void {
  const { findings } = lintCase({ text, markers: [], header: new Map(), file: "mlops.yaml", facts: {}, policy: "" }, ALL_RULES);
  const broken = findings.find(({ message }) => message.includes("because of a defect of its own"));
  if (broken !== undefined) {
    throw new TypeError(broken.message);
  }
}

function edit(text: string): void {
  const changed = toTextEdits(text, [{ kind: "set", path: ["owner"], value: "a@example.org" }]);
  if (changed.ok) {
    applyEdits(text, changed.edits);
  }
}

function complete(text: string): void {
  const [product, policy] = [
    { fields: PRODUCT_FIELDS, aliases: ALIASES, calendar: CALENDAR },
    { fields: POLICY_FIELDS, aliases: [], calendar: CALENDAR },
  ];
  for (const offset of [0, Math.floor(text.length / 2), text.length]) {
    hoverAt(text, offset, product);
    completionsAt(text, offset, product);
  }
  completionsAt(text, Math.floor(text.length / 3), policy);
}

function smallTexts(text: string): void {
  parseTarget(text);
  parseDuration(text);
  canonicalCron(text);
  readPace(text);
  parseDataSource(text);
  refused(() => parseBudget(text));
}

function filters(text: string): void {
  refused(() => parseFilter(text));
  refused(() => parseOrderBy([text]));
  readFilterText(text);
}

/** What comes after one refusal is tried all the same; what is no refusal is thrown. */
function refused(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "AppError") {
      throw error;
    }
  }
}

function codeowners(text: string): void {
  const owners = new Codeowners(text);
  for (const path of ["data/a.csv", "docs/x/y.md", "train.py", "[a]/b", ".../x", "..."]) {
    owners.ownersOf(path);
  }
}
